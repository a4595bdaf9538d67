"""The clock lies in the store: it outlives the sandbox, and every worker shows the same time."""

import time
from datetime import UTC, datetime, timedelta

import pytest

import wire
from memhon.clock import VirtualClock
from memhon.errors import SandboxError, StoreError
from memhon.local import Sandbox
from memhon.sandbox import StoreClock, Timekeeper, timekeeping
from memhon.store import ClockState, open_store

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
THEN = datetime(2023, 12, 28, 0, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(timekeeping, "_SEEN_SECONDS", 0.0)


@pytest.fixture
def machine():
    return VirtualClock(NOW)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store.sqlite3"


@pytest.fixture
def keeper(place, machine):
    with open_store(place) as store:
        yield Timekeeper(store, machine)


@pytest.fixture
def shown(place, machine):
    """What another process shows."""
    with open_store(place) as store:
        yield StoreClock(store, machine).now


def test_an_unset_clock_follows_the_machine(keeper, shown, machine):
    assert keeper.state() is None
    machine.advance(HOUR)
    assert NOW + HOUR == keeper.now() == shown()


def test_a_clock_that_was_set_runs_on(keeper, shown, machine):
    assert THEN == keeper.set(THEN) == shown()
    machine.advance(HOUR)
    assert THEN + HOUR == keeper.now() == shown()


def test_a_frozen_clock_stands_until_it_runs_again(keeper, shown, machine):
    keeper.set(THEN)
    assert THEN == keeper.freeze()
    machine.advance(HOUR)
    assert THEN == shown()
    assert THEN == keeper.resume()
    machine.advance(HOUR)
    assert THEN + HOUR == shown()


def test_it_is_advanced_and_set_back_standing_or_running(keeper, shown):
    keeper.freeze()
    assert NOW + 48 * HOUR == keeper.advance(48 * HOUR) == shown()
    assert NOW + 47 * HOUR == keeper.advance(-HOUR)
    assert THEN == keeper.set(THEN)
    assert ClockState(THEN, NOW, frozen=True) == keeper.state()


def test_it_follows_the_machine_again(keeper, shown):
    keeper.set(THEN)
    assert NOW == keeper.follow_machine() == shown()
    assert keeper.state() is None


@pytest.mark.parametrize("year", [2019, 2050])
def test_no_year_in_which_no_certificate_is_valid(keeper, year):
    with pytest.raises(SandboxError, match="2020 à 2049"):
        keeper.set(datetime(year, 6, 1, tzinfo=UTC))
    with pytest.raises(SandboxError, match="2020 à 2049"):
        keeper.advance(timedelta.max)
    assert keeper.state() is None


def test_a_silent_store_leaves_the_last_known_time(place, machine, monkeypatch):
    with open_store(place) as store:
        clock = StoreClock(store, machine)
        Timekeeper(store, machine).set(THEN)
        assert THEN == clock.now()

        def silent():
            raise StoreError("silence")

        monkeypatch.setattr(store, "clock_state", silent)
        assert THEN == clock.now()


def test_a_running_sandbox_lives_in_the_time_of_its_store(place):
    with open_store(place) as store:
        keeper = Timekeeper(store)
        keeper.freeze()
        keeper.set(THEN)
        for _ in range(2):
            with Sandbox(security="off", store=place) as sandbox:
                assert THEN == sandbox.clock.now()
                data = wire.send(sandbox.url, b"<a/>").data
                assert f'wsu:Id="Id-000{int(THEN.timestamp()) * 1000}-'.encode() in data
        assert THEN + HOUR == keeper.advance(HOUR)
        with Sandbox(security="off", store=place) as sandbox:
            assert THEN + HOUR == sandbox.clock.now()


def test_a_time_of_ones_own_goes_before(place):
    with open_store(place) as store:
        Timekeeper(store).set(THEN)
    with Sandbox(clock=VirtualClock(NOW), security="off", store=place) as sandbox:
        assert NOW == sandbox.clock.now()


def test_another_process_is_seen_soon(keeper, shown, monkeypatch):
    monkeypatch.undo()
    keeper.set(THEN)
    deadline = time.monotonic() + 5
    while shown() != THEN and time.monotonic() < deadline:
        time.sleep(0.01)
    assert THEN == shown()
