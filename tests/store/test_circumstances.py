from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from memhon.store import ClockState, open_store
from values import NOW

RUNNING = ClockState(NOW, NOW + timedelta(days=900), frozen=False)


def test_a_frozen_clock_stands_and_another_runs():
    machine = RUNNING.set_at + timedelta(minutes=5)
    assert NOW == replace(RUNNING, frozen=True).now(machine)
    assert NOW + timedelta(minutes=5) == RUNNING.now(machine)


def test_the_clock_is_set_and_given_back(store):
    assert store.clock_state() is None
    assert RUNNING == store.set_clock(lambda _before: RUNNING)
    assert RUNNING == store.clock_state()
    assert store.set_clock(lambda _before: None) is None
    assert store.clock_state() is None


def test_the_clock_outlives_the_process(lasting):
    with open_store(lasting) as store:
        store.set_clock(lambda _before: RUNNING)
    with open_store(lasting) as store:
        assert RUNNING == store.clock_state()


def test_no_advance_of_the_clock_is_lost(lasting):
    def advance(store):
        store.set_clock(lambda state: replace(state, instant=state.instant + timedelta(hours=1)))

    with open_store(lasting) as one, open_store(lasting) as two, ThreadPoolExecutor(8) as pool:
        one.set_clock(lambda _before: RUNNING)
        list(pool.map(advance, [one, two] * 12))
        assert NOW + timedelta(hours=24) == two.clock_state().instant


def test_numbers_are_counted_from_zero_for_each_seed(store):
    assert [0, 10, 15] == [store.reserve_numbers("7", count) for count in (10, 5, 1)]
    assert 0 == store.reserve_numbers("8", 1)


def test_no_number_is_given_twice(lasting):
    with open_store(lasting) as one, open_store(lasting) as two, ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(lambda store: store.reserve_numbers("7", 4), [one, two] * 10))
    assert sorted(firsts) == [4 * number for number in range(20)]
    with open_store(lasting) as store:
        assert 80 == store.reserve_numbers("7", 1)
