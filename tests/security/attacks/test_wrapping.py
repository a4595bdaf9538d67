"""Signature wrapping: the true part is moved aside and a forged one put in its place."""

from dataclasses import replace

import pytest
from lxml import etree

import forging
from forging import DS, Element, Scene, fault_id, resigned
from memhon.catalogue import load
from memhon.catalogue.signing import SignedPart
from memhon.sandbox import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH
from memhon.security import Defect, KeyPair
from wrapped_steps import AUTHENTICATION, FORGED_ASSERTIONS, OVER_ASSERTION
from wrappings import WRAPPINGS, security_of, signature_of


def test_untouched_messages_are_accepted(scene):
    assert 200 == scene.post(scene.business()).status
    ra = load().example("ra-depot", "request", "minimal").data
    assert 200 == scene.post(scene.business(profile="exchange-request-ra", data=ra)).status


@pytest.mark.parametrize("alteration", WRAPPINGS, ids=lambda found: found.__name__)
@pytest.mark.parametrize("profile", ["exchange-request-pid", "exchange-request-ra"])
def test_a_wrapped_call_is_refused(scene, alteration, profile):
    answer = scene.attack(scene.business(profile=profile), alteration)
    assert (500, WRAPPINGS[alteration]) == (answer.status, fault_id(answer))


@pytest.mark.parametrize("alteration", AUTHENTICATION, ids=lambda found: found.__name__)
def test_a_wrapped_authentication_is_refused(scene, alteration):
    answer = scene.attack(scene.authentication(), alteration, IDENTITY_PATH)
    assert (500, AUTHENTICATION[alteration]) == (answer.status, fault_id(answer))


@pytest.mark.parametrize("alteration", OVER_ASSERTION, ids=lambda found: found.__name__)
def test_a_wrapped_token_request_is_refused(scene, alteration):
    answer = scene.attack(scene.token_request(), alteration, TOKEN_PATH)
    assert (500, OVER_ASSERTION[alteration]) == (answer.status, fault_id(answer))


@pytest.mark.parametrize("forgery", FORGED_ASSERTIONS, ids=lambda found: found.__name__)
def test_a_forged_assertion_under_a_true_outer_signature_is_refused(scene, forgery):
    """The attacker is a practitioner: the outer signature is right."""
    request = scene.token_request(forgery(scene.assertion()))
    answer = scene.post(request, TOKEN_PATH)
    assert (500, FORGED_ASSERTIONS[forgery]) == (answer.status, fault_id(answer))


def _own_key(scene: Scene, defect: Defect) -> KeyPair:
    return scene.key("demo-1" if defect is not Defect.NONE else "demo-2", defect)


KEYS = {
    Defect.NONE: "SEC-043",
    Defect.FOREIGN: "SEC-011",
    Defect.EXPIRED: "SEC-012",
    Defect.FUTURE: "SEC-012",
    Defect.REVOKED: "SEC-013",
    Defect.WRONG_USAGE: "SEC-014",
}


@pytest.mark.parametrize("defect", KEYS, ids=str)
def test_a_substituted_key_is_refused(scene, defect):
    key = _own_key(scene, defect)
    # The revocation list is read when a sandbox starts.
    with forging.Sandbox(clock=scene.clock) as sandbox:
        other = replace(scene, sandbox=sandbox)
        answer = other.post(other.business(other.token(), key))
    assert (500, KEYS[defect]) == (answer.status, fault_id(answer))


def test_two_certificates_in_one_message_are_refused(scene):
    def alteration(root: Element, _scene: Scene) -> Element:
        token = security_of(root)[1]
        token.text = scene.key("demo-2").encoded
        info = signature_of(root).find(f"{DS}KeyInfo")
        info.clear()
        data = etree.SubElement(info, f"{DS}X509Data")
        etree.SubElement(data, f"{DS}X509Certificate").text = scene.key().encoded
        return root

    answer = scene.attack(scene.business(), alteration)
    assert (500, "SEC-017") == (answer.status, fault_id(answer))


KEY_INFOS = {
    "none": ("", "SEC-010"),
    "bare key": ("<ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>", "SEC-010"),
    "key name": ("<ds:KeyName>demo-1</ds:KeyName>", "SEC-010"),
    "fetched": ('<ds:RetrievalMethod URI="http://127.0.0.1:1/x"/>', "SEC-010"),
    "garbage": (
        "<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>",
        "SEC-010",
    ),
    "two": (
        "<ds:X509Data><ds:X509Certificate>{0}</ds:X509Certificate></ds:X509Data>" * 2,
        "SEC-010",
    ),
}


@pytest.mark.parametrize("name", KEY_INFOS)
def test_a_foreign_key_info_is_refused(scene, name):
    text, expected = KEY_INFOS[name]

    def alteration(root: Element, _scene: Scene) -> Element:
        info = signature_of(root).find(f"{DS}KeyInfo")
        info.clear()
        inner = text.replace("{0}", scene.key("demo-2").encoded)
        info.extend(etree.fromstring(f'<x xmlns:ds="{DS[1:-1]}">{inner}</x>'))
        return root

    answer = scene.attack(scene.business(), alteration)
    assert (500, expected) == (answer.status, fault_id(answer))


def test_a_right_signature_over_the_timestamp_alone_is_refused(scene):
    stamp_only = replace(
        load().signing["authentication-request"],
        header=("token", "certificate", "signature", "timestamp"),
        parts=(SignedPart("timestamp", ("wsse",)),),
    )
    answer = scene.post(scene.business(profile=stamp_only), EXCHANGE_PATH)
    assert (500, "SEC-009") == (answer.status, fault_id(answer))


def test_resigning_by_the_signer_itself_is_accepted(scene):
    """The control of every attack that signs again: signing again alone is no reason to refuse."""
    answer = scene.post(resigned(scene.business(), scene.key()))
    assert 200 == answer.status
