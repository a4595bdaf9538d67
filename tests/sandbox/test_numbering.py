import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from memhon.errors import StoreError
from memhon.sandbox import Numbering, numbering_in
from memhon.sandbox.numbering import BLOCK, Undaunted
from memhon.store import open_store

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Away:
    """A store that hands out one block of ranks and then does not answer."""

    def __init__(self, blocks=0):
        self.blocks = blocks
        self.asked = 0

    def __call__(self, count):
        self.asked += 1
        if self.asked > self.blocks:
            raise StoreError("away")
        return count * (self.asked - 1)


def drawn(numbering, count=BLOCK + 5):
    return [numbering.digits(16) for _ in range(count)]


def test_the_same_seed_draws_the_same_ids():
    one, two = Numbering(3), Numbering(3)
    assert [one.uuid(), one.digits(24)] == [two.uuid(), two.digits(24)]


def test_another_seed_draws_others():
    assert Numbering(3).uuid() != Numbering(4).uuid()


def test_without_a_seed_nothing_repeats():
    assert Numbering().uuid() != Numbering().uuid()


def test_the_form_of_the_ids():
    numbering = Numbering(1)
    assert all(UUID4.fullmatch(numbering.uuid()) for _ in range(200))
    assert all(re.fullmatch("[0-9a-f]{16}", numbering.digits(16)) for _ in range(200))
    assert [0, 1, 7, 1440] == [len(numbering.digits(count)) for count in (0, 1, 7, 1440)]


def test_a_new_store_gives_what_memory_gives(where):
    with open_store(where) as store:
        assert drawn(Numbering(3)) == drawn(numbering_in(store, 3))


def test_no_id_comes_twice_over_restarts_and_neighbours(lasting):
    ids = []
    for _ in range(3):
        with open_store(lasting) as one, open_store(lasting) as two, ThreadPoolExecutor(8) as pool:
            sources = [numbering_in(store, 3) for store in (one, two)] * 8
            for some in pool.map(lambda numbering: drawn(numbering, 300), sources):
                ids += some
    assert 3 * 16 * 300 == len(ids) == len(set(ids))


def test_no_id_comes_twice_when_the_store_is_emptied_or_reloaded(where):
    with open_store(where) as store:
        before = drawn(numbering_in(store, 3), 3)
        copy = []
        store.dump(copy.append)
        later = drawn(numbering_in(store, 3), 3)
        store.reset()
        after_reset = drawn(numbering_in(store, 3), 3)
        store.load(copy)
        after_load = drawn(numbering_in(store, 3), 3)
        store.load(copy, instead=True)
        ids = [*before, *later, *after_reset, *after_load, *drawn(numbering_in(store, 3), 3)]
    assert 15 == len(set(ids))


def test_a_copy_takes_its_numbers_along():
    copy = []
    with open_store() as store:
        before = drawn(numbering_in(store, 3), 3)
        store.dump(copy.append)
    with open_store() as other:
        other.load(copy)
        assert not set(before) & set(drawn(numbering_in(other, 3), 3))


def test_without_a_seed_no_store_is_asked():
    away = Away()
    assert 16 == len(Numbering(None, away).digits(16))
    assert 0 == away.asked


def test_without_a_rank_there_is_no_id():
    numbering = Numbering(3, Away(1))
    assert drawn(Numbering(3), BLOCK) == drawn(numbering, BLOCK)
    with pytest.raises(StoreError, match="away"):
        numbering.uuid()


def test_when_the_store_is_back_ids_are_drawn_again():
    away = Away()
    numbering = Numbering(3, away)
    with pytest.raises(StoreError):
        numbering.uuid()
    away.blocks = 2
    # The block after the one that was asked for in vain: it may have been given after all.
    assert drawn(Numbering(3), BLOCK + 1)[-1] == numbering.digits(16)


def test_an_answer_asks_an_absent_store_once_and_leaves():
    away = Away(1)
    undaunted = Undaunted(Numbering(3, away))
    assert drawn(Numbering(3), BLOCK) == drawn(undaunted, BLOCK)
    assert 1 == away.asked
    assert 3 == len({undaunted.digits(16) for _ in range(3)})
    assert UUID4.fullmatch(undaunted.uuid())
    assert 2 == away.asked


def queueing():
    """How many threads wait for their turn to take a rank."""
    frames = sys._current_frames().values()
    return sum("take" == frame.f_code.co_name and "failures" in frame.f_locals for frame in frames)


def test_those_who_queue_for_an_absent_store_do_not_each_wait_for_it():
    asked = []

    def away(count):
        asked.append(count)
        while queueing() < 7:
            time.sleep(0.001)
        raise StoreError("away")

    def draw(_number):
        with pytest.raises(StoreError):
            numbering.uuid()

    numbering = Numbering(3, away)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(draw, range(8)))
    assert [BLOCK] == asked
