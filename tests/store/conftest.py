"""One store of every kind; what holds for one has to hold for all."""

import pytest

from memhon.store import open_store


@pytest.fixture
def store(where):
    with open_store(where) as opened:
        yield opened
