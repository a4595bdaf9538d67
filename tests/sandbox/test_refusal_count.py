"""What the sandbox refuses is counted, over HTTP, by family and provider."""

from datetime import date

import wire
from fee_notes import Notes, deposit_xml, over_http
from memhon.catalogue import load
from memhon.store import UsageKind
from memhon.usage import By, Period, report_of_store
from pid_desk import NIL, line, open_desk

CODE = load().provider("demo-1").code
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def _refused(desk):
    found = desk.store.usage.between(MARCH.first, MARCH.last)
    return {
        (each.family, each.sender): each.count for each in found if each.kind is UsageKind.REFUSED
    }


def test_a_refused_deposit_counts_for_its_biller():
    with open_desk() as desk:
        notes = Notes(over_http(desk.url))
        note = notes.deposit()
        assert notes.send(deposit_xml(note.uuid), "ra-depot").refusal
        assert {("ra", CODE): 1} == _refused(desk)


def test_a_refused_consent_names_no_provider_and_a_reading_does_not_count():
    with open_desk() as desk:
        notes = Notes(over_http(desk.url))
        notes.consent(NIL)
        notes.read(NIL)
        notes.list(dateDebut="2026-03-03", dateFin="2026-03-02")
        assert {("ra", ""): 1} == _refused(desk)


def test_a_payment_that_is_refused_counts_and_a_simulation_with_anomalies_does_not():
    with open_desk() as desk:
        assert desk.simulate(line(act="ZZ9")).codes
        assert {} == _refused(desk)
        assert desk.pay(NIL).code
        assert desk.contest(NIL, (NIL, "1")).code
        assert {("pid", ""): 2} == _refused(desk)


def test_a_payment_that_is_told_to_be_held_back_is_no_refusal():
    with open_desk() as desk:
        owing = next(iter(load().claims)).provider
        done = desk.pay(desk.simulate(provider=owing).id)
        assert "SIM-019" == done.code
        assert {} == _refused(desk)


def test_a_fault_does_not_count():
    with open_desk() as desk:
        assert 500 == wire.send(desk.url, b"<a/>").status
        assert {} == _refused(desk)


def test_the_report_agrees_with_what_was_answered():
    with open_desk() as desk:
        simulated = desk.simulate()
        assert desk.pay(simulated.id).payment
        desk.pay(simulated.id)
        report = report_of_store(desk.store, MARCH, By.FAMILY)
        pid = next(row for row in report.rows if row.key == "pid")
        counts = {kind: count for kind, count in pid.counts.items() if count}
        assert {"simulation": 1, "paiement": 1, "refus": 1} == counts
        assert {"numerique": 1, "papier": None, "non_declaree": None} == dict(pid.forms)
