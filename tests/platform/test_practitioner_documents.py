"""Reading, listing, cancelling and replacing on the side of the practitioner."""

import base64
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

import fee_notes
from memhon.clock import VirtualClock
from memhon.store import DocumentStatus
from platform_desk import (
    OTHER_CODE,
    OTHER_PATIENT,
    OTHER_PRACTICE,
    PATIENT,
    PRACTICE,
    START,
    archive,
    login,
    open_platform,
    uuid,
)

LIST = f"/practitioner/{PRACTICE}/documents"
CANCELLABLE = [each.value for each in DocumentStatus.cancellable()]
OVER = sorted({each.value for each in DocumentStatus} - set(CANCELLABLE))


def test_a_document_is_read_with_its_message_and_the_log_says_so(fresh):
    fresh.consent("MH")
    identifier = fresh.deposited()
    status, value, _ = fresh.call("practice", "GET", f"{fresh.own}/{identifier}")
    assert (200, identifier, "RECEIVED") == (status, value["uuid"], value["status"])
    assert fee_notes.deposit_xml(identifier).encode() == base64.b64decode(value["file"])
    assert [(PRACTICE, PATIENT, "document", "GET")] == fresh.reads()


def test_a_document_that_is_not_there(desk):
    for method in ("GET", "PATCH"):
        desk.refused(404, "PLA-024", "practice", method, f"{desk.own}/{uuid()}")
        there = desk.deposited()
        elsewhere = desk.own.replace(PATIENT, OTHER_PATIENT)
        desk.refused(404, "PLA-024", "practice", method, f"{elsewhere}/{there}")


def test_a_document_of_another_practice_is_neither_read_nor_cancelled(desk):
    foreign = desk.deposited(who="other_practice")
    own = f"{desk.own}/{foreign}"
    desk.refused(403, "PLA-025", "practice", "GET", own)
    desk.refused(403, "PLA-025", "practice", "PATCH", own)
    desk.refused(403, "PLA-025", "practice", "PATCH", own, archive(uuid()))
    theirs = own.replace(PRACTICE, OTHER_PRACTICE)
    desk.refused(403, "PLA-011", "practice", "PATCH", theirs)
    assert "RECEIVED" == desk.status(foreign)


def test_without_consent_a_document_is_not_read_but_can_be_cancelled(fresh):
    fresh.consent("MH")
    identifier = fresh.deposited()
    fresh.end_consent("MH")
    path = f"{fresh.own}/{identifier}"
    fresh.refused(403, "PLA-022", "practice", "GET", path)
    fresh.refused(403, "PLA-022", "practice", "PATCH", path, archive(uuid()))
    assert 200 == fresh.call("practice", "PATCH", path)[0]
    assert "CANCEL_ASKED" == fresh.status(identifier)


@pytest.mark.parametrize("status", CANCELLABLE)
def test_cancellation_is_asked_for(desk, status):
    identifier = desk.in_status(status)
    found, value, _ = desk.call("practice", "PATCH", f"{desk.own}/{identifier}")
    assert (200, identifier, "CANCEL_ASKED") == (found, value["uuid"], value["status"])
    assert ("CANCEL_ASKED", None) == _life(desk, identifier)
    assert (PRACTICE, PATIENT, "memoire", "PATCH") == desk.reads()[-1]


@pytest.mark.parametrize("status", CANCELLABLE)
def test_a_document_is_replaced(desk, status):
    old, new = desk.in_status(status), uuid()
    path = f"{desk.own}/{old}"
    found, value, _ = desk.call("practice", "PATCH", path, archive(new, amount="12.00"))
    assert (200, old, "CANCEL_ASKED") == (found, value["uuid"], value["status"])
    assert ("CANCEL_ASKED", new) == _life(desk, old)
    assert ("RECEIVED", None) == _life(desk, new)


@pytest.mark.parametrize("status", OVER)
def test_what_is_cancelled_or_being_cancelled_stays_so(desk, status):
    identifier = desk.in_status(status)
    path = f"{desk.own}/{identifier}"
    value = desk.refused(403, "PLA-026", "practice", "PATCH", path)
    assert status in value["message"]
    new = uuid()
    desk.refused(403, "PLA-026", "practice", "PATCH", path, archive(new))
    assert desk.sandbox._store.platform.document(new) is None


def test_a_replacement_needs_an_identifier_of_its_own(desk):
    old, there = desk.deposited(), desk.deposited()
    path = f"{desk.own}/{old}"
    for taken in (old, there, old.upper()):
        desk.refused(409, "PLA-023", "practice", "PATCH", path, archive(taken))
    assert ("RECEIVED", None) == _life(desk, old)


def test_a_replacement_is_of_the_same_patient_and_practice(desk):
    desk.consent("MH", patient=OTHER_PATIENT)
    path = f"{desk.own}/{desk.deposited()}"
    data = archive(uuid(), patient=OTHER_PATIENT)
    desk.refused(400, "PLA-020", "practice", "PATCH", path, data)
    desk.refused(400, "PLA-021", "practice", "PATCH", path, archive(uuid(), biller=OTHER_CODE))


