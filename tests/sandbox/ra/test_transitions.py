"""Every row of the table of transitions is reached over HTTP, from each of its states."""

import pytest
from lxml import etree

from fee_notes import (
    OTHER_BILLER,
    OTHER_PATIENT,
    Note,
    Notes,
    deposit_xml,
)
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox

LIFE = load().lifecycles["ra"]
STRICT = {"annulation-autre-facturier"}
ROWS = [
    pytest.param(row, state, id=f"{row.id}-{state or 'rien'}")
    for row in LIFE.transitions
    if row.id not in STRICT
    for state in row.states or (None,)
]
NOBODY = "deadbeef-cafe-4bad-8bad-feedfacecafe"


def _named(notes, state, **parts):
    return notes.in_state(state, **parts) if state else Note(NOBODY, NOBODY)


def _deposit_again(notes, state):
    note = _named(notes, state)
    return notes.send(deposit_xml(note.uuid.upper()), "ra-depot"), note


def _deposit_anew(notes, _state):
    uuid = notes.uuid()
    told = notes.send(deposit_xml(uuid), "ra-depot")
    return told, Note(uuid, told.text("UuidSecu"))


def _list_backwards(notes, _state):
    return notes.list(dateDebut="2026-03-03", dateFin="2026-03-02"), None


def _list(notes, state):
    note = _named(notes, state)
    told = notes.list(statut=state, dateDebut="2026-03-02", dateFin="2026-03-02")
    assert note.secu in told.texts("UUIDSecu")
    return told, note


def _on_named(ask, **parts):
    """What is asked of a fee note in the state, with the patient's matricule."""

    def scenario(notes, state):
        note = _named(notes, state, **parts)
        return getattr(notes, ask)(note.secu), note

    return scenario


def _on_senders_uuid(ask):
    def scenario(notes, _state):
        return getattr(notes, ask)(notes.deposit().uuid), None

    return scenario


def _as_other_patient(ask):
    def scenario(notes, state):
        note = _named(notes, state)
        return getattr(notes, ask)(note.secu, OTHER_PATIENT), note

    return scenario


def _cancel(**wrong):
    def scenario(notes, state):
        note = _named(notes, state)
        return notes.cancel(note.secu, **wrong), note

    return scenario


def _cancel_again(notes, state):
    used = notes.uuid()
    assert notes.cancel(notes.deposit().secu, used).refusal is None
    note = _named(notes, state)
    return notes.cancel(note.secu, used.upper()), note


def _replace(choose):
    def scenario(notes, state):
        note = _named(notes, state)
        return notes.cancel(note.secu, replacement=choose(notes, note)), note

    return scenario


def _taken(notes, _note):
    taken = notes.deposit().secu
    assert notes.cancel(notes.deposit().secu, replacement=taken).refusal is None
    return taken


REACHED = {
    "depot-connu": _deposit_again,
    "depot-neuf": _deposit_anew,
    "liste-periode": _list_backwards,
    "liste-rendue": _list,
    "consentement-inconnu": _on_named("consent"),
    "consentement-uuid-expediteur": _on_senders_uuid("consent"),
    "consentement-sans-matricule": _on_named("consent", patient=None),
    "consentement-autre-patient": _as_other_patient("consent"),
    "consentement-deja-donne": _on_named("consent"),
    "consentement-annule": _on_named("consent"),
    "consentement-remplace": _on_named("consent"),
    "consentement-donne": _on_named("consent"),
    "lecture-inconnue": _on_named("read"),
    "lecture-uuid-expediteur": _on_senders_uuid("read"),
    "lecture-sans-matricule": _on_named("read", patient=None),
    "lecture-autre-patient": _as_other_patient("read"),
    "lecture-rendue": _on_named("read"),
    "annulation-simple-avec-remplacant": _cancel(replacement=NOBODY, kind=1),
    "annulation-remplacant-manquant": _cancel(kind=2),
    "annulation-renvoyee": _cancel_again,
    "annulation-inconnue": _on_named("cancel"),
    "annulation-uuid-expediteur": _on_senders_uuid("cancel"),
    "annulation-deja-annule": _cancel(),
    "annulation-deja-remplace": _cancel(),
    "annulation-remplacant-inconnu": _cancel(replacement=NOBODY),
    "annulation-remplacant-uuid-expediteur": _replace(lambda notes, _: notes.deposit().uuid),
    "annulation-soi-meme": _replace(lambda _, note: note.secu.upper()),
    "annulation-remplacant-autre-facturier": _replace(
        lambda notes, _: notes.deposit(biller=OTHER_BILLER).secu
    ),
    "annulation-remplacant-autre-patient": _replace(
        lambda notes, _: notes.deposit(patient=OTHER_PATIENT).secu
    ),
    "annulation-remplacant-final": _replace(lambda notes, _: notes.in_state("ANNULE").secu),
    "annulation-remplacant-pris": _replace(_taken),
    "annulation-simple": _cancel(),
    "annulation-remplacement": _replace(lambda notes, _: notes.deposit().secu),
}


def test_every_row_is_reached():
    assert {row.id for row in LIFE.transitions} == set(REACHED) | STRICT


def test_every_anomaly_that_refuses_has_its_row():
    exchanges = {event.exchange for event in LIFE.events}
    refusing = {
        finding.id
        for finding in load().findings.values()
        if finding.severity == "error" and exchanges & set(finding.exchanges)
    }
    assert refusing == {row.refusal for row in LIFE.transitions if row.refusal}


@pytest.mark.parametrize(("row", "state"), ROWS)
def test_a_row_is_what_happens(notes, running, row, state):
    told, note = REACHED[row.id](notes, state)
    assert row.refusal == told.refusal
    if note and note.secu != NOBODY:
        assert (row.to or state) == running._store.deposit_by_secu(note.secu).status


@pytest.mark.parametrize("state", ["DEPOSE", "CONSENTI", "ANNULE", "REMPLACE"])
def test_only_the_billers_space_cancels(state):
    """The one row that needs a token, then the biller's own cancellation."""
    (row,) = (row for row in LIFE.transitions if row.id == "annulation-autre-facturier")
    with Sandbox(clock=VirtualClock("2026-03-02T09:30:00Z"), seed=7) as sandbox:
        own, foreign = (Notes(_signed(sandbox.client(who))) for who in ("demo-1", "demo-2"))
        note = own.in_state(state)
        uuid = own.uuid()
        assert row.refusal == foreign.cancel(note.secu, uuid).refusal
        assert state == sandbox._store.deposit_by_secu(note.secu).status
        then = {"ANNULE": "MH-045", "REMPLACE": "MH-046"}.get(state)
        assert then == own.cancel(note.secu, uuid).refusal


def _signed(client):
    def send(payload, exchange):
        return etree.fromstring(client.send(payload.encode(), exchange=exchange).trace[-1].response)

    return send


def test_a_system_account_cancels_for_everybody(notes):
    """Without security no space is named, as with a token of a system account."""
    note = notes.deposit(biller=OTHER_BILLER)
    assert notes.cancel(note.secu).refusal is None
