"""Connections: SQLite in memory or in a file, PostgreSQL by URL."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

_BUSY_SECONDS = 5
"""How long a request waits for a database that somebody else holds."""
_READERS = 40
"""Connections at most: as many as the server has threads."""
_WRITES = "memhon_writes"
_LOCK_KEY = int.from_bytes(b"memhon", "big")
_LOG_BYTES = 64 * 1024 * 1024


def writing(engine: Engine) -> Engine:
    """The same connections for transactions that write, one at a time over all processes.

    What such a transaction reads therefore stays true until it ends.
    """
    options: dict[str, object] = {_WRITES: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "READ COMMITTED"
    return engine.execution_options(**options)


def memory() -> Engine:
    """One connection that all threads share."""
    engine = create_engine(
        "sqlite://",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _manual)
    event.listen(engine, "begin", _begin)
    return engine


def file(path: Path) -> Engine:
    """A SQLite file that only its owner can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Created before SQLite sees it, so that no moment exists in which others may read it; SQLite
    # gives its journal files the mode of the main file.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    # mode=rw: a file that has vanished is an error, not a new and empty one.
    place = f"file:{quote(str(path.absolute()))}"
    engine = create_engine(
        URL.create("sqlite", database=place, query={"mode": "rw", "uri": "true"}),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        pool_size=_READERS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _manual)
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin)
    _watch(engine, path)
    return engine


def server(url: URL) -> Engine:
    """A PostgreSQL database; a connection that was lost is found out before it is used."""
    engine = create_engine(
        url,
        connect_args={"connect_timeout": _BUSY_SECONDS},
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        pool_size=_READERS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _patient)
    event.listen(engine, "begin", _take_turn)
    return engine


def _manual(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Otherwise the driver begins transactions when it thinks fit, and savepoints do not hold.
    connection.isolation_level = None


def _durable(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        # What is forgotten is overwritten.
        "secure_delete=ON",
        f"journal_size_limit={_LOG_BYTES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _watch(engine: Engine, path: Path) -> None:
    """Let go of connections to a file that was moved or deleted: it may still be written to."""

    def connected(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["file"] = _file_number(path)

    def leaving(_connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
        number = _file_number(path)
        if number is None or number != entry.info["file"]:
            raise DisconnectionError

    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", leaving)


def _file_number(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _patient(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{_BUSY_SECONDS}s'")
    cursor.execute("SET synchronous_commit = on")
    connection.commit()
    cursor.close()


def _take_turn(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
