"""One strict sandbox for the attacks of a module; whatever happens, no log shows it."""

import logging

import pytest

import canaries
import forging
from memhon.clock import VirtualClock
from memhon.local import Sandbox


@pytest.fixture(scope="module")
def scene():
    """A sandbox at a fixed instant and what can be sent to it."""
    clock = VirtualClock(forging.START)
    with Sandbox(clock=clock) as sandbox:
        yield forging.Scene(sandbox, clock)


@pytest.fixture(autouse=True)
def quiet(caplog, scene):
    """No error, traceback or secret reaches a log, no secret a fault."""
    caplog.set_level(logging.DEBUG)
    scene.faults.clear()
    yield
    for when in ("setup", "call"):
        loud = [
            record.getMessage()
            for record in caplog.get_records(when)
            if record.levelno >= logging.ERROR or record.exc_info
        ]
        assert loud == []
    assert [] == canaries.leaks(caplog.text)
    for fault in scene.faults:
        assert [] == canaries.leaks(fault.decode("utf-8", "replace"))
        assert "Traceback" not in fault.decode("utf-8", "replace")
