"""What goes over the wire of a running sandbox, as its desk keeps it."""

import sys

import httpx
import pytest

import canaries
import crews
import secured
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import SoapFault, TransportError
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.sandbox import EXCHANGE_PATH, Effect
from memhon.security import Pki
from memhon.store import open_store

START = "2026-03-02T08:30:00Z"
SIMULATION = load().example("pid-sim", "request", "minimal").data
DEPOSIT = load().example("ra-depot", "request", "minimal").data


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store.sqlite3"


def _kept(place):
    with open_store(place) as store:
        return [store.wire.find(entry.number) for entry in store.wire.page(size=500).entries][::-1]


def test_every_service_is_kept_with_the_bytes_of_its_answer(place):
    with Sandbox(store=place, desk_port=0, clock=VirtualClock(START)) as sandbox:
        answer = sandbox.client().send(SIMULATION)
    kept = _kept(place)
    assert ["identity", "token", "pid-sim"] == [each.exchange for each in kept]
    assert [""] * 3 == [each.outcome for each in kept]
    assert answer.raw == kept[2].response
    assert answer.correlation_id == kept[2].correlation_id
    assert b"<cns:simulationMedecin" in kept[2].request
    assert all(START == each.at.strftime("%Y-%m-%dT%H:%M:%SZ") for each in kept)
    assert all(each.microseconds > 0 for each in kept)


def test_without_a_desk_nothing_is_kept(place):
    with Sandbox(store=place) as sandbox:
        sandbox.client().send(SIMULATION)
    assert [] == _kept(place)


def test_no_secret_is_kept(place):
    with Sandbox(store=place, desk_port=0) as sandbox:
        pair = Pki(pki_path()).practitioner("demo-1")
        peer = secured.Peer(sandbox.url, sandbox.clock, pair)
        account = peer.ask(peer.account_request())
        token = secured.token_in(account)
        assert 200 == peer.send(peer.call(token)).status
        assert 200 == peer.ask(peer.cancel_request(token)).status
    text = "".join(f"{each.request!r}{each.response!r}" for each in _kept(place))
    found = canaries.leaks(text, token.value)
    assert [] == [name for name in found if name != "matricule of the practitioner"]


def test_refusals_are_kept_with_their_ids(place):
    with Sandbox(store=place, desk_port=0) as sandbox:
        sandbox.faults.add(Effect.FAULT, detail="SBX-001")
        with pytest.raises(SoapFault) as caught:
            sandbox.client().send(SIMULATION)
        client = sandbox.client()
        client.send(DEPOSIT)
        client.send(DEPOSIT)
        url = f"{sandbox.url}{EXCHANGE_PATH}"
        bare = httpx.post(url, content=SIMULATION, headers={"Content-Type": "text/xml"})
    by_outcome = {each.outcome: each for each in _kept(place)}
    assert {"", "SBX-001 fault", "MH-001", "SEC-001"} == set(by_outcome)
    assert caught.value.correlation_id == by_outcome["SBX-001 fault"].correlation_id
    assert (500, bare.content) == (
        by_outcome["SEC-001"].http_status,
        by_outcome["SEC-001"].response,
    )
    assert SIMULATION == by_outcome["SEC-001"].request


def test_a_cut_answer_is_kept_as_it_was_cut(place):
    with Sandbox(store=place, desk_port=0, security="off") as sandbox:
        sandbox.faults.add(Effect.CUT)
        with pytest.raises(TransportError):
            sandbox.client().send(SIMULATION)
    (kept,) = _kept(place)
    assert ("pid-sim", "cut", 0, b"") == (
        kept.exchange,
        kept.outcome,
        kept.http_status,
        kept.response,
    )


def test_a_body_that_is_too_large_is_kept_without_it(place):
    with Sandbox(store=place, desk_port=0, security="off") as sandbox:
        headers = {"Content-Type": "text/xml"}
        large = b"<a>" + b"x" * (17 * 1024 * 1024)
        answer = httpx.post(f"{sandbox.url}{EXCHANGE_PATH}", content=large, headers=headers)
    (kept,) = _kept(place)
    assert (b"", answer.content, "SBX-005") == (kept.request, kept.response, kept.outcome)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
def test_every_process_keeps_what_it_answered(place):
    with Sandbox(store=place, desk_port=0, workers=2, security="off") as sandbox:
        for worker in sorted(crews.own_workers()):
            with crews.only(worker):
                sandbox.client().send(SIMULATION)
    assert ["pid-sim", "pid-sim"] == [each.exchange for each in _kept(place)]
