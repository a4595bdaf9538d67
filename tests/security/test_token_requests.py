"""Step 2: the token service answers, and refuses, over HTTP."""

from copy import deepcopy

import pytest
from lxml import etree

import secured
from memhon.catalogue import load
from memhon.security.names import (
    BODY,
    Space,
    clark,
)


def test_a_token_lives_thirty_minutes(peer):
    answer = peer.ask(peer.token_request(peer.authenticate()))
    assert answer.status == 200
    body = answer.root.find(BODY)[0]
    assert body.get("Context") == " "
    lifetime = [node.text for node in body.find(secured.trust("Lifetime"))]
    assert lifetime == ["2023-12-28T00:01:13.539Z", "2023-12-28T00:31:13.539Z"]
    assert body.findtext(f".//{clark(Space.ADDRESSING, 'Address')}") == secured.ADDRESS
    token = secured.token_in(answer)
    assert {76} == {len(line) for line in token.value.splitlines()[:-1]}
    assert token.value.endswith("\n")


def test_the_address_is_trimmed(peer):
    token = peer.token(f"{secured.ADDRESS}\n      ")
    assert peer.send(peer.call(token)).status == 200


def test_an_assertion_is_used_in_its_minute(peer, clock):
    assertion = peer.authenticate()
    clock.advance(60)
    secured.refuses(peer.ask(peer.token_request(assertion)), "SEC-030")
    clock.advance(-70)
    secured.refuses(peer.ask(peer.token_request(assertion)), "SEC-031")
    clock.advance(10)
    assert peer.ask(peer.token_request(assertion)).status == 200


def test_an_assertion_buys_one_token(peer):
    assertion = peer.authenticate()
    assert peer.ask(peer.token_request(assertion)).status == 200
    again = peer.ask(peer.token_request(assertion))
    secured.refuses(again, "SEC-032")
    assert assertion.get("ID") in again.text(".//faultstring")


def test_a_request_that_is_refused_does_not_use_the_assertion_up(peer):
    assertion = peer.authenticate()
    secured.refuses(peer.ask(peer.token_request(assertion, space=None)), "SEC-063")
    assert peer.ask(peer.token_request(assertion)).status == 200


@pytest.mark.parametrize("space", [None, "90000099", ""])
def test_a_space_that_is_not_known(peer, space):
    secured.refuses(peer.ask(peer.token_request(peer.authenticate(), space=space)), "SEC-063")


def test_the_space_may_be_another_than_the_practitioners(peer):
    other = load().provider("demo-2").code
    assert peer.ask(peer.token_request(peer.authenticate(), space=other)).status == 200


_REQUEST = f"{BODY}/{secured.trust('RequestSecurityToken')}"


@pytest.mark.parametrize(
    "change",
    [
        secured.drop(_REQUEST),
        secured.drop(f"{_REQUEST}/{secured.trust('RequestType')}"),
        secured.drop(f"{_REQUEST}/{secured.trust('TokenType')}"),
        secured.write(
            f"{_REQUEST}/{secured.trust('TokenType')}", "http://ws.mysecu.lu/trust/token/bst"
        ),
        secured.write(f"{_REQUEST}/{secured.trust('RequestType')}", f"{Space.TRUST.value}/Renew"),
        secured.write(f".//{clark(Space.ADDRESSING, 'Address')}", " "),
        lambda envelope: envelope.find(_REQUEST).append(_copied(envelope)),
        lambda envelope: envelope.find(BODY).append(etree.Element("more")),
    ],
    ids=["none", "no type", "no token type", "small s", "Renew", "no address", "claims", "two"],
)
def test_a_token_request_that_is_not_understood(peer, change):
    secured.refuses(peer.ask(peer.token_request(peer.authenticate(), before=change)), "SEC-061")


def _copied(envelope):
    claims = envelope.find(f".//{secured.trust('Claims')}")
    claims.append(deepcopy(claims[0]))
    return etree.Element("nothing")
