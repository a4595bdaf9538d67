"""Places for a store, of every kind; a plugin of pytest."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

import postgres

MEMORY, FILE, SERVER = "memory", "file", "postgresql"
DURABLE = [FILE, pytest.param(SERVER, marks=pytest.mark.postgres)]
KINDS = [MEMORY, *DURABLE]
_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a database that belongs to the tests."""
    named = postgres.named()
    if named:
        yield named
        return
    with postgres.cluster() as own:
        yield own.url


@pytest.fixture
def schema(server: str) -> Iterator[str]:
    """The URL of an empty schema of its own."""
    name = f"memhon_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        connection.execute(f"CREATE SCHEMA {name}")
        sign = "&" if "?" in server else "?"
        yield f"{server}{sign}options={quote(f'-csearch_path={name}')}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


def _place(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    kind = request.param
    if kind == SERVER:
        return request.getfixturevalue("schema")
    return MEMORY if kind == MEMORY else tmp_path / "deep" / "store.sqlite3"


@pytest.fixture(params=KINDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    """A place of every kind."""
    return _place(request, tmp_path)


@pytest.fixture(params=DURABLE)
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    """A place that outlives the process."""
    return _place(request, tmp_path)
