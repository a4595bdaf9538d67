"""While the clock of a sandbox is set, a program that lives at the machine's time is understood."""

from datetime import UTC, datetime, timedelta

import pytest

from memhon.catalogue import load
from memhon.client import Client
from memhon.clock import VirtualClock
from memhon.errors import SoapFault
from memhon.local import Sandbox
from memhon.sandbox import StoreClock, Timekeeper
from memhon.sandbox.timekeeping import instants
from memhon.store import open_store

DEPOSIT = load().example("ra-depot", "request", "minimal").data
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
TWO_DAYS = timedelta(days=2)


class At:
    """A program whose clock differs from the machine's."""

    def __init__(self, by=timedelta()):
        self._by = by

    def now(self):
        return datetime.now(UTC) + self._by


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store.sqlite3"


@pytest.fixture
def ahead(place):
    """A sandbox that lives two days ahead of the machine."""
    with open_store(place) as store:
        Timekeeper(store).advance(TWO_DAYS)
    with Sandbox(store=place, seed=7) as sandbox:
        yield sandbox


def _refused(url, clock):
    with pytest.raises(SoapFault) as caught:
        Client(url, clock=clock).send(DEPOSIT)
    return caught.value.detail_id


@pytest.mark.parametrize("by", [timedelta(), TWO_DAYS, TWO_DAYS - timedelta(minutes=5)])
def test_a_timestamp_of_the_machine_or_of_the_sandbox_is_accepted(ahead, by):
    answer = Client(ahead.url, clock=At(by)).send(DEPOSIT)
    assert () == answer.report.errors
    issued = datetime.now(UTC) + TWO_DAYS
    assert f'IssueInstant="{issued:%Y-%m-%d}'.encode() in answer.trace[0].response


def test_a_whole_deposit_at_the_machine_s_time_is_kept_at_the_sandbox_s(ahead, place):
    before = datetime.now(UTC) + TWO_DAYS - timedelta(seconds=5)
    assert () == Client(ahead.url, clock=At()).send(DEPOSIT).report.errors
    rows = []
    with open_store(place) as store:
        store.dump(rows.append)
    (received,) = [row["received_at"] for name, row in rows if name == "deposits"]
    assert before < datetime.fromisoformat(received) < before + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("by", "finding"),
    [
        (timedelta(days=1), "SEC-020"),
        (timedelta(minutes=1), "SEC-020"),
        (-timedelta(hours=1), "SEC-020"),
        (TWO_DAYS + timedelta(minutes=1), "SEC-021"),
    ],
)
def test_a_timestamp_fresh_at_neither_is_refused(ahead, by, finding):
    assert finding == _refused(ahead.url, At(by))


@pytest.mark.parametrize(
    ("by", "finding"), [(timedelta(minutes=1), "SEC-021"), (-timedelta(hours=1), "SEC-020")]
)
def test_while_the_clock_is_not_set_nothing_is_different(place, by, finding):
    with Sandbox(store=place) as sandbox:
        assert finding == _refused(sandbox.url, At(by))
        assert () == Client(sandbox.url, clock=At()).send(DEPOSIT).report.errors


def test_a_clock_that_was_given_is_the_only_one_that_counts():
    clock = VirtualClock(datetime.now(UTC) + TWO_DAYS)
    with Sandbox(clock=clock) as sandbox:
        assert "SEC-020" == _refused(sandbox.url, At())
        assert () == sandbox.client().send(DEPOSIT).report.errors


def test_a_token_lives_in_the_time_of_the_sandbox(ahead, place):
    client = Client(ahead.url, clock=At())
    assert () == client.send(DEPOSIT).report.errors
    with open_store(place) as store:
        Timekeeper(store).advance(timedelta(minutes=31))
    ahead.clock.look()
    with pytest.raises(SoapFault) as caught:
        client.send(DEPOSIT)
    assert "SEC-041" == caught.value.detail_id


def test_the_instants_at_which_a_peer_may_be(place):
    machine = VirtualClock(NOW)
    with open_store(place) as store:
        clock = StoreClock(store, machine)
        assert (NOW,) == instants(clock)
        Timekeeper(store, machine).advance(TWO_DAYS)
        clock.look()
        assert (NOW + TWO_DAYS, NOW) == instants(clock)
        Timekeeper(store, machine).follow_machine()
        clock.look()
        assert (NOW,) == instants(clock)
    assert (NOW,) == instants(machine)
