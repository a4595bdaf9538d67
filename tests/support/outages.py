"""Databases that are held by somebody else, or gone for a while."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from memhon.store import engines

DATABASE = f"memhon_leaving_{os.getpid()}"
"""May be taken away without harm to other tests."""


@contextmanager
def locked(place: object) -> Iterator[None]:
    """Hold the database as another program would."""
    if "://" in str(place):
        with psycopg.connect(str(place)) as server:
            server.execute(f"SELECT pg_advisory_lock({engines._LOCK_KEY})")
            yield
        return
    connection = sqlite3.connect(str(place), isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield
    connection.close()


@contextmanager
def gone(place: object, server: str | None) -> Iterator[None]:
    """Take the database away: connections break and new ones are refused.

    Args:
        place: A path, or the URL of ``DATABASE``.
        server: URL of another database of that server; None for a path.
    """
    if server is None:
        path = Path(str(place))
        away = path.rename(path.with_name("away"))
        yield
        away.rename(path)
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [DATABASE]
        )
        yield
        connection.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """The URL of an empty ``DATABASE``."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        yield make_url(server).set(database=DATABASE).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
