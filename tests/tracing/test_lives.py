"""The states that answers tell of, from calls over HTTP; nothing is drawn that was not recorded."""

from contextlib import suppress
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

import journeying
from memhon.catalogue import load
from memhon.errors import MemhonError
from memhon.tracing.lives import lives
from memhon.tracing.reading import mentions

SVG = "{http://www.w3.org/2000/svg}"
SECOND = "7c2d9e14-63ab-4f0e-9d58-b1a7c3e5f026"
OTHER = "d7b9a3e1-0c65-4f28-b1e7-9a4c2d8f5061"


def path(trace):
    """The states of each life in their order, the found-out ones in parentheses."""
    return [
        [f"({stay.state})" if stay.shown else stay.state for stay in life.stays]
        for life in lives(trace)
    ]


def lose(sandbox, client, message, effect="cut"):
    sandbox.faults.add(effect)
    with suppress(MemhonError):
        client.send(message)


def test_a_replaced_deposit_and_its_successor(client, trace):
    first = client.send(journeying.deposit()).message.uuid_secu.value
    client.send(journeying.consent(first))
    client.send(journeying.reading(first))
    corrected = journeying.deposit()
    corrected.entete.uuid = SECOND
    second = client.send(corrected).message.uuid_secu.value
    client.send(journeying.cancellation(first, second))
    client.send(journeying.cancellation(second, uuid=OTHER))
    assert [["DEPOSE", "CONSENTI", "REMPLACE"], ["DEPOSE", "ANNULE"]] == path(trace)
    text = trace.life(first).text
    assert text == trace.life(journeying.deposit().entete.uuid.upper()).text
    assert [
        "↓ ✓ Dépôt (2 mars 2026, 09:30)",
        "DEPOSE (Déposé)",
        "↓ ✓ Consentement (2 mars 2026, 09:30)",
        "CONSENTI (Consentement reçu)",
        "✓ Lecture (2 mars 2026, 09:30)",
        "↓ ✓ Annulation (2 mars 2026, 09:30)",
        "REMPLACE (Annulé et remplacé, définitif)",
    ] == [line.strip() for line in text.splitlines()[1:]]


def test_a_refusal_changes_nothing_and_is_told(client, trace):
    secu = client.send(journeying.deposit()).message.uuid_secu.value
    for _ in range(3):
        client.send(journeying.consent(secu))
    assert [["DEPOSE", "CONSENTI"]] == path(trace)
    assert "✗ Consentement, refus (MH-020 · 2 mars 2026, 09:30, 2 fois)" in trace.life(secu).text


def test_a_lost_answer_tells_no_state_until_another_does(sandbox, client, trace):
    lose(sandbox, client, journeying.deposit())
    client.send(journeying.deposit())
    assert [[None]] == path(trace)
    secu = client.send(journeying.listing()).message.memoire[0].uuidsecu
    lose(sandbox, client, journeying.consent(secu))
    assert [[None, "(DEPOSE)"]] == path(trace)
    client.send(journeying.consent(secu))
    lose(sandbox, client, journeying.cancellation(secu), "half")
    client.send(journeying.cancellation(secu))
    assert [[None, "(DEPOSE)", "(CONSENTI)"]] == path(trace)
    client.send(journeying.listing())
    assert [[None, "(DEPOSE)", "(CONSENTI)", "(ANNULE)"]] == path(trace)
    assert "? (état inconnu)" in trace.life(secu).text
    assert "↓ constaté, ✗ Consentement, refus" in trace.life(secu).text


def test_simulations_of_one_fee_note(client, trace, clock):
    note = journeying.simulation("XAP1")
    first = client.send(note).message.utaretour
    (anomaly,) = first.lignes.ligne_utaretour[0].anomalie
    client.send(journeying.payment(first.identifiant_reponse_simulation))
    contest = journeying.contest(first.identifiant_reponse_simulation, anomaly.identifiant_anomalie)
    client.send(contest)
    second = client.send(note).message.utaretour.identifiant_reponse_simulation
    client.send(journeying.payment(second, agreed=False))
    client.send(journeying.payment(second))
    clock.advance(25 * 3600)
    client.send(journeying.payment(second))
    assert [["SIMULE", "CONTESTE"], ["SIMULE", "PAYE"]] == path(trace)
    text = trace.life(note.uta.id_memoire_honoraire).text
    assert "Vie d'une simulation (2 sur 2)" in text
    assert "↓ ✗ Simulation, anomalie bloquante (SIM-006" in text
    assert "✗ Validation, refus (SIM-014 · 3 mars 2026, 10:30)" in text
    assert 1 == trace.life(second).text.count("Vie d'une simulation")


