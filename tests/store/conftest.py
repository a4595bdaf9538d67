"""One store of every kind; what holds for one has to hold for all."""

from itertools import count
from urllib.parse import quote

import psycopg
import pytest

import postgres
from memhon.store import open_store

MEMORY, FILE, SERVER = "memory", "file", "postgresql"
DURABLE = [FILE, pytest.param(SERVER, marks=pytest.mark.postgres)]
KINDS = [MEMORY, *DURABLE]
_numbers = count()


@pytest.fixture(scope="session")
def server():
    """The URL of a database that belongs to the tests."""
    if postgres.named():
        yield postgres.named()
        return
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def schema(server):
    """The URL of an empty schema of its own."""
    name = f"memhon_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        connection.execute(f"CREATE SCHEMA {name}")
        sign = "&" if "?" in server else "?"
        yield f"{server}{sign}options={quote(f'-csearch_path={name}')}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


def _place(kind, request, tmp_path):
    if kind == SERVER:
        return request.getfixturevalue("schema")
    return MEMORY if kind == MEMORY else tmp_path / "deep" / "store.sqlite3"


@pytest.fixture(params=KINDS)
def where(request, tmp_path):
    return _place(request.param, request, tmp_path)


@pytest.fixture(params=DURABLE)
def lasting(request, tmp_path):
    """A place that outlives the process."""
    return _place(request.param, request, tmp_path)


@pytest.fixture
def store(where):
    with open_store(where) as opened:
        yield opened
