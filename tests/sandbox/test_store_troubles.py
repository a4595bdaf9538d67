"""A store that does not answer: a fault that says so, nothing acknowledged, service afterwards."""

import resource
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

import killing
import outages
import places
import postgres
import secured
import wire
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox import Timekeeper, numbering
from memhon.store import Store, engines, open_store

CLOCK = "2023-12-28T00:01:13.539Z"


@pytest.fixture
def place(lasting, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.2)
    return lasting


def running(place, **words):
    words = {"clock": VirtualClock(CLOCK), "security": "off"} | words
    return Sandbox(store=place, **words)


def code(url, number):
    """The anomaly that answers a note; None when it is accepted."""
    answer = wire.send(url, killing.note(number)[1])
    assert answer.status == 200, answer.data
    return answer.text(".//anomalies/code")


def told(answer, cause):
    """The fault says what the database said, and what to do."""
    secured.told(answer, "SBX-020")
    words = str(answer.text(".//faultstring"))
    assert cause in words
    assert "pas acquittée. Rétablissez-le, puis renvoyez-la telle quelle" in words


def test_a_locked_store_is_told_and_the_service_goes_on(place):
    with running(place) as sandbox:
        assert code(sandbox.url, 1) is None
        with outages.locked(place):
            told(wire.send(sandbox.url, killing.note(2)[1]), "lock")
        assert [None, "MH-001", "MH-001"] == [code(sandbox.url, each) for each in (2, 2, 1)]
    with open_store(place) as store:
        assert 2 == store.count_deposits()


@pytest.fixture(params=places.DURABLE)
def leaving(request, tmp_path):
    """A place, what takes its database away for a while, and what is then said."""
    if request.param == places.FILE:
        path = tmp_path / "store.sqlite3"
        yield path, lambda: outages.gone(path, None), "unable to open database file"
    elif postgres.programs() is None:
        # Only a server of somebody else's, which nobody may stop.
        server = request.getfixturevalue("server")
        with outages.own_database(server) as url:
            yield url, lambda: outages.gone(url, server), "connection is bad"
    else:
        with postgres.cluster() as own:
            yield own.url, lambda: stopped(own), "connection is bad"


@contextmanager
def stopped(cluster):
    cluster.stop()
    yield
    cluster.start()


def test_a_store_that_goes_and_comes_back_is_told_and_loses_nothing(leaving):
    place, away, cause = leaving
    with running(place) as sandbox:
        assert [None] * 5 == [code(sandbox.url, each) for each in range(5)]
        for number in (5, 6):
            with away():
                for _ in range(2):
                    told(wire.send(sandbox.url, killing.note(number)[1]), cause)
                told(wire.send(sandbox.url, killing.note(0)[1]), cause)
            assert [None, "MH-001"] == [code(sandbox.url, number) for _ in range(2)]
        assert ["MH-001"] * 7 == [code(sandbox.url, each) for each in range(7)]
    with open_store(place) as store:
        assert 7 == store.count_deposits()


@contextmanager
def small_disk(process, size):
    """No file of the process can grow beyond that size, as on a disk without room."""
    limit = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, limit[1]))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limit)


def test_a_full_disk_is_told_and_the_service_goes_on(tmp_path):
    path, answers = tmp_path / "store.sqlite3", {}
    with killing.sandbox(path) as (process, url):
        with small_disk(process, 400_000):
            for number in range(200):
                answers[number] = wire.send(url, killing.note(number)[1])
        refused = [number for number, answer in answers.items() if answer.status != 200]
        assert 0 < len(refused) < 200
        told(answers[refused[0]], "disk")
        assert {None} == {code(url, number) for number in refused}
        assert {"MH-001"} == {code(url, number) for number in answers}
    with open_store(path) as store:
        assert 200 == store.count_deposits()
    connection = sqlite3.connect(path)
    assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()


def test_the_security_chain_says_so_too(place):
    clock = VirtualClock(CLOCK)
    with running(place, clock=clock, security="strict") as sandbox:
        peer = secured.Peer(sandbox.url, clock, secured.pki().practitioner("demo-1"))
        call = peer.call(peer.token(), secured.DEPOSIT, family="ra")
        with outages.locked(place):
            secured.refuses(peer.ask(peer.token_request(peer.authenticate())), "SBX-020")
            secured.refuses(wire.send(sandbox.url, call), "SBX-020")
        codes = [wire.send(sandbox.url, call).text(".//anomalies/code") for _ in range(2)]
    assert [None, "MH-001"] == codes


def test_without_ranks_for_its_seed_a_service_says_so_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.2)
    place = tmp_path / "store.sqlite3"
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


def test_the_answer_to_a_deposit_that_was_kept_leaves_without_the_store(tmp_path, monkeypatch):
    place = tmp_path / "store.sqlite3"
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
    starts = [(CLOCK, None), ("2024-01-26T00:00:00Z", "MH-001"), ("2024-02-01T00:00:00Z", None)]
    for clock, expected in starts:
        with running(place, clock=VirtualClock(clock)) as sandbox:
            assert expected == code(sandbox.url, 1)
    with open_store(place) as store:
        assert 1 == store.count_deposits()


def test_a_clock_set_backwards_loses_nothing(place):
    with open_store(place) as store:
        keeper = Timekeeper(store)
        keeper.freeze()
        for number, day in enumerate(("2023-12-28", "2021-01-01", "2020-06-01")):
            keeper.set(datetime.fromisoformat(day).replace(tzinfo=UTC))
            with running(place, clock=None) as sandbox:
                assert day == sandbox.clock.now().date().isoformat()
                assert code(sandbox.url, number) is None
                again = [code(sandbox.url, each) for each in range(number + 1)]
                assert ["MH-001"] * (number + 1) == again
