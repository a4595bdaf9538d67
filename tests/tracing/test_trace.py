"""What is recorded of calls over HTTP, and how it is told."""

import re
from contextlib import suppress
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

import journeying
from memhon.client import Client, Outcome, Step
from memhon.client.recording import Attempt
from memhon.errors import MemhonError, SecurityError, SoapFault, TransportError
from memhon.local import Sandbox
from memhon.tracing import Trace

SVG = "{http://www.w3.org/2000/svg}"


def picture(drawing):
    figure = ET.fromstring(drawing.html)
    assert ("figure", "sequence trace") == (figure.tag, figure.get("class"))
    return figure.find(f"{SVG}svg")


def texts(drawing):
    return ["".join(node.itertext()) for node in picture(drawing).iter(f"{SVG}text")]


def test_every_step_is_recorded_with_its_instant(client, trace, clock):
    client.send(journeying.deposit())
    clock.advance(60)
    client.send(journeying.listing())
    assert [
        ("identity", None, Outcome.ACCEPTED),
        ("tokens", None, Outcome.ACCEPTED),
        ("exchange", "ra-depot", Outcome.ACCEPTED),
        ("exchange", "ra-remblist", Outcome.ACCEPTED),
    ] == [(call.service, call.exchange, call.outcome) for call in trace]
    assert datetime.fromisoformat(journeying.START) == trace[2].at
    assert clock.now() == trace[3].at
    assert [200] * 4 == [call.status for call in trace]
    assert all(call.step.request == call.request for call in trace)


def test_two_clients_share_a_trace_and_a_client_without_one_records_nothing(sandbox, trace):
    for practitioner in ("demo-1", "demo-2"):
        sandbox.client(practitioner, trace=trace).send(journeying.simulation())
    assert sandbox.client().trace is None
    assert 6 == len(trace)


@pytest.mark.parametrize(
    ("effect", "detail", "outcome", "refusals", "status"),
    [
        ("anomaly", "MH-020", Outcome.REFUSED, ("MH-020",), 200),
        ("fault", "SBX-006", Outcome.FAULT, ("SBX-006",), 500),
        ("cut", "", Outcome.UNANSWERED, ("NET-006",), None),
        ("half", "", Outcome.UNANSWERED, ("NET-006",), None),
        ("maintenance", "", Outcome.UNUSABLE, ("NET-010",), 503),
        ("invalid-signature", "", Outcome.UNUSABLE, ("SEC-008",), 200),
        ("expired-token", "", Outcome.FAULT, ("SEC-041",), 500),
    ],
)
def test_a_call_that_fails_is_recorded_with_its_reason(
    sandbox, client, trace, effect, detail, outcome, refusals, status
):
    sandbox.faults.add(effect, detail)
    with suppress(MemhonError):
        client.send(journeying.consent(journeying.CANCELLATION))
    last = trace[-1]
    assert (outcome, refusals, status) == (last.outcome, last.refusals, last.status)


def test_a_timeout_is_unanswered_and_the_next_call_is_not(sandbox, client, trace):
    client.send(journeying.listing())
    sandbox.faults.add("delay", "1.5")
    client.timeout = 0.3
    with pytest.raises(TransportError):
        client.send(journeying.deposit())
    client.timeout = 30.0
    assert ["MH-001"] == [f.id for f in client.send(journeying.deposit()).report.errors]
    expected = [(Outcome.UNANSWERED, ("NET-002",)), (Outcome.REFUSED, ("MH-001",))]
    assert expected == [(call.outcome, call.refusals) for call in trace[-2:]]
    assert "? délai dépassé : NET-002" in str(trace)


def test_nobody_listening_is_unsent(clock, trace):
    with Sandbox(clock=clock, security="off") as gone:
        client = gone.client(trace=trace)
    with pytest.raises(TransportError):
        client.send(journeying.listing())
    assert (Outcome.UNSENT, ("NET-001",)) == (trace[0].outcome, trace[0].refusals)
    assert "✗ envoi impossible : NET-001" in str(trace)


def test_a_chain_that_fails_is_recorded(sandbox, trace, clock):
    client = sandbox.client(trace=trace)
    keys = client._chain.keys
    stranger = Client(sandbox.url, keys=keys, clock=type(clock)("2026-03-03T08:30:00Z"))
    stranger.trace = trace
    with pytest.raises(SoapFault) as caught:
        stranger.send(journeying.listing())
    assert (Outcome.FAULT, (caught.value.detail_id,)) == (trace[0].outcome, trace[0].refusals[:1])
    assert f"✗ faute : {caught.value.detail_id}" in str(trace)


def test_an_answer_that_is_not_believed_belongs_to_its_step(trace, clock):
    attempt = Attempt(trace, clock, "Essai", "tokens", b"<q/>")
    attempt.step = Step("Essai", "http://127.0.0.1/", b"<q/>", {}, 200, b"<r/>", {})
    with pytest.raises(SecurityError), attempt:
        raise SecurityError("faux")
    assert Outcome.UNUSABLE is trace[0].outcome


