import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import wire
from memhon.errors import StoreError
from memhon.store import (
    Deposit,
    DuplicateError,
    IssuedToken,
    RefusedBounds,
    RefusedMessage,
    Simulation,
    open_store,
)

NOW = datetime(2023, 12, 28, 0, 1, 13, 539000, tzinfo=UTC)
DEPOSIT = Deposit(wire.uuid(1), wire.uuid(2), "1234", NOW, "DEPOSE", b"\x00<a/>\xff")
SIMULATION = Simulation(
    wire.uuid(3), wire.uuid(4), "1234", NOW, Decimal("50.78"), Decimal("6.92"), Decimal("57.70")
)


@pytest.fixture(params=["memory", "file", "url"])
def where(request, tmp_path):
    path = tmp_path / "deep" / "store.sqlite3"
    return {"memory": "memory", "file": path, "url": f"sqlite:///{path}"}[request.param]


def test_what_is_kept_comes_back(where):
    with open_store(where) as store:
        store.add_deposit(DEPOSIT)
        store.add_simulation(SIMULATION)
        assert store.deposit(wire.uuid(1)) == DEPOSIT
        assert store.simulation(wire.uuid(3)) == SIMULATION
        assert str(store.simulation(wire.uuid(3)).total) == "57.70"


def test_what_is_not_there_is_none(where):
    with open_store(where) as store:
        assert store.deposit("x") is None
        assert store.simulation("x") is None
        assert store.count_deposits() == 0


def test_a_duplicate_is_refused_and_changes_nothing(where):
    shouted = replace(DEPOSIT, uuid="ABCDEF", secu_uuid=wire.uuid(8))
    with open_store(where) as store:
        store.add_deposit(replace(shouted, uuid="abcdef"))
        with pytest.raises(DuplicateError):
            store.add_deposit(replace(shouted, secu_uuid=wire.uuid(9)))
        store.add_simulation(SIMULATION)
        with pytest.raises(DuplicateError):
            store.add_simulation(SIMULATION)
        assert store.count_deposits() == 1
        assert store.deposit("ABCDEF").uuid == "abcdef"


def test_of_many_at_once_one_wins(where):
    def add(number):
        try:
            store.add_deposit(replace(DEPOSIT, secu_uuid=wire.uuid(number)))
        except DuplicateError:
            return False
        return True

    with open_store(where) as store, ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(add, range(100, 140))) == 1


def test_a_file_is_still_there_after_closing(tmp_path):
    path = tmp_path / "store.sqlite3"
    with open_store(path) as store:
        store.add_deposit(DEPOSIT)
    with open_store(path) as store:
        assert store.deposit(wire.uuid(1)) == DEPOSIT


def test_two_stores_on_one_file_see_each_other(tmp_path):
    path = tmp_path / "store.sqlite3"
    with open_store(path) as one, open_store(path) as two:
        one.add_deposit(DEPOSIT)
        with pytest.raises(DuplicateError):
            two.add_deposit(replace(DEPOSIT, secu_uuid=wire.uuid(9)))


def test_two_stores_in_memory_do_not():
    with open_store() as one, open_store() as two:
        one.add_deposit(DEPOSIT)
        two.add_deposit(DEPOSIT)


def test_a_commit_is_on_the_disk(tmp_path):
    with open_store(tmp_path / "store.sqlite3") as store, store._begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_only_the_owner_can_read(tmp_path):
    folder = tmp_path / "new"
    with open_store(folder / "store.sqlite3") as store:
        store.add_deposit(DEPOSIT)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes) == {"store.sqlite3", "store.sqlite3-wal", "store.sqlite3-shm"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_default_lies_in_the_home_of_memhon(tmp_path, monkeypatch):
    monkeypatch.setenv("MEMHON_HOME", str(tmp_path / "home"))
    open_store("default").close()
    assert (tmp_path / "home" / "store.sqlite3").is_file()


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="ne s'ouvre pas"):
        open_store(tmp_path)


