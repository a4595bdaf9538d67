"""Keys, and a strict sandbox whose clock a test may move."""

import pytest

import secured
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.security import Authority


@pytest.fixture(scope="session")
def pki():
    """The folder of test keys of the checkout."""
    return secured.pki()


@pytest.fixture(scope="session")
def pair(pki):
    """Of the practitioner demo-1."""
    return pki.practitioner("demo-1")


@pytest.fixture(scope="session")
def authority():
    """One that nobody knows, with short-lived fame."""
    return Authority.make("Essai")


@pytest.fixture(scope="session")
def small(authority):
    """A short key: these tests look at structure, not at strength."""
    return authority.service("essai")


@pytest.fixture
def clock():
    """Stands still until a test moves it."""
    return VirtualClock(secured.START)


@pytest.fixture
def strict(clock):
    """A strict sandbox of one test."""
    with Sandbox(clock=clock, seed=7) as running:
        yield running


@pytest.fixture
def peer(strict, clock, pair):
    """Who calls it step by step."""
    return secured.Peer(strict.url, clock, pair)
