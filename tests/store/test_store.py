import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

import wire
from memhon.errors import StoreError
from memhon.store import DuplicateError, IssuedToken, open_store
from values import DEPOSIT, NOW, SIMULATION


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


def test_what_lasts_is_still_there_after_closing(lasting):
    with open_store(lasting) as store:
        store.add_deposit(DEPOSIT)
    with open_store(lasting) as store:
        assert store.deposit(wire.uuid(1)) == DEPOSIT


def test_two_stores_in_one_place_see_each_other(lasting):
    with open_store(lasting) as one, open_store(lasting) as two:
        one.add_deposit(DEPOSIT)
        with pytest.raises(DuplicateError):
            two.add_deposit(replace(DEPOSIT, secu_uuid=wire.uuid(9)))


def test_two_stores_in_memory_do_not():
    with open_store() as one, open_store() as two:
        one.add_deposit(DEPOSIT)
        two.add_deposit(DEPOSIT)


def test_a_commit_is_on_the_disk(tmp_path):
    def pragma(connection, name):
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    names = ("journal_mode", "synchronous", "secure_delete")
    with open_store(tmp_path / "store.sqlite3") as store:
        found = [store._write(partial(pragma, name=name)) for name in names]
    assert ["wal", 2, 1] == found


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
    with pytest.raises(StoreError, match="SQLite et PostgreSQL"):
        open_store("mysql://localhost/memhon")


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
