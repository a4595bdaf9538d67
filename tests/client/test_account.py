"""A system gets its token with an account: the chain has two ways, and one of them is shorter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

import secured
from memhon.catalogue import load
from memhon.client import Client, ClientKeys
from memhon.clock import VirtualClock
from memhon.errors import SoapFault
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.security import PLATFORM, Pki, Username, fingerprint, hashed
from memhon.security.names import ASSERTION, USERNAME_TOKEN, Space, clark

PATHS = [secured.TOKENS, secured.wire.PATH]


@pytest.fixture
def clock():
    return VirtualClock(secured.START)


@pytest.fixture(params=[False, True], ids=["http", "https"])
def sandbox(clock, request):
    with Sandbox(clock=clock, seed=4, tls=request.param) as running:
        yield running


def _client(sandbox, clock, keys=None):
    return Client(sandbox.url, keys=keys or ClientKeys.of_platform(), clock=clock)


def _paths(steps):
    return [f"/{step.url.split('/', 3)[3]}" for step in steps]


def test_a_token_by_account_needs_no_assertion_and_names_no_space(sandbox, clock):
    answer = _client(sandbox, clock).send(load().example("ra-depot", "request", "minimal").data)
    assert PATHS == _paths(answer.trace)
    asked = etree.fromstring(answer.trace[0].request)
    name = asked.find(f".//{USERNAME_TOKEN}/{clark(Space.SECURITY, 'Username')}")
    assert load().settings["account_name"] == name.text
    assert [] == list(asked.iter(ASSERTION, clark(Space.TRUST, "Claims")))
    assert str(load().settings["account_password"]).encode() not in answer.trace[0].request
    assert hashed(str(load().settings["account_password"])).encode() in answer.trace[0].request


def test_the_platform_signs_with_a_pair_of_its_own(sandbox, clock):
    keys = ClientKeys.of_platform()
    own = Pki(pki_path()).service(PLATFORM)
    assert fingerprint(own.certificate) == fingerprint(keys.pair.certificate)
    assert ("", "") == (keys.ehealth_id, keys.space)


def test_the_token_is_kept_renewed_and_handed_back(sandbox, clock):
    client = _client(sandbox, clock)
    ask = load().example("ra-remblist", "request", "minimal").data
    assert PATHS == _paths(client.send(ask).trace)
    assert PATHS[1:] == _paths(client.send(ask).trace)
    clock.advance(timedelta(minutes=29, seconds=30))
    assert PATHS == _paths(client.send(ask).trace)
    assert PATHS[:1] == _paths(client.cancel_token())
    assert () == client.cancel_token()
    assert PATHS == _paths(client.send(ask).trace)


@pytest.mark.parametrize("account", [Username("AUTRE", "x"), Username("MEMHON-ESSAI", "x")])
def test_a_wrong_account_gets_no_token(sandbox, clock, account):
    keys = replace(ClientKeys.of_platform(), account=account)
    with pytest.raises(SoapFault) as caught:
        _client(sandbox, clock, keys).send(load().example("ra-remblist", "request", "minimal").data)
    assert "SEC-062" == caught.value.detail_id
