"""A practice and a patient before a sandbox of their own."""

import pytest

from fee_notes import Notes, over_http
from memhon.clock import VirtualClock
from memhon.local import Sandbox

START = "2026-03-02T09:30:00Z"


@pytest.fixture
def clock():
    """Stands still until a test moves it."""
    return VirtualClock(START)


@pytest.fixture
def running(clock):
    """A sandbox without security, for one test."""
    with Sandbox(clock=clock, seed=7, security="off") as sandbox:
        yield sandbox


@pytest.fixture
def notes(running):
    """Messages over HTTP."""
    return Notes(over_http(running.url))
