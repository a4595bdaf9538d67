import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

import wire
from memhon.errors import StoreError
from memhon.store import DuplicateError, open_store
from values import DEPOSIT


def deposit(number):
    return replace(DEPOSIT, uuid=wire.uuid(2 * number), secu_uuid=wire.uuid(2 * number + 1))


@pytest.fixture
def held(lasting):
    """A store whose writer waits, what it waits for, and how often it committed."""
    go, commits = threading.Event(), []
    with open_store(lasting) as store, ThreadPoolExecutor(20) as pool:
        started = threading.Event()

        def wait(_connection):
            started.set()
            assert go.wait(20)

        event.listen(store._access._writer._engine, "commit", commits.append)
        first = pool.submit(store._write, wait)
        assert started.wait(20)
        yield store, pool, go, commits
        go.set()
        first.result(20)


def queued(store, count):
    """Wait until that many writes are queued."""
    waiting = store._access._writer._waiting
    while len(waiting) < count:
        threading.Event().wait(0.001)


def test_all_who_wait_share_one_commit(held):
    store, pool, go, commits = held
    results = [pool.submit(store.add_deposit, deposit(number)) for number in range(16)]
    queued(store, 16)
    assert [] == commits
    assert not any(result.done() for result in results)
    go.set()
    assert [None] * 16 == [result.result(20) for result in results]
    assert 2 == len(commits)
    assert 16 == store.count_deposits()


def test_one_that_fails_harms_no_other(held):
    store, pool, go, commits = held

    def fails(connection):
        connection.execute(text("DELETE FROM deposits"))
        raise LookupError("mine")

    good = [pool.submit(store.add_deposit, deposit(number)) for number in range(3)]
    queued(store, 3)
    failing = pool.submit(store._write, fails)
    queued(store, 4)
    twin = pool.submit(store.add_deposit, deposit(1))
    queued(store, 5)
    good.append(pool.submit(store.add_deposit, deposit(4)))
    queued(store, 6)
    go.set()
    assert [None] * 4 == [result.result(20) for result in good]
    with pytest.raises(LookupError, match="mine"):
        failing.result(20)
    with pytest.raises(DuplicateError):
        twin.result(20)
    assert (4, 2) == (store.count_deposits(), len(commits))


def test_where_the_database_fails_each_is_tried_by_itself(held):
    store, pool, go, commits = held
    good = [pool.submit(store.add_deposit, deposit(number)) for number in range(2)]
    queued(store, 2)
    broken = pool.submit(
        store._write, lambda connection: connection.execute(text("SELECT * FROM x"))
    )
    queued(store, 3)
    good.append(pool.submit(store.add_deposit, deposit(2)))
    queued(store, 4)
    go.set()
    assert [None] * 3 == [result.result(20) for result in good]
    with pytest.raises(StoreError, match="ne répond pas"):
        broken.result(20)
    assert (3, 4) == (store.count_deposits(), len(commits))


def test_a_commit_that_fails_acknowledges_nobody(lasting):
    def full(_connection):
        raise OperationalError("COMMIT", None, Exception("disk full"))

    with open_store(lasting) as store:
        engine = store._access._writer._engine
        event.listen(engine, "commit", full)
        with pytest.raises(StoreError, match="disk full"):
            store.add_deposit(deposit(1))
        event.remove(engine, "commit", full)
        assert 0 == store.count_deposits()
        store.add_deposit(deposit(1))
        assert 1 == store.count_deposits()


def test_a_crash_of_the_writer_is_told_and_outlived(lasting, monkeypatch):
    with open_store(lasting) as store:
        with monkeypatch.context() as broken:
            broken.setattr("memhon.store.writing._together", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                store.add_deposit(deposit(1))
        store.add_deposit(deposit(1))
        assert 1 == store.count_deposits()


def test_a_closed_store_says_so(lasting):
    store = open_store(lasting)
    store.close()
    with pytest.raises(StoreError, match="fermé"):
        store.add_deposit(deposit(1))


def test_what_waits_when_the_store_closes_is_kept(held, lasting):
    store, pool, go, _commits = held
    results = [pool.submit(store.add_deposit, deposit(number)) for number in range(5)]
    queued(store, 5)
    closing = pool.submit(store.close)
    go.set()
    closing.result(20)
    assert [None] * 5 == [result.result(20) for result in results]
    with open_store(lasting) as again:
        assert 5 == again.count_deposits()
