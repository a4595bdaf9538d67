from dataclasses import replace
from datetime import timedelta

import pytest

import wire
from memhon.store import Cancellation, DepositPage, DuplicateError, Obstacle, Outcome, Status
from values import DEPOSIT, NOW, entry_of

LATER = NOW + timedelta(days=2)
SECU = DEPOSIT.secu_uuid
PATIENT = DEPOSIT.matricule


def deposit(number, **changes):
    return replace(DEPOSIT, uuid=wire.uuid(number), secu_uuid=wire.uuid(number + 1), **changes)


OTHER = deposit(20)


def wish(**changes):
    return Cancellation(uuid=wire.uuid(90), cancelled=SECU, at=LATER, **changes)


def replacing(**changes):
    return wish(replacement=OTHER.secu_uuid, **changes)


def test_a_deposit_is_found_by_both_identifiers_in_any_letter_case(store):
    lettered = replace(DEPOSIT, uuid="AbC", secu_uuid="def")
    store.add_deposit(lettered)
    assert lettered == store.deposit("aBc")
    assert lettered == store.deposit_by_secu("DEF")
    assert store.deposit_by_secu("abc") is None


def test_a_consent_is_kept_with_its_instant(store):
    store.add_deposit(DEPOSIT)
    consented = replace(DEPOSIT, status=Status.CONSENTED, consented_at=LATER)
    assert Outcome(None, entry_of(consented)) == store.consent(SECU, PATIENT, LATER)
    assert consented == store.deposit_by_secu(SECU)


def test_a_second_consent_says_since_when(store):
    store.add_deposit(DEPOSIT)
    store.consent(SECU, PATIENT, LATER)
    again = store.consent(SECU, PATIENT, LATER + timedelta(days=1))
    assert (Obstacle.CONSENTED, LATER) == (again.obstacle, again.deposit.consented_at)


def test_nobody_consents_for_another_patient(store):
    store.add_deposit(DEPOSIT)
    assert Obstacle.OTHER_PATIENT == store.consent(SECU, "another", LATER).obstacle
    assert DEPOSIT == store.deposit_by_secu(SECU)


def test_a_patient_known_by_birth_date_cannot_consent(store):
    store.add_deposit(replace(DEPOSIT, matricule=None, birth_date="1899-12-31"))
    assert Obstacle.NO_MATRICULE == store.consent(SECU, PATIENT, LATER).obstacle


def test_what_is_unknown_is_neither_consented_nor_cancelled(store):
    assert Outcome(Obstacle.UNKNOWN) == store.consent(SECU, PATIENT, LATER)
    assert Outcome(Obstacle.UNKNOWN) == store.cancel(wish())


@pytest.mark.parametrize("consented", [False, True])
def test_a_deposit_is_cancelled_once(store, consented):
    store.add_deposit(DEPOSIT)
    if consented:
        store.consent(SECU, PATIENT, NOW)
    first = store.cancel(wish())
    assert (None, Status.CANCELLED, LATER) == (
        first.obstacle,
        first.deposit.status,
        first.deposit.cancelled_at,
    )
    again = store.cancel(replace(wish(), uuid=wire.uuid(91), at=LATER + timedelta(days=1)))
    assert Outcome(Obstacle.CANCELLED, first.deposit) == again
    assert Obstacle.CANCELLED == store.consent(SECU, PATIENT, LATER).obstacle


def test_a_deposit_is_replaced_once(store):
    store.add_deposit(DEPOSIT)
    store.add_deposit(OTHER)
    first = store.cancel(replacing())
    assert (None, Status.REPLACED, OTHER.secu_uuid) == (
        first.obstacle,
        first.deposit.status,
        first.deposit.replaced_by,
    )
    assert entry_of(OTHER) == first.replacement
    again = store.cancel(replace(wish(), uuid=wire.uuid(91)))
    assert Outcome(Obstacle.REPLACED, first.deposit) == again
    assert Obstacle.REPLACED == store.consent(SECU, PATIENT, LATER).obstacle


