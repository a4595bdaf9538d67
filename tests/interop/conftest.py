"""A strict sandbox, and true messages of every profile."""

from collections.abc import Callable

import pytest
from lxml import etree

import forging
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.security import MYSECU, KeyPair, Username


@pytest.fixture(scope="module")
def scene():
    """A sandbox at a fixed instant and what can be sent to it."""
    clock = VirtualClock(forging.START)
    with Sandbox(clock=clock) as sandbox:
        yield forging.Scene(sandbox, clock)


@pytest.fixture
def made(scene) -> Callable[[str], tuple[etree._Element, KeyPair]]:
    """A true message of a profile and the key that signed it."""

    def make(profile: str) -> tuple[etree._Element, KeyPair]:
        settings = load().settings
        if profile == "authentication-request":
            return scene.authentication(), scene.key()
        if profile == "token-request-saml":
            return scene.token_request(), scene.key()
        if profile == "token-request-username":
            account = Username(str(settings["account_name"]), str(settings["account_password"]))
            return scene.account_request(account), scene.key()
        if profile == "service-response":
            answer = scene.post(scene.business())
            assert answer.root is not None
            return answer.root, scene.pki.service(MYSECU)
        return scene.business(profile=profile), scene.key()

    return make
