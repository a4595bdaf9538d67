"""The hand-over, over the wire: order, failures, lost answers, replacements."""

import logging

import pytest

import fee_notes
from handing import PATIENT, START, UUIDS, Platform
from memhon.clock import VirtualClock
from memhon.errors import SandboxError
from memhon.local import Sandbox

DONE, FOUND, WAITING, REFUSED, FAILED = "done", "found", "waiting", "refused", "failed"


@pytest.fixture
def clock():
    return VirtualClock(START)


@pytest.fixture
def running(where, clock):
    with Sandbox(store=where, clock=clock, seed=5) as sandbox:
        yield Platform(sandbox)


@pytest.fixture
def platform(clock):
    with Sandbox(clock=clock, seed=5) as sandbox:
        yield Platform(sandbox)


def test_a_sandbox_that_does_not_run_hands_nothing_over():
    with pytest.raises(SandboxError, match="pas démarré"):
        Sandbox().hand_over()


def test_deposit_consent_and_cancellation_reach_the_exchange(running):
    running.receive(0)
    running.receive(1)
    assert [
        (0, "deposit", DONE, "SENT", []),
        (1, "deposit", DONE, "SENT", []),
    ] == running.run()
    assert {0: "DEPOSE", 1: "DEPOSE"} == running.listed()
    running.move(0, "REIMBURSEMENT_ASKED")
    running.move(1, "CANCEL_ASKED")
    running.receive(2)
    assert [
        (2, "deposit", DONE, "SENT", []),
        (0, "consent", DONE, "REIMBURSEMENT_SENT", []),
        (1, "cancellation", DONE, "CANCELED", []),
    ] == running.run()
    assert {0: "CONSENTI", 1: "ANNULE", 2: "DEPOSE"} == running.listed()
    assert [] == running.run()


def test_a_replacement_names_the_identifier_of_the_new_deposit_and_is_sent_once(running):
    running.receive(0)
    running.run()
    running.receive(1, replaces=UUIDS[0])
    assert "CANCEL_ASKED" == running.status(0)
    assert [
        (1, "deposit", DONE, "SENT", []),
        (0, "cancellation", DONE, "CANCEL_REPLACED", []),
    ] == running.run()
    assert {0: "REMPLACE", 1: "DEPOSE"} == running.listed()
    kept = running.sandbox._store.deposit_by_secu(running.secu(0))
    assert running.secu(1) == kept.replaced_by
    assert [] == running.run()


def test_what_the_exchange_never_saw_is_cancelled_on_the_platform_alone(platform):
    platform.receive(0)
    platform.move(0, "CANCEL_ASKED")
    platform.receive(1)
    platform.receive(2, replaces=UUIDS[1])
    assert [
        (2, "deposit", DONE, "SENT", []),
        (0, "cancellation", DONE, "CANCELED", []),
        (1, "cancellation", DONE, "CANCEL_REPLACED", []),
    ] == platform.run()
    assert {2: "DEPOSE"} == platform.listed()


@pytest.mark.parametrize(
    ("effect", "detail", "ids"),
    [
        ("fault", "SBX-006", ["PLA-046", "SBX-006"]),
        ("cut", "", ["PLA-046", "NET-006"]),
        ("invalid-signature", "", ["PLA-046", "SEC-008"]),
        ("anomaly", "MH-050", ["PLA-040", "MH-050"]),
    ],
)
def test_one_that_fails_stays_and_the_others_go_on(platform, caplog, effect, detail, ids):
    platform.receive(0)
    platform.receive(1)
    platform.sandbox.faults.add(effect, detail, exchange="ra-depot")
    with caplog.at_level(logging.WARNING, "memhon.platform"):
        first, second = platform.run()
    assert (0, "deposit", "RECEIVED") == (*first[:2], first[3])
    assert first[2] in (FAILED, REFUSED)
    assert ids[0] == first[4][0]
    assert ids[1] in first[4]
    assert (1, "deposit", DONE, "SENT", []) == second
    assert UUIDS[0] in caplog.text
    assert ids[0] in caplog.text
    assert PATIENT not in caplog.text
    (again,) = platform.run()
    assert (0, "deposit", "SENT") == (*again[:2], again[3])
    assert {0: "DEPOSE", 1: "DEPOSE"} == platform.listed()


