"""A practice in front of a running sandbox."""

import pytest

from pid_desk import open_desk


@pytest.fixture
def desk():
    """A sandbox for a single test; the store can be looked into."""
    with open_desk() as running:
        yield running
