"""What the desk lists, of everybody, on every kind of store."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

import wire
from memhon.store import (
    Cancellation,
    Claimant,
    Contestation,
    IssuedToken,
    PlatformConsent,
    PlatformDocument,
    State,
    Status,
)
from values import DEPOSIT, NOW, SIMULATION, entry_of


def _deposit(number, **changes):
    return replace(DEPOSIT, uuid=wire.uuid(number), secu_uuid=wire.uuid(number + 1), **changes)


def test_deposits_of_everybody_come_newest_first_without_their_bytes(store):
    given = [_deposit(2 * number, matricule=f"patient-{number}") for number in range(5)]
    for each in given:
        store.add_deposit(each)
    page = store.views.deposits(1, 2)
    assert (5, tuple(entry_of(each) for each in given[:2:-1])) == (page.total, page.rows)
    assert (entry_of(given[0]),) == store.views.deposits(3, 2).rows
    assert () == store.views.deposits(9, 2).rows


@pytest.mark.parametrize("named", ["patient-1", "1234", wire.uuid(1).upper(), wire.uuid(2)])
def test_a_deposit_is_found_by_every_name(store, named):
    other = _deposit(50, matricule="patient-2", sender="9", space="9")
    store.add_deposit(DEPOSIT)
    store.add_deposit(other)
    assert (entry_of(DEPOSIT),) == store.views.deposits(1, 20, named=named).rows
    assert 0 == store.views.deposits(1, 20, named="%").total


def test_a_state_filters_and_the_reason_of_a_cancellation_is_kept(store):
    store.add_deposit(DEPOSIT)
    store.add_deposit(_deposit(50))
    wish = Cancellation(uuid=wire.uuid(9), cancelled=DEPOSIT.secu_uuid, at=NOW, reason="double")
    assert store.cancel(wish).obstacle is None
    assert 1 == store.views.deposits(1, 20, status=Status.CANCELLED.value).total
    assert "double" == store.views.cancellation_reason(DEPOSIT.secu_uuid)
    assert "" == store.views.cancellation_reason(wire.uuid(51))
    assert {"ANNULE": 1, "DEPOSE": 1} == store.views.states()["deposits"]


def test_simulations_and_how_they_ended(store):
    paid = replace(SIMULATION, id=wire.uuid(30), fee_note=wire.uuid(31), anomalies=())
    store.add_simulation(SIMULATION)
    store.add_simulation(paid)
    claimant = Claimant(now=NOW, older=NOW - timedelta(days=1))
    store.contest(Contestation(wire.uuid(32), SIMULATION.id, NOW, {"abcdef": "1"}), claimant)
    store.pay(paid.id, "payment", Decimal("1.00"), claimant)
    page = store.views.simulations(1, 20)
    assert [State.PAID, State.CONTESTED] == [each.state for each in page.rows]
    assert 1 == store.views.simulations(1, 20, state=State.PAID.value).total
    assert 1 == store.views.simulations(1, 20, named=SIMULATION.fee_note).total
    assert "payment" == store.views.settled(paid.id).payment.id
    assert {"abcdef": "1"} == store.views.settled(SIMULATION.id).contestation.codes
    assert (None, None) == (
        store.views.settled(wire.uuid(99)).payment,
        store.views.settled(wire.uuid(99)).contestation,
    )


def _token(number, minutes):
    return IssuedToken(f"{number:064}", "c", "a", "1234", NOW + timedelta(minutes=minutes))


def test_tokens_that_live_longest_come_first_and_the_living_are_counted(store):
    old, young, back = _token(1, -1), _token(2, 30), _token(3, 20)
    for each in (old, young, back):
        store.add_token(each)
    store.cancel_token(back.digest)
    page = store.views.tokens(1, 20)
    assert [young.digest, back.digest, old.digest] == [each.digest for each in page.rows]
    assert 1 == store.views.live_tokens(NOW)


def test_patients_of_the_platform_are_counted_by_their_documents(store):
    assert {} == store.views.platform_patients()
    document = PlatformDocument(
        uuid=wire.uuid(40),
        ehealth_id="1",
        matricule="patient-2",
        created_at=NOW,
        author="a",
        first_name="",
        last_name="b",
        dated="2023-12-28",
        amount=Decimal("1.00"),
        paid=False,
        data=b"<a/>",
    )
    store.platform.add(document)
    store.platform.add(replace(document, uuid=wire.uuid(41)))
    consent = PlatformConsent(
        matricule="patient-1",
        type="MH",
        start_at=NOW,
        end_at=NOW + timedelta(days=1),
        author="a",
        created_at=NOW,
    )
    store.platform.put_consent(consent)
    store.platform.put_consent(replace(consent, matricule="patient-2"))
    assert {"patient-1": 0, "patient-2": 2} == store.views.platform_patients()
    assert {"RECEIVED": 2} == store.views.states()["documents"]