@pytest.mark.parametrize("effect", ["cut", "half", "wrong-correlation", "invalid-signature"])
def test_a_deposit_whose_answer_was_lost_is_found_again(running, effect):
    running.receive(0)
    running.sandbox.faults.add(effect, exchange="ra-depot")
    ((*_, outcome, status, findings),) = running.run()
    assert (FAILED, "RECEIVED", "PLA-046") == (outcome, status, findings[0])
    assert {0: "DEPOSE"} == running.listed()
    assert [(0, "deposit", FOUND, "SENT", ["PLA-042"])] == running.run()
    assert running.sandbox._store.deposit(UUIDS[0].upper()).secu_uuid == running.secu(0)


def test_a_note_on_a_later_page_of_the_list_is_found(platform, monkeypatch):
    monkeypatch.setattr("memhon.platform.handover.asking._PAGE", 1)
    platform.receive(0)
    platform.sandbox.faults.add("cut", exchange="ra-depot")
    platform.run()
    for number in (1, 2):
        platform.receive(number)
    assert FOUND == platform.run()[0][2]


def test_cancelled_while_its_answer_was_lost(platform):
    platform.receive(0)
    platform.sandbox.faults.add("cut", exchange="ra-depot")
    platform.run()
    platform.move(0, "CANCEL_ASKED")
    assert [(0, "cancellation", DONE, "CANCELED", [])] == platform.run()
    assert {0: "ANNULE"} == platform.listed()


def test_cancelled_while_it_was_on_its_way(platform):
    kept = platform.receive(0)
    platform.move(0, "CANCEL_ASKED")
    assert platform.store.acknowledge(kept, "s" * 36, START)
    assert ("CANCEL_ASKED", "s" * 36) == (platform.status(0), platform.secu(0))
    assert not platform.store.acknowledge(kept, "t" * 36, START)
    assert "s" * 36 == platform.secu(0)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"amount": "1.00"}, "the amount differs"),
        ({"biller": fee_notes.OTHER_BILLER}, "the biller differs"),
        ({"date": "2026-03-01"}, "the day differs"),
        ({"patient": fee_notes.OTHER_PATIENT}, "the patient differs"),
    ],
)
def test_another_note_with_the_same_uuid_is_not_taken_for_it(platform, other, why):
    strange = fee_notes.deposit_xml(UUIDS[0].upper(), **other)
    platform.sandbox.client().send(strange.encode())
    platform.receive(0)
    assert [(0, "deposit", REFUSED, "RECEIVED", ["PLA-041", "MH-001"])] == platform.run(), why


def test_a_patient_without_matricule_is_deposited_but_cannot_be_found_again(platform):
    platform.receive(0, born="1901-02-03")
    ((*_, outcome, status, findings),) = platform.run()
    assert (DONE, "SENT") == (outcome, status)
    assert "MH-003" in findings
    platform.receive(1, born="1901-02-03")
    platform.sandbox.faults.add("cut", exchange="ra-depot")
    platform.run()
    assert [(1, "deposit", REFUSED, "RECEIVED", ["PLA-041", "MH-001"])] == platform.run()
    platform.move(0, "REIMBURSEMENT_ASKED")
    assert (0, "consent", REFUSED, "REIMBURSEMENT_ASKED", ["PLA-043", "MH-013"]) in platform.run()


@pytest.mark.parametrize(
    ("exchange", "asked", "reached", "code"),
    [
        ("ra-rembcons", "REIMBURSEMENT_ASKED", "REIMBURSEMENT_SENT", ["MH-020"]),
        ("ra-annul", "CANCEL_ASKED", "CANCELED", []),
    ],
)
def test_what_was_done_although_the_answer_was_lost(running, exchange, asked, reached, code):
    running.receive(0)
    running.run()
    running.move(0, asked)
    running.sandbox.faults.add("cut", exchange=exchange)
    ((_, phase, outcome, status, findings),) = running.run()
    assert (FAILED, asked, "PLA-046") == (outcome, status, findings[0])
    assert [(0, phase, FOUND, reached, code)] == running.run()
    assert [] == running.run()