@pytest.mark.parametrize(
    ("other", "obstacle"),
    [
        ({"sender": "9999"}, Obstacle.REPLACEMENT_OTHER_BILLER),
        ({"matricule": "another"}, Obstacle.REPLACEMENT_OTHER_PATIENT),
        (
            {"matricule": None, "birth_date": "1899-12-31"},
            Obstacle.REPLACEMENT_OTHER_PATIENT,
        ),
        ({"status": Status.CANCELLED}, Obstacle.REPLACEMENT_FINAL),
        ({"status": Status.REPLACED}, Obstacle.REPLACEMENT_FINAL),
    ],
)
def test_not_every_deposit_may_replace_another(store, other, obstacle):
    store.add_deposit(DEPOSIT)
    store.add_deposit(replace(OTHER, **other))
    assert obstacle == store.cancel(replacing()).obstacle
    assert DEPOSIT == store.deposit_by_secu(SECU)


def test_a_replacement_has_to_exist_and_to_be_another(store):
    store.add_deposit(DEPOSIT)
    assert Obstacle.REPLACEMENT_UNKNOWN == store.cancel(replacing()).obstacle
    assert Obstacle.ITSELF == store.cancel(wish(replacement=SECU.upper())).obstacle


def test_a_replacement_replaces_one_deposit_only(store):
    third = deposit(30)
    for each in (DEPOSIT, OTHER, third):
        store.add_deposit(each)
    store.cancel(replacing())
    second = replace(replacing(), uuid=wire.uuid(91), cancelled=third.secu_uuid)
    assert Obstacle.REPLACEMENT_TAKEN == store.cancel(second).obstacle


def test_a_cancellation_is_used_once(store):
    store.add_deposit(DEPOSIT)
    store.add_deposit(OTHER)
    store.cancel(replace(wish(), uuid="abc"))
    again = store.cancel(replace(wish(), uuid="ABC", cancelled=OTHER.secu_uuid))
    assert Outcome(Obstacle.USED, entry_of(OTHER)) == again


def test_a_refused_cancellation_may_be_corrected_under_the_same_identifier(store):
    store.add_deposit(DEPOSIT)
    assert Obstacle.REPLACEMENT_UNKNOWN == store.cancel(replacing()).obstacle
    assert store.cancel(wish()).obstacle is None


def test_only_the_space_of_the_biller_may_cancel(store):
    store.add_deposit(DEPOSIT)
    assert Obstacle.OTHER_BILLER == store.cancel(wish(space="9999")).obstacle
    assert store.cancel(wish(space=DEPOSIT.sender)).obstacle is None


def test_a_list_has_the_newest_first_and_pages(store):
    listed = [deposit(number) for number in range(100, 150, 10)]
    for each in [*listed, deposit(200, matricule="another"), deposit(210, matricule=None)]:
        store.add_deposit(each)
    newest = tuple(entry_of(each) for each in reversed(listed))
    assert DepositPage(5, newest) == store.deposits_of(PATIENT)
    pages = [store.deposits_of(PATIENT, page=page, size=2) for page in (1, 2, 3, 4)]
    wanted = [newest[:2], newest[2:4], newest[4:], ()]
    assert [DepositPage(5, entries) for entries in wanted] == pages
    assert DepositPage(0, ()) == store.deposits_of("nobody")


def test_a_list_is_filtered_by_day_and_status(store):
    days = ["-0001-01-01", "2023-12-27", "2023-12-28", "2023-12-29", "12345-01-01"]
    for number, day in enumerate(days):
        store.add_deposit(deposit(10 * number, dated=day, status=_status(number)))

    def found(**filters):
        page = store.deposits_of(PATIENT, **filters)
        return [entry.dated for entry in page.entries][::-1] if page.total else []

    assert days[2:] == found(first_day="2023-12-28")
    assert days[:3] == found(last_day="2023-12-28")
    assert days[2:3] == found(first_day="2023-12-28", last_day="2023-12-28")
    assert days[::2] == found(status=Status.DEPOSITED)
    assert days[3:4] == found(first_day="2023-12-28", status=Status.CANCELLED)
    assert [] == found(first_day="2023-12-29", last_day="2023-12-28")


def _status(number):
    return Status.CANCELLED if number % 2 else Status.DEPOSITED


def test_a_day_that_no_calendar_holds_is_kept(store):
    for number, day in enumerate(["9" * 30 + "-01-01", "-" + "9" * 30 + "-01-01"]):
        kept = deposit(10 * number, dated=day)
        store.add_deposit(kept)
        assert kept == store.deposit(kept.uuid)


def test_a_duplicate_of_the_sandboxs_identifier_is_refused(store):
    store.add_deposit(DEPOSIT)
    with pytest.raises(DuplicateError):
        store.add_deposit(replace(DEPOSIT, uuid=wire.uuid(77)))
