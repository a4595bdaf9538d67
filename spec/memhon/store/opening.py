"""Opens a store: in memory or in one SQLite file that only its owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from memhon.errors import StoreError
from memhon.home import store_path
from memhon.store.store import Store, reason
from memhon.store.tables import metadata

_SQLITE = "sqlite:///"
_BUSY_SECONDS = 10


def open_store(where: str | Path = "memory") -> Store:
    """Open a store and create its tables where they are missing.

    Args:
        where: ``memory``, ``default`` (the user's data folder), a path, or a URL ``sqlite:///PATH``.

    Raises:
        StoreError: The file cannot be created, read or written, or is no store.
    """
    path = None if where == "memory" else _path(where)
    try:
        engine = _memory() if path is None else _file(path)
    except OSError as error:
        raise StoreError(f"le dépôt de données « {where} » ne s'ouvre pas : {error}") from error
    try:
        metadata.create_all(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        cause = reason(error)
        raise StoreError(f"le dépôt de données « {where} » ne s'ouvre pas : {cause}") from error
    return Store(engine)


def _path(where: str | Path) -> Path:
    if where == "default":
        return store_path()
    text = str(where)
    if text.startswith(_SQLITE):
        return Path(text.removeprefix(_SQLITE))
    if "://" in text:
        raise StoreError(f"seul SQLite est connu comme dépôt de données : « {text} »")
    return Path(where)


def _memory() -> Engine:
    return create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )


def _file(path: Path) -> Engine:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Created before SQLite sees it, so that no moment exists in which others may read it; SQLite
    # gives its journal files the mode of the main file.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _durable)
    return engine


def _durable(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    # A refused message is promised to be deleted, so its bytes must not stay in a freed page.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
