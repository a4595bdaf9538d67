"""Opens a store: in memory, in a SQLite file or in a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from memhon.errors import StoreError
from memhon.home import store_path
from memhon.store import engines, migrating
from memhon.store.store import Store
from memhon.store.trouble import reason
from memhon.store.writing import Alone, Grouped

_SQLITE = "sqlite:///"
_POSTGRESQL = frozenset({"postgres", "postgresql", "postgresql+psycopg"})


def open_store(where: str | Path = "memory") -> Store:
    """Open a store, create its tables where they are missing, and bring older ones up to date.

    Args:
        where: ``memory``, ``default`` (the user's data folder), a path, or a URL: ``sqlite:///PATH``
            or ``postgresql://…``.

    Raises:
        StoreError: It cannot be opened or written, is no store, or is newer than this version.
    """
    shown = shown_place(where)
    try:
        engine = _engine(where)
    except (ArgumentError, ValueError):
        # What the parser says may quote a part of the URL, the password included.
        raise StoreError(f"l'adresse du dépôt de données ne se lit pas : {shown}") from None
    except OSError as error:
        raise StoreError(f"le dépôt de données « {shown} » ne s'ouvre pas : {error}") from error
    writer = engines.writing(engine)
    try:
        migrating.bring_up_to_date(writer, shown)
    except SQLAlchemyError as error:
        engine.dispose()
        message = f"le dépôt de données « {shown} » ne s'ouvre pas : {reason(error)}"
        raise StoreError(message) from error
    except StoreError:
        engine.dispose()
        raise
    return Store(engine, Alone(writer) if where == "memory" else Grouped(writer))


def shown_place(where: str | Path) -> str:
    """The place of a store as it may be shown: without a password."""
    text = str(where)
    if "://" not in text:
        return text
    try:
        return make_url(text).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return text.partition("://")[0] + "://…"


def _engine(where: str | Path) -> Engine:
    text = str(where)
    if text == "memory":
        return engines.memory()
    if text == "default":
        return engines.file(store_path())
    if text.startswith(_SQLITE):
        return engines.file(Path(text.removeprefix(_SQLITE)))
    if "://" in text:
        return _server(make_url(text))
    return engines.file(Path(where))


def _server(url: URL) -> Engine:
    if url.drivername not in _POSTGRESQL:
        raise StoreError(
            f"seuls SQLite et PostgreSQL sont connus comme dépôt de données : « {url.drivername} »"
        )
    try:
        return engines.server(url.set(drivername="postgresql+psycopg"))
    except ImportError as error:
        raise StoreError(
            "PostgreSQL demande le pilote psycopg : pip install 'memhon[postgres]'"
        ) from error
