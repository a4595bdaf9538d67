"""The self-tests, and what holds for every service."""

from lxml import etree

import secured
import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox import Numbering, ServiceKeys
from memhon.sandbox.identity import IdentityProvider
from memhon.security import fingerprint, verify
from memhon.security.names import (
    BODY,
    HEADER,
    SECURITY,
    SIGNATURE,
)


def test_the_self_test_takes_any_body(peer):
    def change(envelope):
        body = envelope.find(BODY)
        body.clear()
        etree.SubElement(body, "{urn:any}thing").text = "x"

    data = peer.call(peer.token(), before=change)
    answer = peer.send(data, secured.SELF_TEST)
    assert (answer.status, secured.error_of(answer)) == (200, None)
    assert answer.root.find(f"{HEADER}/{SECURITY}/{SIGNATURE}") is not None
    secured.refuses(peer.send(peer.call(None), secured.SELF_TEST), "SEC-045")


def test_the_tls_self_test_says_yes(peer):
    assert wire.send(peer.url, b"", method="GET", path=secured.TLS_TEST).status == 200


def test_every_answer_and_every_fault_is_signed_by_its_service(peer, pki, clock):
    profile, trust = load().signing["service-response"], pki.trust()
    answers = {
        "mysecu": [
            peer.send(peer.call(peer.token())),
            peer.send(b"hello"),
            peer.ask(peer.token_request(peer.authenticate())),
            peer.ask(b"hello"),
            peer.send(peer.call(peer.token()), secured.SELF_TEST),
        ],
        "identite": [peer.identity(b"hello")],
    }
    for name, found in answers.items():
        own = fingerprint(pki.service(name).certificate)
        for answer in found:
            root = etree.fromstring(answer.data)
            verified = verify(root, profile, trust=trust, now=clock.now())
            assert fingerprint(verified.certificate) == own
            assert {"body", "keyinfo"} == set(verified.parts)


def test_nothing_of_the_chain_is_there_when_the_security_is_off():
    with Sandbox(security="off") as loose:
        for path in (secured.IDENTITY, secured.TOKENS, secured.SELF_TEST, secured.TLS_TEST):
            assert wire.send(loose.url, b"<a/>", path=path).status == 404


def test_the_peer_of_the_connection_is_the_signer(peer, pki):
    # Without TLS there is no peer; the services are asked the way the server would ask them.

    keys = ServiceKeys(pki.service("identite"), pki.service("mysecu"), pki.trust())
    provider = IdentityProvider(keys, VirtualClock(secured.START), Numbering(1), "urn:x")
    own = fingerprint(peer.pair.certificate)
    assert provider.answer(peer.authentication(), own).status == 200
    assert b"SEC-071" in provider.answer(peer.authentication(), "0" * 64).data