def test_an_interruption_is_unanswered(trace, clock):
    with pytest.raises(KeyboardInterrupt), Attempt(trace, clock, "Essai", "exchange", b"<q/>"):
        raise KeyboardInterrupt
    assert (Outcome.UNANSWERED, ()) == (trace[0].outcome, trace[0].refusals)
    assert "? sans réponse" in str(trace)


def test_the_answer_to_another_call_is_told(sandbox, client, trace):
    sandbox.faults.add("wrong-correlation")
    client.send(journeying.deposit())
    assert "! réponse d'un autre appel" in str(trace)
    assert "accepté" not in str(trace)


def test_the_sequence_in_words(client, trace, clock):
    secu = client.send(journeying.deposit()).message.uuid_secu.value
    clock.advance(2 * 24 * 3600)
    for _ in range(2):
        client.send(journeying.consent(secu))
    assert [
        "— lundi 2 mars 2026 —",
        "09:30  sécurité : 2 appels  ✓",
        "09:30  ra-depot, demandé par le prestataire  ✓ accepté",
        "— deux jours plus tard, 4 mars 2026 —",
        "09:30  sécurité : 2 appels  ✓",
        "09:30  ra-rembcons, demandé par le patient  ✓ accepté",
        "09:30  ra-rembcons, demandé par le patient  ✗ refus : MH-020",
    ] == repr(trace).splitlines()


def test_the_picture_says_the_same_as_the_words(client, trace):
    for message in (journeying.deposit(), journeying.deposit(), journeying.listing()):
        client.send(message)
    drawing = trace.sequence()
    shown = texts(drawing)
    assert drawing.html == trace._repr_html_()
    assert "img" == picture(drawing).get("role")
    assert drawing.text == picture(drawing).find(f"{SVG}desc").text
    assert ["Votre logiciel", "mySecu"] == shown[:2]
    assert ["✓ accepté", "✗ refus : MH-001", "✓ accepté"] == shown[5::2]
    tones = [node.get("class") for node in picture(drawing).iter() if node.get("fill", "") > "#"]
    assert {"trace-good", "trace-bad"} <= set(tones)


def test_the_chain_is_drawn_when_it_is_asked_for(client, trace):
    client.send(journeying.listing())
    assert ["Logiciel", "Identité", "Jetons", "mySecu"] == texts(trace.sequence(security=True))[:4]
    assert "Jeton mySecu  ✓ accepté" in trace.sequence(security=True).text
    assert "Jeton mySecu" not in trace.sequence().text


def test_nothing_recorded_is_said(trace):
    assert "Aucun appel enregistré." == str(trace)
    assert ["Aucun appel enregistré."] == texts(trace.sequence())
    assert (0, ()) == (len(trace), trace.calls)


def test_text_of_the_wire_is_escaped(trace, clock):
    odd = '<script>"&</script>'
    with Attempt(trace, clock, odd, "exchange", b"<q/>"):
        pass
    drawing = trace.sequence()
    assert "<script>" not in drawing.html
    assert any(odd in text for text in texts(drawing))
    life = trace.life(odd)
    assert "<script>" not in life.html
    assert odd in life.text


def test_a_drawing_can_stand_on_any_page(client, trace):
    client.send(journeying.simulation())
    for drawing in (trace.sequence(), trace.sequence(security=True), trace.life("x")):
        assert set() == {name for name in ("<style", "<script", " id=") if name in drawing.html}
        assert "\n" not in drawing.html
        HTMLParser().feed(drawing.html)


def test_no_line_is_wider_than_the_picture(sandbox, client, trace, clock):
    for effect in (
        "half",
        "maintenance",
        "wrong-correlation",
        "expired-token",
        "invalid-signature",
    ):
        sandbox.faults.add(effect)
        with suppress(MemhonError):
            client.send(journeying.simulation())
    clock.advance(26 * 3600 + 120)
    client.send(journeying.simulation())
    note = journeying.simulation().uta.id_memoire_honoraire
    for drawing in (trace.sequence(), trace.sequence(security=True), trace.life(note)):
        # a character of this size is about six and a half units wide
        assert [text for text in texts(drawing) if 6.5 * len(text) > 330] == []


def test_rows_do_not_overlap(client, trace, clock):
    for _ in range(3):
        client.send(journeying.listing())
        clock.advance(3600)
    rows = [int(node.get("y")) for node in picture(trace.sequence()).iter(f"{SVG}text")][2:]
    assert [] == [(one, two) for one, two in pairwise(rows) if two - one < 14]


def test_a_part_of_a_trace_is_a_trace(client, trace):
    client.send(journeying.deposit())
    client.send(journeying.listing())
    assert isinstance(trace[-1:], Trace)
    assert re.fullmatch("— .* —\n09:30  ra-remblist, .* ✓ accepté", str(trace[-1:]))
