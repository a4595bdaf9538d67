"""libxmlsec verifies what we sign, and signs what we accept."""

import pytest
import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

import forging
from forging import DS, SOAP, WSSE, Element
from memhon.catalogue import load
from memhon.security import IDENTITY_PROVIDER, MYSECU, KeyPair, TrustStore, assertions, verify
from paths import PATHS


def signature_of(root: Element) -> Element:
    """The signature in the Security header."""
    found = root.find(f"{SOAP}Header/{WSSE}Security/{DS}Signature")
    assert found is not None
    return found


def context(root: Element, key: xmlsec.Key) -> xmlsec.SignatureContext:
    """A context that knows every id of the document."""
    found = xmlsec.SignatureContext()
    found.key = key
    for node in root.iter(etree.Element):
        for name in ("Id", "ID"):
            if node.get(name):
                found.register_id(node, name)
        if node.get(forging.WSU_ID):
            found.register_id(node, "Id", forging.wire.WSU)
    return found


def public(key: KeyPair) -> xmlsec.Key:
    """The certificate passed in."""
    data = key.certificate.public_bytes(Encoding.PEM)
    return xmlsec.Key.from_memory(data, xmlsec.constants.KeyDataFormatCertPem)


def private(key: KeyPair) -> xmlsec.Key:
    """The private key."""
    data = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return xmlsec.Key.from_memory(data, xmlsec.constants.KeyDataFormatPem)


def emptied(root: Element) -> Element:
    """The message as a template: every digest and the value are gone."""
    found = etree.fromstring(etree.tostring(root))
    signature = signature_of(found)
    for node in signature.iter(f"{DS}DigestValue", f"{DS}SignatureValue"):
        node.text = None
    return found


@pytest.mark.parametrize("profile", load().signing)
def test_it_verifies_what_we_sign(made, profile):
    root, key = made(profile)
    context(root, public(key)).verify(signature_of(root))


@pytest.mark.parametrize("profile", load().signing)
def test_it_refuses_what_was_changed(made, profile):
    root, key = made(profile)
    body = root.find(f"{SOAP}Body")
    body[0].set("changed", "true")
    with pytest.raises(xmlsec.VerificationError):
        context(root, public(key)).verify(signature_of(root))


def test_it_verifies_our_assertion(scene):
    answer = scene.post(scene.authentication(), PATHS["authentication-request"])
    signature = assertions.read_response(answer.root).find(f"{DS}Signature")
    key = scene.pki.service(IDENTITY_PROVIDER)
    context(answer.root, public(key)).verify(signature)


@pytest.mark.parametrize("profile", PATHS)
def test_we_accept_what_it_signs(scene, made, profile):
    root, key = made(profile)
    template = emptied(root)
    context(template, private(key)).sign(signature_of(template))
    assert 200 == scene.post(template, PATHS[profile]).status


def test_we_accept_an_answer_that_it_signs(scene, made):
    root, key = made("service-response")
    template = emptied(root)
    context(template, private(key)).sign(signature_of(template))
    again = etree.fromstring(etree.tostring(template))
    trust: TrustStore = scene.pki.trust()
    found = verify(again, load().signing["service-response"], trust=trust, now=scene.clock.now())
    assert again.find(f"{SOAP}Body") is found.parts["body"]
    assert scene.pki.service(MYSECU).certificate == found.certificate
