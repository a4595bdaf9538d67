"""A sandbox, a clock that is moved by hand, and a client whose calls are recorded."""

import pytest

import journeying
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.tracing import Trace


@pytest.fixture
def clock():
    return VirtualClock(journeying.START)


@pytest.fixture
def sandbox(clock):
    with Sandbox(clock=clock, seed=5) as running:
        yield running


@pytest.fixture
def trace():
    return Trace()


@pytest.fixture
def client(sandbox, trace):
    return sandbox.client(trace=trace)
