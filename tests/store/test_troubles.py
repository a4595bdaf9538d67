import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

import wire
from memhon.errors import StoreError
from memhon.store import engines, open_store, shown_place
from outages import gone, locked, own_database
from values import DEPOSIT

SECOND = replace(DEPOSIT, uuid=wire.uuid(11), secu_uuid=wire.uuid(12))
THIRD = replace(DEPOSIT, uuid=wire.uuid(13), secu_uuid=wire.uuid(14))


@pytest.fixture
def own(request, lasting):
    """A place that can be taken away without harm to other tests, and its server."""
    if "://" not in str(lasting):
        yield lasting, None
        return
    server = request.getfixturevalue("server")
    with own_database(server) as url:
        yield url, server


def test_a_locked_database_is_told_and_comes_back(lasting, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 1)
    with open_store(lasting) as store:
        store.add_deposit(DEPOSIT)
        with locked(lasting):
            with pytest.raises(StoreError, match="lock"):
                store.add_deposit(SECOND)
            assert DEPOSIT == store.deposit(DEPOSIT.uuid)
        store.add_deposit(SECOND)
        assert 2 == store.count_deposits()


def test_a_database_that_goes_and_comes_back_loses_nothing(own):
    place, server = own
    with open_store(place) as store:
        store.add_deposit(DEPOSIT)
        with gone(place, server):
            for _ in range(2):
                with pytest.raises(StoreError, match="ne répond pas"):
                    store.add_deposit(SECOND)
                with pytest.raises(StoreError, match="ne répond pas"):
                    store.deposit(DEPOSIT.uuid)
        store.add_deposit(THIRD)
        assert [DEPOSIT, None, THIRD] == [
            store.deposit(each.uuid) for each in (DEPOSIT, SECOND, THIRD)
        ]


def test_a_connection_that_breaks_is_replaced(own):
    place, server = own
    with open_store(place) as store:
        store.add_deposit(DEPOSIT)
        with gone(place, server):
            pass
        store.add_deposit(SECOND)
        assert 2 == store.count_deposits()


def test_a_file_that_was_replaced_is_not_written_behind_its_back(tmp_path):
    path, other = tmp_path / "store.sqlite3", tmp_path / "other.sqlite3"
    open_store(other).close()
    with open_store(path) as store:
        store.add_deposit(DEPOSIT)
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).rename(tmp_path / f"away{suffix}")
        other.rename(path)
        store.add_deposit(SECOND)
    with open_store(path) as store:
        assert [None, SECOND] == [store.deposit(each.uuid) for each in (DEPOSIT, SECOND)]


FULL = """
import resource, sys
from dataclasses import replace
from values import DEPOSIT
import wire
from memhon.errors import StoreError
from memhon.store import open_store

with open_store(sys.argv[1]) as store:
    kept, told = [], []
    def add(number):
        note = replace(DEPOSIT, uuid=wire.uuid(number), secu_uuid=wire.uuid(10**6 + number),
                       data=bytes(50_000))
        store.add_deposit(note)
        kept.append(note.uuid)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, limit[1]))
    for number in range(100):
        try:
            add(number)
        except StoreError as error:
            told.append(str(error))
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert 5 < len(kept) < 95, len(kept)
    assert len(kept) + len(told) == 100
    assert all(("disk" in each) for each in told), set(told)
    add(200)
    assert [store.deposit(uuid).uuid for uuid in kept] == kept
    assert store.count_deposits() == len(kept)
    print(len(kept))
"""


def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    path = tmp_path / "store.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", FULL, path], capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
    with open_store(path) as store:
        assert int(done.stdout) == store.count_deposits()
    connection = sqlite3.connect(path)
    assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()


def test_nothing_of_a_row_stands_in_an_error(lasting):
    secret = replace(DEPOSIT, last_name="secret of the patient", matricule="secret number")
    with open_store(lasting) as store:
        store.add_deposit(secret)
        for wrong in (secret, replace(secret, uuid=wire.uuid(77), secu_uuid=None)):
            with pytest.raises(StoreError) as caught:
                store.add_deposit(wrong)
            error = caught.value
            while error is not None:
                assert "secret" not in str(error)
                error = error.__cause__ or error.__context__


def test_the_password_of_a_server_is_not_shown():
    place = "postgresql://somebody:s3cr3t@/nowhere?host=/nonexistent"
    assert "s3cr3t" not in shown_place(place)
    with pytest.raises(StoreError, match="ne s'ouvre pas") as caught:
        open_store(place)
    assert "s3cr3t" not in str(caught.value)
    assert "somebody" in str(caught.value)


def test_a_url_that_nobody_can_read_is_told_without_it():
    with pytest.raises(StoreError, match="ne se lit pas") as caught:
        open_store("postgresql://a:s3cr3t@b:port/c")
    assert "s3cr3t" not in str(caught.value)