def test_a_replacement_whose_answer_was_lost(platform):
    platform.receive(0)
    platform.run()
    platform.receive(1, replaces=UUIDS[0])
    platform.sandbox.faults.add("cut", exchange="ra-annul")
    platform.run()
    assert [(0, "cancellation", FOUND, "CANCEL_REPLACED", [])] == platform.run()
    assert {0: "REMPLACE", 1: "DEPOSE"} == platform.listed()


def test_a_cancellation_waits_for_the_deposit_of_the_replacing_note(platform):
    platform.receive(0)
    platform.run()
    platform.receive(1, replaces=UUIDS[0])
    platform.sandbox.faults.add("anomaly", "MH-050", exchange="ra-depot")
    deposit, cancellation = platform.run()
    assert (1, "deposit", REFUSED) == deposit[:3]
    assert (0, "cancellation", WAITING, "CANCEL_ASKED", ["PLA-045"]) == cancellation
    assert ["SENT", "CANCEL_REPLACED"] == [each[3] for each in platform.run()]


def test_a_replacing_note_that_was_taken_back_leaves_a_simple_cancellation(platform):
    platform.receive(0)
    platform.run()
    platform.receive(1, replaces=UUIDS[0])
    platform.move(1, "CANCEL_ASKED")
    assert [
        (0, "cancellation", WAITING, "CANCEL_ASKED", ["PLA-045"]),
        (1, "cancellation", DONE, "CANCELED", []),
    ] == platform.run()
    assert [(0, "cancellation", DONE, "CANCELED", [])] == platform.run()
    assert {0: "ANNULE"} == platform.listed()


def test_a_replacing_note_that_was_itself_replaced_before_it_left(platform):
    platform.receive(0)
    platform.run()
    platform.receive(1, replaces=UUIDS[0])
    platform.receive(2, replaces=UUIDS[1])
    platform.run()
    platform.run()
    assert {0: "REMPLACE", 2: "DEPOSE"} == platform.listed()
    assert ["CANCEL_REPLACED", "CANCEL_REPLACED", "SENT"] == [
        platform.status(number) for number in range(3)
    ]


def test_a_chain_of_replacements_is_not_broken_by_a_failure(platform):
    platform.receive(0)
    platform.run()
    platform.receive(1, replaces=UUIDS[0])
    platform.sandbox.faults.add("fault", "SBX-006", exchange="ra-annul")
    platform.run()
    platform.receive(2, replaces=UUIDS[1])
    platform.run()
    assert {0: "REMPLACE", 1: "REMPLACE", 2: "DEPOSE"} == platform.listed()


def test_a_refused_cancellation_stays_and_says_why(platform):
    platform.receive(0)
    platform.run()
    platform.receive(1, replaces=UUIDS[0], patient=fee_notes.OTHER_PATIENT)
    report = platform.run()
    assert (0, "cancellation", REFUSED, "CANCEL_ASKED", ["PLA-044", "MH-049"]) == report[1]
    platform.move(1, "CANCEL_ASKED")
    assert REFUSED == platform.run()[0][2]
    assert [(0, "cancellation", DONE, "CANCELED", [])] == platform.run()


def test_nobody_waits_for_an_exchange_that_is_silent(platform):
    for number in range(5):
        platform.receive(number)
    platform.sandbox.faults.add("cut", exchange="ra-depot", count=9)
    report = platform.sandbox.hand_over()
    assert (3, 2, False) == (len(report.handed), report.left, report.settled)
    platform.sandbox.faults.clear()
    assert platform.sandbox.hand_over().settled
    assert dict.fromkeys(range(5), "DEPOSE") == platform.listed()