def test_of_many_replacements_at_once_one_is_kept(fresh):
    fresh.consent("MH")
    old = fresh.deposited()
    path, found = f"{fresh.own}/{old}", []
    data = [archive(uuid()) for _ in range(6)]

    def replace(each):
        found.append(fresh.call("practice", "PATCH", path, each)[0])

    threads = [threading.Thread(target=replace, args=(each,)) for each in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [200] + [403] * 5 == sorted(found)
    kept = fresh.sandbox._store.platform.documents_of(PATIENT)
    assert {old, _life(fresh, old)[1]} == {each.uuid for each in kept}


def _life(desk, identifier):
    document = desk.sandbox._store.platform.document(identifier)
    return document.status.value, document.replaced_by


def listed(desk, query="", who="practice", path=LIST, **headers):
    status, value, told = desk.call(who, "GET", path + query, **headers)
    assert 200 == status, value
    return [each["uuid"] for each in value], int(told["x-total-count"])


def test_a_list_has_the_own_documents_the_newest_first_without_their_messages(fresh):
    fresh.consent("MH")
    mine = [fresh.deposited() for _ in range(3)]
    fresh.deposited(who="other_practice")
    assert (mine[::-1], 3) == listed(fresh)
    _, value, _ = fresh.call("practice", "GET", LIST)
    assert all("file" not in each for each in value)
    assert [(PRACTICE, PATIENT, "memoire", "GET")] * 6 == fresh.reads()


def test_an_empty_list_is_a_list(fresh):
    assert ([], 0) == listed(fresh)


def test_pages_are_cut_as_they_are_asked_for(fresh):
    fresh.consent("MH")
    mine = [fresh.deposited() for _ in range(5)][::-1]
    assert (mine[:2], 5) == listed(fresh, "?size=2")
    assert (mine[2:4], 5) == listed(fresh, "?page=1&size=2")
    assert (mine[4:], 5) == listed(fresh, "?page=2&size=2")
    assert ([], 5) == listed(fresh, "?page=3&size=2")
    assert ([], 5) == listed(fresh, "?page=999999&size=100")
    assert (mine, 5) == listed(fresh, "?size=100")


def test_a_page_has_twenty_documents_when_nothing_is_said(fresh):
    fresh.consent("MH")
    store, first = fresh.sandbox._store.platform, fresh.deposited()
    document = store.document(first)
    for _ in range(24):
        store.add(replace(document, uuid=uuid()))
    assert (20, 25) == (len(listed(fresh)[0]), listed(fresh)[1])
    assert 5 == len(listed(fresh, "?page=1")[0])


def test_both_bounds_of_a_period_are_included_and_optional():
    clock = VirtualClock("2026-03-01T22:59:59Z")
    with open_platform(clock=clock) as desk:
        desk.consent("MH")
        made = []
        for seconds in (0, 1, 86_400 - 1, 1):
            clock.advance(timedelta(seconds=seconds))
            made.append(_with_new_token(desk))
        before, first, last, after = made
        headers = _headers(desk)
        assert ([after, last, first, before], 4) == listed(desk, "", None, **headers)
        day = "createdFrom=2026-03-02", "createdTo=2026-03-02"
        assert ([after, last, first], 3) == listed(desk, f"?{day[0]}", None, **headers)
        assert ([last, first, before], 3) == listed(desk, f"?{day[1]}", None, **headers)
        assert ([last, first], 2) == listed(desk, f"?{'&'.join(day)}", None, **headers)
        exact = "?createdFrom=2026-03-01T23:00:00Z&createdTo=2026-03-02T00:00:00%2B01:00"
        assert ([first], 1) == listed(desk, exact, None, **headers)


def _headers(desk):
    told = login(desk.sandbox, {"practitioner": "demo-1"})
    return {name.replace("-", "_"): value for name, value in told.items()}


def _with_new_token(desk):
    identifier = uuid()
    desk.headers["practice"] = login(desk.sandbox, {"practitioner": "demo-1"})
    return desk.deposited(identifier)


def test_what_no_consent_opens_is_counted_and_not_shown(fresh):
    fresh.consent("MH")
    fresh.consent("MH", patient=OTHER_PATIENT)
    hidden, seen = fresh.deposited(), fresh.deposited(patient=OTHER_PATIENT)
    fresh.end_consent("MH")
    assert ([seen, hidden], 2) == listed(fresh)
    _, (first, second), _ = fresh.call("practice", "GET", LIST)
    assert first["ssn"] == OTHER_PATIENT
    assert (hidden, "RECEIVED", START[:10]) == (
        second["uuid"],
        second["status"],
        second["createAt"][:10],
    )
    assert [None] * 5 == [
        second[name] for name in ("ssn", "price", "isPaid", "memoireDate", "author")
    ]
    assert PATIENT not in str(second)
    assert {OTHER_PATIENT} == {whose for _, whose, _, _ in fresh.reads()}


def test_another_practice_has_a_list_of_its_own(desk):
    theirs = desk.deposited(who="other_practice")
    path = LIST.replace(PRACTICE, OTHER_PRACTICE)
    assert theirs == listed(desk, "?size=1", "other_practice", path)[0][0]
    desk.refused(403, "PLA-011", "other_practice", "GET", LIST)
