"""Step 2: assertions that were changed, or that somebody else made or owns."""

from dataclasses import replace

import pytest

import secured
from memhon.catalogue import load
from memhon.security.assertions import Holder, assertion_envelope
from memhon.security.names import (
    ASSERTION,
    SIGNATURE,
    Space,
    clark,
)
from memhon.security.signing import enveloped_signature


def test_the_assertion_of_somebody_else(peer, pki):
    other = replace(peer, pair=pki.practitioner("demo-2"), provider=load().provider("demo-2"))
    secured.refuses(peer.ask(other.token_request(peer.authenticate())), "SEC-034")


def _made(peer, key, change=secured.keep):
    """An assertion as it should be, but for its signer and one change."""
    holder = Holder(peer.pair.certificate, peer.provider.matricule, peer.provider.ehealth_id)
    envelope = assertion_envelope(
        holder,
        issuer="https://issuer.example.invalid",
        key=key,
        assertion_id=f"Id-{secured.draw(24)}-2",
        response_id="Id-1",
        now=peer.clock.now(),
    )
    assertion = envelope.find(f".//{ASSERTION}")
    assertion.remove(assertion.find(SIGNATURE))
    change(assertion)
    enveloped_signature(assertion, key, place=1)
    return assertion


def test_an_assertion_of_another_issuer(peer, pki, small):
    secured.refuses(peer.ask(peer.token_request(_made(peer, pki.service("mysecu")))), "SEC-035")
    secured.refuses(peer.ask(peer.token_request(_made(peer, peer.pair))), "SEC-035")
    secured.refuses(peer.ask(peer.token_request(_made(peer, small))), "SEC-011")
    assert peer.ask(peer.token_request(_made(peer, pki.service("identite")))).status == 200


@pytest.mark.parametrize("name", ["Conditions", "AttributeStatement"])
def test_an_assertion_that_lacks_something(peer, pki, name):
    made = _made(peer, pki.service("identite"), secured.drop(clark(Space.SAML, name)))
    secured.refuses(peer.ask(peer.token_request(made)), "SEC-033")


def test_an_assertion_that_was_changed(peer):
    assertion = peer.authenticate()
    value = assertion.find(f".//*[@Name='psEHealthID']/{clark(Space.SAML, 'AttributeValue')}")
    value.text = load().provider("demo-2").ehealth_id
    secured.refuses(peer.ask(peer.token_request(assertion)), "SEC-007")


def test_an_assertion_that_lost_its_signature(peer):
    assertion = peer.authenticate()
    assertion.remove(assertion.find(SIGNATURE))
    secured.refuses(peer.ask(peer.token_request(assertion)), "SEC-001")


@pytest.mark.parametrize("part", ["assertion", "body"])
def test_every_part_of_step_2_has_to_be_signed(peer, part):
    profile = secured.without(load().signing["token-request-saml"], part)
    data = peer.token_request(peer.authenticate(), profile=profile)
    secured.refuses(peer.ask(data), "SEC-009")


def test_no_assertion_and_no_account(peer):
    whole = load().signing["token-request-saml"]
    header = tuple(item for item in whole.header if item != "assertion")
    profile = replace(secured.without(whole, "assertion"), header=header)
    secured.refuses(peer.ask(peer.token_request(None, profile=profile)), "SEC-009")