def test_another_file_is_no_store_and_stays_as_it_was(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear doctor, " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=r"letter\.txt"):
        open_store(path)
    assert path.read_text(encoding="utf-8") == "Dear doctor, " * 100


def test_another_database_is_refused():
    with pytest.raises(StoreError, match="SQLite"):
        open_store("postgresql://localhost/memhon")


def test_a_broken_table_is_a_store_error(tmp_path):
    path = tmp_path / "store.sqlite3"
    with open_store(path) as store:
        connection = sqlite3.connect(path)
        connection.execute("DROP TABLE deposits")
        connection.close()
        with pytest.raises(StoreError, match="deposits") as caught:
            store.add_deposit(DEPOSIT)
        assert not isinstance(caught.value, DuplicateError)


TOKEN = IssuedToken("d" * 64, "c" * 64, "https://example.invalid/", "x", NOW)


def test_a_token_is_kept_and_handed_back_once(where):
    with open_store(where) as store:
        assert store.token(TOKEN.digest) is None
        assert not store.cancel_token(TOKEN.digest)
        store.add_token(TOKEN)
        assert store.token(TOKEN.digest) == TOKEN
        assert store.cancel_token(TOKEN.digest)
        assert not store.cancel_token(TOKEN.digest)
        assert store.token(TOKEN.digest) == replace(TOKEN, cancelled=True)


def test_an_assertion_is_used_once_until_it_expires(where):
    later = NOW + timedelta(seconds=60)
    with open_store(where) as store:
        store.use_assertion("a", later, NOW)
        for now in (NOW, later - timedelta(microseconds=1)):
            with pytest.raises(DuplicateError):
                store.use_assertion("a", later, now)
        store.use_assertion("b", later, NOW)
        store.use_assertion("a", later + timedelta(seconds=60), later)


def test_of_many_uses_of_an_assertion_one_counts(where):
    def use(_number):
        try:
            store.use_assertion("a", NOW + timedelta(seconds=60), NOW)
        except DuplicateError:
            return False
        return True

    with open_store(where) as store, ThreadPoolExecutor(8) as pool:
        assert 1 == sum(pool.map(use, range(16)))


LATER = NOW + timedelta(minutes=30)
MICROSECOND = timedelta(microseconds=1)


def _refused(number, data=b"\x00<a/>\xff", since=NOW):
    return RefusedMessage(
        f"Id-{number:024x}", "SEC-007", since, since + timedelta(minutes=30), data
    )


def test_a_refused_message_is_kept_until_it_expires(where):
    message = _refused(1)
    with open_store(where) as store:
        assert store.refused(message.correlation_id, NOW) is None
        assert store.add_refused(message, NOW)
        assert message == store.refused(message.correlation_id, NOW)
        assert message == store.refused(message.correlation_id, LATER - MICROSECOND)
        assert store.refused(message.correlation_id, LATER) is None
        # Deleted, not merely hidden.
        assert store.refused(message.correlation_id, NOW) is None


def test_keeping_another_message_deletes_those_that_have_expired(where):
    with open_store(where) as store:
        store.add_refused(_refused(1), NOW)
        store.add_refused(_refused(2, since=NOW + MICROSECOND), NOW)
        store.add_refused(_refused(3, since=LATER), LATER)
        kept = [store.refused(_refused(n).correlation_id, NOW) is not None for n in (1, 2, 3)]
        assert [False, True, True] == kept


def test_whole_seconds_and_fractions_expire_in_their_order(where):
    whole = NOW.replace(microsecond=0)
    with open_store(where) as store:
        store.add_refused(_refused(1, since=whole), whole)
        end = whole + timedelta(minutes=30)
        assert store.refused(_refused(1).correlation_id, end - MICROSECOND) is not None
        assert store.refused(_refused(1).correlation_id, end + MICROSECOND) is None


def test_forgetting_says_how_many(where):
    with open_store(where) as store:
        for number in range(3):
            store.add_refused(_refused(number, since=NOW + number * MICROSECOND), NOW)
        assert 1 == store.forget_refused(LATER)
        assert 2 == store.forget_refused()
        assert 0 == store.forget_refused()


def test_the_oldest_message_makes_room_by_count(where):
    bounds = RefusedBounds(count=2)
    with open_store(where) as store:
        for number in (5, 4, 3):
            assert store.add_refused(_refused(number), NOW, bounds)
        kept = [n for n in (3, 4, 5) if store.refused(_refused(n).correlation_id, NOW)]
        assert [3, 4] == kept


def test_the_oldest_messages_make_room_by_bytes(where):
    bounds = RefusedBounds(size=10)
    with open_store(where) as store:
        for number, size in ((1, 4), (2, 4), (3, 2), (4, 7)):
            assert store.add_refused(_refused(number, b"x" * size), NOW, bounds)
        kept = [n for n in (1, 2, 3, 4) if store.refused(_refused(n).correlation_id, NOW)]
        assert [3, 4] == kept


def test_a_message_larger_than_everything_is_not_kept_and_pushes_nothing_out(where):
    with open_store(where) as store:
        store.add_refused(_refused(1), NOW)
        assert not store.add_refused(_refused(2, b"x" * 11), NOW, RefusedBounds(size=10))
        assert not store.add_refused(_refused(2), NOW, RefusedBounds(count=0))
        assert store.refused(_refused(1).correlation_id, NOW) is not None
        assert store.refused(_refused(2).correlation_id, NOW) is None


def test_a_correlation_id_that_comes_again_means_the_newer_message(where):
    with open_store(where) as store:
        store.add_refused(_refused(1, b"old"), NOW)
        assert store.add_refused(_refused(1, b"new"), NOW)
        assert b"new" == store.refused(_refused(1).correlation_id, NOW).data


def test_of_a_deleted_message_nothing_stays_in_the_file(tmp_path):
    path, secret = tmp_path / "store.sqlite3", b"kanari-" * 40_000
    with open_store(path) as store:
        store.add_deposit(DEPOSIT)
        store.add_refused(_refused(1, secret), NOW)
    assert b"kanari-" in path.read_bytes()
    with open_store(path) as store:
        store.forget_refused()
    assert [path] == list(tmp_path.iterdir())
    assert b"kanari-" not in path.read_bytes()


def test_a_store_of_an_earlier_version_gets_the_table(tmp_path):
    path = tmp_path / "store.sqlite3"
    with open_store(path) as store:
        store.add_deposit(DEPOSIT)
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE refused")
    connection.close()
    with open_store(path) as store:
        assert store.add_refused(_refused(1), NOW)
        assert store.deposit(DEPOSIT.uuid) == DEPOSIT
