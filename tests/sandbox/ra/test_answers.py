"""What the answers of deposit, consent and cancellation say besides the refusal."""

from datetime import timedelta

import pytest
from lxml import etree

import fee_notes
from fee_notes import BILLER, NEVER, OTHER_BILLER, Notes, deposit_xml
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.findings import Verdict, explain
from memhon.local import Sandbox

NOBODY = "deadbeef-cafe-4bad-8bad-feedfacecafe"


def test_a_consent_two_days_later(notes, clock):
    note = notes.deposit()
    clock.advance(timedelta(days=2))
    told = notes.consent(note.secu.upper())
    assert note.secu.upper() == told.text("UUIDSecu")
    assert "2026-03-04T09:30:00Z" == told.text("dateConsentement")
    assert [] == told.texts("code")


def test_a_second_consent_says_since_when(notes, clock):
    note = notes.in_state("CONSENTI")
    clock.advance(timedelta(days=1))
    told = notes.consent(note.secu)
    assert "MH-020" == told.refusal
    assert "2026-03-02T09:30:00Z" == told.text("dateConsentement")
    assert "2026-03-02T09:30:00Z" in told.text("motif")


@pytest.mark.parametrize("state", ["DEPOSE", "CONSENTI"])
def test_a_consent_of_somebody_else_gives_no_date(notes, state):
    told = notes.consent(notes.in_state(state).secu, fee_notes.OTHER_PATIENT)
    assert NEVER == told.text("dateConsentement")
    assert fee_notes.PATIENT not in told.text("motif")
    assert fee_notes.OTHER_PATIENT not in told.text("motif")


@pytest.mark.parametrize("odd", ["", " ", "x", fee_notes.PATIENT + "1", fee_notes.PATIENT[:-1]])
def test_what_is_no_matricule_is_another_patient(notes, odd):
    assert "MH-012" == notes.consent(notes.deposit().secu, odd).refusal


def test_blanks_around_a_matricule_do_not_count(notes):
    note = notes.deposit(patient=f"\n {fee_notes.PATIENT} ")
    assert notes.consent(note.secu, f" {fee_notes.PATIENT}\n").refusal is None


def test_the_replacing_note_is_named(notes):
    old, new = notes.deposit(), notes.deposit()
    assert notes.cancel(old.secu, replacement=new.secu.upper()).refusal is None
    assert new.secu in notes.consent(old.secu).text("motif")
    assert new.secu in notes.cancel(old.secu).text("motif")


def test_a_cancellation_says_when(notes, clock):
    note = notes.in_state("CONSENTI")
    clock.advance(timedelta(hours=1))
    uuid = notes.uuid()
    told = notes.cancel(note.secu, uuid)
    assert uuid == told.text("UUIDPrestataire")
    assert note.secu == told.text("UUIDDocumentAnnule")
    assert "2026-03-02T10:30:00Z" == told.text("dateAnnulation")


@pytest.mark.parametrize(("again", "refusal"), [(True, "MH-043"), (False, "MH-045")])
def test_nothing_is_cancelled_twice(notes, clock, again, refusal):
    note, uuid = notes.deposit(), notes.uuid()
    notes.cancel(note.secu, uuid)
    clock.advance(timedelta(days=1))
    told = notes.cancel(note.secu, uuid if again else None)
    assert refusal == told.refusal
    assert "2026-03-02T09:30:00Z" == told.text("dateAnnulation")


def test_a_refused_cancellation_does_not_use_its_uuid_up(notes):
    note, uuid = notes.deposit(), notes.uuid()
    told = notes.cancel(note.secu, uuid, replacement=NOBODY)
    assert ("MH-047", NEVER) == (told.refusal, told.text("dateAnnulation"))
    assert notes.cancel(note.secu, uuid).refusal is None


def test_who_is_replaced_twice_in_a_row(notes):
    """A correction of a correction: the chain may grow at its end only."""
    first, second, third = (notes.deposit().secu for _ in range(3))
    assert notes.cancel(first, replacement=second).refusal is None
    assert "MH-050" == notes.cancel(third, replacement=first).refusal
    assert notes.cancel(second, replacement=third).refusal is None
    assert "MH-046" == notes.cancel(first, replacement=third).refusal


@pytest.mark.parametrize("state", ["DEPOSE", "CONSENTI"])
def test_a_replacement_may_be_consented_to(notes, state):
    old, new = notes.deposit(), notes.in_state(state)
    assert notes.cancel(old.secu, replacement=new.secu).refusal is None


def test_patients_without_a_matricule_are_told_apart_by_birth_date(notes):
    old = notes.deposit(patient=None)
    other = notes.deposit(patient=None, born="1902-03-04")
    same = notes.deposit(patient=None)
    assert "MH-049" == notes.cancel(old.secu, replacement=other.secu).refusal
    assert notes.cancel(old.secu, replacement=same.secu).refusal is None


def test_a_deposit_without_matricule_is_told_at_once(notes):
    told = notes.send(deposit_xml(notes.uuid(), patient=None), "ra-depot")
    assert ["INFORMATION"] == told.texts("type")
    assert ["MH-003"] == told.texts("code")
    assert told.refusal is None


@pytest.fixture(scope="module")
def strict():
    with Sandbox(clock=VirtualClock("2026-03-02T09:30:00Z"), seed=7) as sandbox:
        yield sandbox


def test_a_biller_outside_the_space_is_told_at_once(strict):
    data = deposit_xml(NOBODY, biller=OTHER_BILLER).encode()
    report = strict.client().send(data, exchange="ra-depot").report
    (told,) = _anomalies(report)
    assert ("MH-002", OTHER_BILLER) == (told.id, told.found)
    assert report.verdict is Verdict.VALID
    own = deposit_xml(NOBODY.replace("c", "d"), biller=BILLER).encode()
    assert [] == _anomalies(strict.client().send(own, exchange="ra-depot").report)


def test_the_client_reads_a_refusal(strict):
    unknown = NOBODY.replace("c", "b")
    data = fee_notes.consent_xml(unknown).encode()
    report = strict.client().send(data, exchange="ra-rembcons").report
    (told,) = _anomalies(report)
    assert ("MH-010", unknown) == (told.id, told.found)
    assert report.verdict is Verdict.INVALID


def _anomalies(report):
    return [finding for finding in report.findings if finding.kind == "anomaly"]


def test_no_sentence_is_longer_than_the_schema_allows():
    longest = {"found": "é" * 60, "expected": "x" * 36, "detail": "x" * 60, "element": "x" * 22}
    for finding in load().findings.values():
        if any(exchange.startswith("ra-") for exchange in finding.exchanges):
            text = explain(finding.id).texts["fr"].text
            assert len(text.format(**longest)) <= 500, finding.id


def test_the_same_seed_and_clock_give_the_same_bytes(clock):
    runs = []
    for _ in range(2):
        with Sandbox(clock=VirtualClock("2026-03-02T09:30:00Z"), seed=7) as sandbox:
            runs.append(_a_whole_life(sandbox.client()))
    assert runs[0] == runs[1]


def _a_whole_life(client):
    answers = []

    def send(payload, exchange):
        step = client.send(payload.encode(), exchange=exchange).trace[-1]
        answers.append(step.response)
        return etree.fromstring(step.response)

    notes = Notes(send)
    old, new = notes.deposit(pdf=b"%PDF-1.7 essai"), notes.deposit()
    notes.consent(old.secu)
    notes.consent(old.secu)
    notes.cancel(old.secu, replacement=new.secu)
    notes.read(old.secu)
    notes.list()
    return answers
