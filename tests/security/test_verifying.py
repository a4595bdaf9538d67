"""What is refused before, during and after the arithmetic; see attacks for what is malicious."""

import base64
from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import etree

import secured
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import SecurityError
from memhon.security import TrustStore, verify
from memhon.security.canonical import canonical
from memhon.security.names import (
    BINARY_TOKEN,
    BODY,
    CANONICALIZATION,
    DIGEST_METHOD,
    DIGEST_VALUE,
    HEADER,
    KEY_INFO,
    REFERENCE,
    REFERENCE_TO,
    SECURITY,
    SIGNATURE,
    SIGNATURE_METHOD,
    SIGNATURE_VALUE,
    SIGNED_INFO,
    TOKEN_REFERENCE,
    TRANSFORM,
    TRANSFORMS,
    WSU_ID,
    Algorithm,
)
from memhon.security.reading import MOST_REFERENCES
from memhon.security.signing import sign

CLOCK = VirtualClock(secured.START)
PID = load().signing["exchange-request-pid"]
RA = load().signing["exchange-request-ra"]
IN = f"{HEADER}/{SECURITY}"
INFO = f"{IN}/{SIGNATURE}/{SIGNED_INFO}"
TOKEN = secured.Token("QUJD", "T-1")


@pytest.fixture(scope="module")
def trust(authority):
    return TrustStore([authority.pair.certificate])


@pytest.fixture(scope="module")
def caller(small):
    return secured.Peer("", CLOCK, small)


@pytest.fixture(scope="module")
def message(caller):
    """A right message of PID; tests change copies."""
    return caller.call(TOKEN)


def _verify(data, trust, profile=PID):
    root = etree.fromstring(data) if isinstance(data, bytes) else data
    return verify(root, profile, trust=trust, now=CLOCK.now())


def _refused(data, trust, profile=PID):
    with pytest.raises(SecurityError) as caught:
        _verify(data, trust, profile)
    (finding,) = caught.value.findings
    return finding.id


def _set(path, name, value):
    return lambda root: root.find(path).set(name, value)


def _again(path):
    def change(root):
        node = root.find(path)
        node.addnext(deepcopy(node))

    return change


def _child(path):
    return lambda root: etree.SubElement(root.find(path), "{urn:x}more")


def _many(root):
    info = root.find(INFO)
    for _ in range(MOST_REFERENCES):
        info.append(deepcopy(info.find(REFERENCE)))


