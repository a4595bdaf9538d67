"""Running sandboxes with a clock that stands still, for bare requests; see tests/security too."""

import pytest

from memhon.clock import VirtualClock
from memhon.local import Sandbox

START = "2023-12-28T00:01:13.539Z"


@pytest.fixture(scope="module")
def sandbox():
    """One for all tests of a module; they must not rely on what it remembers."""
    with Sandbox(clock=VirtualClock(START), seed=7, security="off") as running:
        yield running


@pytest.fixture
def fresh():
    """One for a single test."""
    with Sandbox(clock=VirtualClock(START), seed=7, security="off") as running:
        yield running