def test_states_that_no_answer_told_are_found_out(client, trace, clock):
    note = journeying.simulation()
    old = client.send(note).message.utaretour.identifiant_reponse_simulation
    clock.advance(25 * 3600)
    assert [["SIMULE"]] == path(trace)
    client.send(journeying.payment(old))
    client.send(note)
    assert [["SIMULE", "(EXPIRE)"], ["SIMULE"]] == path(trace)
    client.send(journeying.payment(old))
    assert [["SIMULE", "(EXPIRE)", "(REMPLACE)"], ["SIMULE"]] == path(trace)


def test_an_answer_to_another_call_says_nothing(sandbox, client, trace):
    secu = client.send(journeying.deposit()).message.uuid_secu.value
    lose(sandbox, client, journeying.consent(secu), "wrong-correlation")
    lose(sandbox, client, journeying.reading(secu), "wrong-correlation")
    assert [["DEPOSE"]] == path(trace)
    assert "! Consentement, réponse d'un autre appel" in trace.life(secu).text


def test_a_forged_answer_says_nothing(sandbox, client, trace):
    secu = client.send(journeying.deposit()).message.uuid_secu.value
    lose(sandbox, client, journeying.consent(secu), "invalid-signature")
    assert [["DEPOSE"]] == path(trace)
    assert "! Consentement, inutilisable" in trace.life(secu).text


def test_a_reading_that_is_refused_is_told(client, trace):
    secu = client.send(journeying.deposit()).message.uuid_secu.value
    foreign = journeying.reading(secu)
    foreign.identifiant_unique = load().persons[1].matricule
    with pytest.raises(MemhonError):
        client.send(foreign)
    assert [["DEPOSE"]] == path(trace)
    assert "✗ Lecture, faute (SBX-040, MH-012 · 2 mars 2026, 09:30)" in trace.life(secu).text


def test_a_call_without_a_readable_message_has_no_life(client, trace):
    client.send(journeying.deposit())
    assert () == mentions(replace(trace[-1], request=b"rien"))
    assert () == mentions(replace(trace[-1], exchange=None))
    assert () == lives(trace[:2])


def test_an_unknown_identifier_is_said(client, trace):
    client.send(journeying.deposit())
    assert "Aucun appel enregistré ne parle de « x »." == str(trace.life("x"))


def test_the_picture_shows_what_the_words_say(client, trace):
    secu = client.send(journeying.deposit()).message.uuid_secu.value
    client.send(journeying.cancellation(secu))
    client.send(journeying.consent(secu))
    drawing = trace.life(secu)
    svg = ET.fromstring(drawing.html).find(f"{SVG}svg")
    shown = ["".join(node.itertext()) for node in svg.iter(f"{SVG}text")]
    assert ["DEPOSE", "ANNULE"] == [text for text in shown if text.isupper()]
    assert "✗ Consentement, refus" in shown
    assert 3 == len(list(svg.iter(f"{SVG}rect")))
    assert drawing._repr_html_() == drawing.html


def test_what_the_tables_name_stands_in_the_messages():
    for life in load().lifecycles.values():
        for event in life.events:
            if not event.exchange:
                continue
            entry = load().exchange(event.exchange)
            asked = _names(entry.request)
            told = _names(entry.response)
            when = {name for row in life.transitions if row.event == event.id for name in row.when}
            assert {*event.asked, event.group, *event.echo, *when} - {""} <= asked, event.id
            named = {*event.told, event.item, event.state, *event.echo.values()} - {""}
            assert named <= told, event.id


def _names(message):
    from memhon import schemas

    return {row.name for row in schemas.outline(message).rows}
