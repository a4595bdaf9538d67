import sqlite3
from dataclasses import replace
from datetime import timedelta

import wire
from memhon.store import deposits, open_store
from values import DEPOSIT, NOW, fill, tables

MONTH = timedelta(days=30)
INSTANT = timedelta(microseconds=1)


def test_nothing_is_kept_for_longer_than_thirty_days(store):
    fill(store)
    full = tables(store)
    assert 7 == len(full)
    assert 0 == store.purge(NOW + MONTH)
    assert full == tables(store)
    counts = full.pop("usage")
    assert sum(full.values()) + 2 == store.purge(NOW + MONTH + INSTANT)
    assert {"usage": counts} == tables(store)
    assert store.token("d" * 64) is None


def test_the_clock_and_the_numbering_do_not_age(store):
    store.reserve_numbers("7", 5)
    store.set_clock(lambda _before: None)
    assert 0 == store.purge(NOW + 100 * MONTH)
    assert 5 == store.reserve_numbers("7", 1)


def test_a_large_purge_goes_to_its_end(store):
    rows = (
        replace(DEPOSIT, uuid=wire.uuid(2 * number), secu_uuid=wire.uuid(2 * number + 1))
        for number in range(1200)
    )
    store._write(lambda connection: [deposits.add(connection, row) for row in rows])
    assert 1200 == store.purge(NOW + 2 * MONTH)


def test_what_is_old_goes_when_something_new_comes(store):
    fill(store)
    store.add_deposit(replace(DEPOSIT, received_at=NOW + MONTH + timedelta(hours=2)))
    kept = tables(store)
    assert kept.pop("usage")
    assert {"deposits": 1} == kept


def test_a_clock_set_backwards_loses_nothing(store):
    fill(store)
    full = tables(store)
    store.add_deposit(
        replace(
            DEPOSIT,
            uuid=wire.uuid(70),
            secu_uuid=wire.uuid(71),
            received_at=NOW - 40 * MONTH,
        )
    )
    store.purge(NOW - 40 * MONTH)
    assert full | {"deposits": 2, "usage": full["usage"] + 1} == tables(store)


def test_what_was_forgotten_is_gone_from_the_file(tmp_path):
    path = tmp_path / "store.sqlite3"
    secret = b"a word that stands nowhere else"
    with open_store(path) as store:
        store.add_deposit(replace(DEPOSIT, data=secret))
        store.purge(NOW + 2 * MONTH)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert [] == [file.name for file in tmp_path.iterdir() if secret in file.read_bytes()]
