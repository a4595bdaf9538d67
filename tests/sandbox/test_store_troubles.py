"""A store that does not answer: a fault that says so, nothing acknowledged, service afterwards."""

import sqlite3

import pytest

import killing
import secured
import wire
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox import numbering
from memhon.store import Store, engines, open_store

CLOCK = "2023-12-28T00:01:13.539Z"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.2)
    return tmp_path / "store.sqlite3"


@pytest.fixture
def running(place):
    with Sandbox(clock=VirtualClock(CLOCK), seed=7, security="off", store=place) as sandbox:
        yield sandbox


def test_a_locked_store_is_told_and_the_service_goes_on(running, place):
    data = killing.note(1)[1]
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    secured.told(wire.send(running.url, data), "SBX-020")
    other.close()
    assert wire.send(running.url, data).text(".//anomalies/code") is None
    assert "MH-001" == wire.send(running.url, data).text(".//anomalies/code")


def test_a_store_that_vanished_is_told_and_the_service_goes_on(running, place):
    assert wire.send(running.url, killing.note(1)[1]).text(".//anomalies/code") is None
    away = place.rename(place.with_name("away"))
    secured.told(wire.send(running.url, killing.note(2)[1]), "SBX-020")
    away.rename(place)
    assert "MH-001" == wire.send(running.url, killing.note(1)[1]).text(".//anomalies/code")
    assert wire.send(running.url, killing.note(2)[1]).text(".//anomalies/code") is None


def test_a_token_service_without_a_store_says_so(place):
    clock = VirtualClock(CLOCK)
    with Sandbox(clock=clock, seed=7, store=place) as sandbox:
        peer = secured.Peer(sandbox.url, clock, secured.pki().practitioner("demo-1"))
        assertion = peer.authenticate()
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        secured.refuses(peer.ask(peer.token_request(assertion)), "SBX-020")
        other.close()
        secured.token_in(peer.ask(peer.token_request(assertion)))


def test_without_ranks_for_its_seed_a_service_says_so_and_goes_on(place):
    clock = VirtualClock(CLOCK)
    with Sandbox(clock=clock, seed=7, store=place) as sandbox:
        peer = secured.Peer(sandbox.url, clock, secured.pki().practitioner("demo-1"))
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        faults = [peer.identity(peer.authentication()) for _ in range(2)]
        other.close()
        secured.token_in(peer.ask(peer.token_request(peer.authenticate())))
    for fault in faults:
        secured.refuses(fault, "SBX-020")
    assert faults[0].text(".//mh:correlationId") != faults[1].text(".//mh:correlationId")


def test_the_answer_to_a_deposit_that_was_kept_leaves_without_the_store(place, monkeypatch):
    monkeypatch.setattr(numbering, "BLOCK", 3)
    clock = VirtualClock(CLOCK)
    with Sandbox(clock=clock, seed=7, store=place) as sandbox:
        peer = secured.Peer(sandbox.url, clock, secured.pki().practitioner("demo-1"))
        call = peer.call(peer.token(), secured.DEPOSIT, family="ra")
        away = place.with_name("away")
        kept = Store.add_deposit

        def kept_and_gone(store, deposit):
            kept(store, deposit)
            place.rename(away)

        monkeypatch.setattr(Store, "add_deposit", kept_and_gone)
        answer = peer.send(call)
        away.rename(place)
    assert (200, None) == (answer.status, answer.text(".//anomalies/code"))


def test_a_sandbox_forgets_at_its_start_what_is_too_old(place):
    data = killing.note(1)[1]
    starts = [(CLOCK, None), ("2024-01-26T00:00:00Z", "MH-001"), ("2024-02-01T00:00:00Z", None)]
    for clock, code in starts:
        with Sandbox(clock=VirtualClock(clock), security="off", store=place) as sandbox:
            assert code == wire.send(sandbox.url, data).text(".//anomalies/code")
    with open_store(place) as store:
        assert 1 == store.count_deposits()


def test_a_clock_set_backwards_loses_nothing(place):
    clock = VirtualClock(CLOCK)
    with Sandbox(clock=clock, security="off", store=place) as sandbox:
        wire.send(sandbox.url, killing.note(1)[1])
        clock.set("2001-01-01T00:00:00Z")
        assert "MH-001" == wire.send(sandbox.url, killing.note(1)[1]).text(".//anomalies/code")
        assert wire.send(sandbox.url, killing.note(2)[1]).text(".//anomalies/code") is None