METHOD = f"{INFO}/{REFERENCE}/{TRANSFORMS}/{TRANSFORM}"
HMAC = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"
C14N = "http://www.w3.org/2006/12/xml-c14n11"
CHANGES = {
    "no signature": (secured.drop(f"{IN}/{SIGNATURE}"), "SEC-001"),
    "no security": (secured.drop(IN), "SEC-001"),
    "no header": (secured.drop(HEADER), "SEC-001"),
    "two signatures": (_again(f"{IN}/{SIGNATURE}"), "SEC-002"),
    "two headers": (_again(HEADER), "SEC-002"),
    "two bodies": (_again(BODY), "SEC-002"),
    "the same id twice": (lambda root: root[0].set(WSU_ID, root[1].get(WSU_ID)), "SEC-003"),
    "inclusive SignedInfo": (_set(f"{INFO}/{CANONICALIZATION}", "Algorithm", C14N), "SEC-004"),
    "inclusive part": (_set(METHOD, "Algorithm", C14N), "SEC-004"),
    "two transforms": (_again(METHOD), "SEC-004"),
    "HMAC": (_set(f"{INFO}/{SIGNATURE_METHOD}", "Algorithm", HMAC), "SEC-005"),
    "SHA-1": (_set(f"{INFO}/{REFERENCE}/{DIGEST_METHOD}", "Algorithm", SHA1), "SEC-005"),
    "parameter": (_child(f"{INFO}/{SIGNATURE_METHOD}"), "SEC-005"),
    "empty URI": (_set(f"{INFO}/{REFERENCE}", "URI", ""), "SEC-006"),
    "bare #": (_set(f"{INFO}/{REFERENCE}", "URI", "#"), "SEC-006"),
    "file": (_set(f"{INFO}/{REFERENCE}", "URI", "file:///etc/passwd"), "SEC-006"),
    "nobody's id": (_set(f"{INFO}/{REFERENCE}", "URI", "#nobody"), "SEC-008"),
    "digest": (
        secured.write(f"{INFO}/{REFERENCE}/{DIGEST_VALUE}", base64.b64encode(bytes(32)).decode()),
        "SEC-008",
    ),
    "value": (
        secured.write(f"{IN}/{SIGNATURE}/{SIGNATURE_VALUE}", base64.b64encode(bytes(256)).decode()),
        "SEC-008",
    ),
    "no KeyInfo": (secured.drop(f"{IN}/{SIGNATURE}/{KEY_INFO}"), "SEC-010"),
    "KeyInfo to nowhere": (
        _set(f"{IN}/{SIGNATURE}/{KEY_INFO}/{TOKEN_REFERENCE}/{REFERENCE_TO}", "URI", "#x"),
        "SEC-010",
    ),
    "KeyInfo to the mySecu token": (
        _set(f"{IN}/{SIGNATURE}/{KEY_INFO}/{TOKEN_REFERENCE}/{REFERENCE_TO}", "URI", "#T-1"),
        "SEC-010",
    ),
    "many references": (_many, "SEC-015"),
    "no reference": (secured.drop(f"{INFO}/{REFERENCE}"), "SEC-016"),
    "no SignedInfo": (secured.drop(INFO), "SEC-016"),
    "no value": (secured.drop(f"{IN}/{SIGNATURE}/{SIGNATURE_VALUE}"), "SEC-016"),
    "no base64": (secured.write(f"{IN}/{SIGNATURE}/{SIGNATURE_VALUE}", "é"), "SEC-016"),
    "short digest": (secured.write(f"{INFO}/{REFERENCE}/{DIGEST_VALUE}", "QUJD"), "SEC-016"),
    "two KeyInfo": (_again(f"{IN}/{SIGNATURE}/{KEY_INFO}"), "SEC-016"),
    "more in SignedInfo": (_child(INFO), "SEC-016"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_message_that_was_changed(name, message, trust):
    change, finding = CHANGES[name]
    root = etree.fromstring(message)
    change(root)
    assert finding == _refused(root, trust)


def test_the_message_itself_is_right(message, trust, small):
    assert small.certificate == _verify(message, trust).certificate


def test_white_space_in_base64_does_not_count(message, trust):
    root = etree.fromstring(message)
    for path in (f"{IN}/{BINARY_TOKEN}[2]", f"{IN}/{SIGNATURE}/{SIGNATURE_VALUE}"):
        node = root.find(path)
        node.text = "\n".join(node.text[at : at + 76] for at in range(0, len(node.text), 76))
    assert {"body"} == set(_verify(root, trust).parts)


@pytest.mark.parametrize("size", ["384", "512"])
def test_longer_digests_are_accepted(size, message, trust, small):
    root = etree.fromstring(message)
    info = root.find(INFO)
    names = {"384": Algorithm.RSA_SHA384, "512": Algorithm.RSA_SHA512}
    info.find(SIGNATURE_METHOD).set("Algorithm", names[size].value)
    octets = canonical(info, PID.signed_info)
    value = base64.b64encode(small.sign(octets, f"sha{size}")).decode()
    root.find(f"{IN}/{SIGNATURE}/{SIGNATURE_VALUE}").text = value
    assert {"body"} == set(_verify(root, trust).parts)


def test_the_prefix_lists_of_the_message_are_honoured(caller, trust):
    parts = (replace(PID.parts[0], prefixes=("soapenv", "wsse", "wsu", "sync")),)
    odd = replace(PID, parts=parts, signed_info=())
    assert {"body"} == set(_verify(caller.call(TOKEN, profile=odd), trust).parts)


def test_two_certificates_in_one_message(caller, trust, authority):
    both = replace(RA, header=("token", "certificate", "signature"))
    root = etree.fromstring(caller.call(TOKEN, profile=both))
    assert {"body"} == set(_verify(root, trust, RA).parts)
    other = authority.service("autre")
    root.find(f"{IN}/{BINARY_TOKEN}[2]").text = other.encoded
    assert "SEC-017" == _refused(root, trust, RA)


@pytest.mark.parametrize("text", ["", "QUJD", "é"])
@pytest.mark.parametrize("profile", [PID, RA], ids=["reference", "certificate"])
def test_a_certificate_that_cannot_be_read(caller, trust, profile, text):
    data = caller.call(TOKEN, profile=profile)
    root = etree.fromstring(data.replace(caller.pair.encoded.encode(), text.encode()))
    assert "SEC-010" == _refused(root, trust, profile)


def test_only_what_is_signed_is_handed_on(caller, trust):
    verified = _verify(caller.call(TOKEN), trust)
    assert [BODY] == [node.tag for node in verified.parts.values()]
    with pytest.raises(TypeError):
        verified.parts["token"] = None


def test_a_signed_element_of_the_right_name_in_another_place_does_not_count(caller, trust, small):
    root = etree.fromstring(caller.call(TOKEN))
    security = root.find(IN)
    security.remove(security.find(SIGNATURE))
    sign(root, PID, small, key_id="K")
    moved = deepcopy(root[1])
    root[1].set(WSU_ID, "other")
    etree.SubElement(root[0], "{urn:x}aside").append(moved)
    assert "SEC-009" == _refused(root, trust)
