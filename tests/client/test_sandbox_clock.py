"""A client in another process lives in the time of the sandbox, and of nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

import peer
from memhon.catalogue import load
from memhon.client import Client, SandboxClock, sandbox_clock
from memhon.clock import VirtualClock
from memhon.errors import TransportError
from memhon.local import Sandbox
from memhon.sandbox import Timekeeper
from memhon.store import open_store

DEPOSIT = load().example("ra-depot", "request", "minimal").data
NOW = datetime(2026, 3, 2, 8, 30, 0, 400_000, tzinfo=UTC)
THEN = "Wed, 04 Mar 2026 08:30:05 GMT"
SECOND = timedelta(seconds=1)


@pytest.fixture
def machine():
    return VirtualClock(NOW)


def _told(date, mark="X-Memhon-Sandbox: 0\r\n"):
    return f"HTTP/1.1 404 Not Found\r\nDate: {date}\r\n{mark}Content-Length: 0\r\n\r\n".encode()


def _ids(caught):
    return [finding.id for finding in caught.value.findings]


def test_it_shows_the_time_that_the_sandbox_tells(machine):
    with peer.answering(_told(THEN)) as other:
        clock = SandboxClock(other.url, machine=machine)
        assert datetime(2026, 3, 4, 8, 30, 5, tzinfo=UTC) == clock.now()
        assert timedelta(days=2, seconds=4.6) == clock.offset()


@pytest.mark.parametrize(
    "answer",
    [
        _told(THEN, mark=""),
        _told("demain"),
        _told(""),
        b"HTTP/1.1 404 Not Found\r\nX-Memhon-Sandbox: 0\r\nContent-Length: 0\r\n\r\n",
        _told("Mon, 02 Mar 2026 08:30:00 GMT"),
        _told("Mon, 02 Mar 2026 08:29:59 GMT"),
        _told("Mon, 02 Mar 2026 08:30:01 GMT"),
    ],
)
def test_without_another_time_it_is_the_machine_s(machine, answer):
    with peer.answering(answer) as other:
        clock = SandboxClock(other.url, machine=machine)
        assert (timedelta(), NOW) == (clock.offset(), clock.now())


@pytest.mark.parametrize(
    ("date", "seconds"),
    [("Mon, 02 Mar 2026 08:29:58 GMT", -2.4), ("Mon, 02 Mar 2026 08:30:02 GMT", 1.6)],
)
def test_more_than_a_second_counts(machine, date, seconds):
    with peer.answering(_told(date)) as other:
        assert seconds == SandboxClock(other.url, machine=machine).offset().total_seconds()


def test_it_follows_a_clock_that_is_moved_later(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox_clock, "_FRESH_SECONDS", 0.0)
    place = tmp_path / "store.sqlite3"
    with Sandbox(security="off", store=place) as sandbox, open_store(place) as store:
        clock = SandboxClock(sandbox.url)
        before = clock.now()
        Timekeeper(store).advance(timedelta(days=2))
        sandbox.clock.look()
        assert timedelta(days=2) - 2 * SECOND < clock.now() - before < timedelta(days=2, minutes=1)


def test_between_two_answers_it_asks_nobody(machine):
    with peer.answering(_told(THEN)) as other:
        clock = SandboxClock(other.url, machine=machine)
        first = clock.now()
    machine.advance(0.5)
    assert first + timedelta(seconds=0.5) == clock.now()


@pytest.mark.parametrize("tls", [False, True])
def test_a_client_with_it_is_understood_and_one_without_too(tmp_path, tls):
    place = tmp_path / "store.sqlite3"
    with open_store(place) as store:
        Timekeeper(store).advance(timedelta(days=400))
    with Sandbox(store=place, tls=tls) as sandbox:
        clock = SandboxClock(sandbox.url)
        answer = Client(sandbox.url, clock=clock).send(DEPOSIT)
        assert () == answer.report.errors
        created = clock.now().strftime("<wsu:Created>%Y-").encode()
        assert created in answer.trace[0].request


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        ("http://192.0.2.1:8480", "NET-005"),
        ("http://sandbox.example", "NET-005"),
        ("https://ws.mysecu.lu", "NET-004"),
        ("ftp://127.0.0.1", "NET-005"),
    ],
)
def test_only_this_machine_is_asked(address, finding):
    with pytest.raises(TransportError) as caught:
        SandboxClock(address)
    assert [finding] == _ids(caught)


def test_a_sandbox_that_is_not_there_is_an_error():
    with Sandbox(security="off") as sandbox:
        clock = SandboxClock(sandbox.url)
    with pytest.raises(TransportError) as caught:
        clock.now()
    assert ["NET-001"] == _ids(caught)
