"""One store of every kind; what holds for one has to hold for all."""

import pytest

from memhon.store import open_store

KINDS = ["memory", "file"]


@pytest.fixture(params=KINDS)
def where(request, tmp_path):
    return {"memory": "memory", "file": tmp_path / "deep" / "store.sqlite3"}[request.param]


@pytest.fixture
def store(where):
    with open_store(where) as opened:
        yield opened
