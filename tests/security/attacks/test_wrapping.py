"""Signature wrapping: the true part is moved aside and a forged one put in its place."""

from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import etree

import forging
from forging import DS, SOAP, WSSE, WSU_ID, Element, Scene, fault_id, resigned
from memhon.catalogue import load
from memhon.catalogue.signing import SignedPart
from memhon.sandbox import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH
from memhon.security import Defect, KeyPair

WRAPPER = "{urn:example:wrapper}Wrapper"


def body_of(root: Element) -> Element:
    """The Body where it belongs."""
    found = root.find(f"{SOAP}Body")
    assert found is not None
    return found


def header_of(root: Element) -> Element:
    """The Header."""
    return root[0]


def security_of(root: Element) -> Element:
    """The Security header."""
    return root[0][0]


def signature_of(root: Element) -> Element:
    """The signature in the Security header."""
    found = security_of(root).find(f"{DS}Signature")
    assert found is not None
    return found


def forged(body: Element, identifier: str | None = "forged") -> Element:
    """A copy of the Body with another content and another id."""
    copy = deepcopy(body)
    copy.tail = None
    if identifier is None:
        del copy.attrib[WSU_ID]
    else:
        copy.set(WSU_ID, identifier)
    copy[0].set("modelUID", "2023-CNS-PID-VAL-V1")
    return copy


def replaced(root: Element, identifier: str | None = "forged") -> Element:
    """Put a forged Body in the place of the true one, which is returned."""
    true = body_of(root)
    root.replace(true, forged(true, identifier))
    return true


def wrapped(node: Element) -> Element:
    """The element inside another one."""
    wrapper = etree.Element(WRAPPER)
    wrapper.append(node)
    return wrapper


def into_header(root: Element, _scene: Scene) -> None:
    header_of(root).append(wrapped(replaced(root)))


def into_header_bare(root: Element, _scene: Scene) -> None:
    header_of(root).append(replaced(root))


def into_header_first(root: Element, _scene: Scene) -> None:
    header_of(root).insert(0, wrapped(replaced(root)))


def without_id(root: Element, _scene: Scene) -> None:
    header_of(root).append(wrapped(replaced(root, None)))


def into_security(root: Element, _scene: Scene) -> None:
    security_of(root).append(wrapped(replaced(root)))


def into_object(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    etree.SubElement(signature_of(root), f"{DS}Object").append(true)


def into_key_info(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    signature_of(root).find(f"{DS}KeyInfo").append(wrapped(true))


def into_signed_info(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    signature_of(root)[0].append(wrapped(true))


def sibling_after(root: Element, _scene: Scene) -> None:
    root.append(wrapped(replaced(root)))


def sibling_before(root: Element, _scene: Scene) -> None:
    root.insert(0, wrapped(replaced(root)))


def two_bodies_forged_first(root: Element, _scene: Scene) -> None:
    root.insert(1, forged(body_of(root)))


def two_bodies_forged_last(root: Element, _scene: Scene) -> None:
    root.append(forged(body_of(root)))


def nested_in_body(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    body_of(root).append(true)


def nested_deeply(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    body_of(root).insert(0, wrapped(wrapped(true)))


def nested_envelope(root: Element, _scene: Scene) -> Element:
    outer = etree.Element(f"{SOAP}Envelope")
    body = forged(body_of(root))
    etree.SubElement(outer, f"{SOAP}Header").append(root)
    outer.append(body)
    return outer


def double_id(root: Element, _scene: Scene) -> None:
    true = body_of(root)
    header_of(root).append(wrapped(replaced(root, true.get(WSU_ID))))


def double_id_other_attribute(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    body_of(root).set("ID", true.get(WSU_ID))
    header_of(root).append(wrapped(true))


def double_xml_id(root: Element, _scene: Scene) -> None:
    true = replaced(root)
    body_of(root).set("{http://www.w3.org/XML/1998/namespace}id", true.get(WSU_ID))
    header_of(root).append(wrapped(true))


def declared_id(root: Element, _scene: Scene) -> bytes:
    doctype = b"<!DOCTYPE x [<!ATTLIST Body other ID #IMPLIED>]>"
    return doctype + etree.tostring(root)


def stripped_signature(root: Element, _scene: Scene) -> None:
    replaced(root)
    security_of(root).remove(signature_of(root))


def stripped_security(root: Element, _scene: Scene) -> None:
    replaced(root)
    header_of(root).remove(security_of(root))


def stripped_header(root: Element, _scene: Scene) -> None:
    replaced(root)
    root.remove(header_of(root))


def outside_security(root: Element, _scene: Scene) -> None:
    header_of(root).append(signature_of(root))


def second_signature(root: Element, _scene: Scene) -> None:
    security_of(root).append(deepcopy(signature_of(root)))


def second_security(root: Element, _scene: Scene) -> None:
    header_of(root).insert(0, etree.Element(f"{WSSE}Security", {f"{SOAP}actor": "urn:x"}))


def second_header(root: Element, _scene: Scene) -> None:
    root.insert(0, etree.Element(f"{SOAP}Header"))


def comment_inside(root: Element, _scene: Scene) -> bytes:
    return etree.tostring(root).replace(b">C1<", b">C1<!-- x -->9<")


def instruction_inside(root: Element, _scene: Scene) -> bytes:
    return etree.tostring(root).replace(b">C1<", b">C1<?x y?>9<")


def entity_inside(root: Element, _scene: Scene) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY e "C9">]>' + etree.tostring(root).replace(b">C1<", b">&e;<")


def other_content(root: Element, _scene: Scene) -> bytes:
    return etree.tostring(root).replace(b">C1<", b">C9<")


def blank_added(root: Element, _scene: Scene) -> bytes:
    return etree.tostring(root).replace(b">C1<", b">C1 <")


def other_signature(root: Element, scene: Scene) -> Element:
    """Another true message of the same signer, its Body moved aside, this Body in its place."""
    other = scene.authentication()
    security_of(other).insert(0, security_of(root)[0])
    true = body_of(other)
    other.replace(true, forged(body_of(root)))
    header_of(other).append(wrapped(true))
    return other


WRAPPINGS = {
    into_header: "SEC-009",
    into_header_bare: "SEC-009",
    into_header_first: "SEC-009",
    without_id: "SEC-009",
    into_security: "SEC-009",
    into_object: "SEC-016",
    into_key_info: "SEC-009",
    into_signed_info: "SEC-016",
    sibling_after: "SEC-002",
    sibling_before: "SEC-002",
    two_bodies_forged_first: "SEC-002",
    two_bodies_forged_last: "SEC-002",
    nested_in_body: "SEC-009",
    nested_deeply: "SEC-009",
    nested_envelope: "SEC-001",
    double_id: "SEC-003",
    double_id_other_attribute: "SEC-003",
    double_xml_id: "SEC-003",
    declared_id: "SBX-001",
    stripped_signature: "SEC-001",
    stripped_security: "SEC-001",
    stripped_header: "SEC-001",
    outside_security: "SEC-001",
    second_signature: "SEC-002",
    second_security: "SEC-002",
    second_header: "SEC-002",
    comment_inside: "SBX-001",
    instruction_inside: "SBX-001",
    entity_inside: "SBX-001",
    other_content: "SEC-007",
    blank_added: "SEC-007",
    other_signature: "SEC-009",
}


def test_untouched_messages_are_accepted(scene):
    assert 200 == scene.post(scene.business()).status
    ra = load().example("ra-depot", "request", "minimal").data
    assert 200 == scene.post(scene.business(profile="exchange-request-ra", data=ra)).status


@pytest.mark.parametrize("alteration", WRAPPINGS, ids=lambda found: found.__name__)
@pytest.mark.parametrize("profile", ["exchange-request-pid", "exchange-request-ra"])
def test_a_wrapped_call_is_refused(scene, alteration, profile):
    answer = scene.attack(scene.business(profile=profile), alteration)
    assert (500, WRAPPINGS[alteration]) == (answer.status, fault_id(answer))


def _other_person(body: Element) -> None:
    for node in body.iter("{urn:oasis:names:tc:SAML:2.0:assertion}AttributeValue"):
        node.text = load().provider("demo-2").ehealth_id


def aside(root: Element, scene: Scene) -> None:
    true = body_of(root)
    copy = deepcopy(true)
    copy.set(WSU_ID, "forged")
    if copy[0].get("ID"):
        copy[0].set("ID", "saml-forged")
    _other_person(copy)
    root.replace(true, copy)
    header_of(root).append(wrapped(true))


def second_body(root: Element, scene: Scene) -> None:
    copy = deepcopy(body_of(root))
    copy.set(WSU_ID, "forged")
    root.append(copy)


def same_id(root: Element, scene: Scene) -> None:
    header_of(root).append(wrapped(deepcopy(body_of(root))))


def stripped(root: Element, scene: Scene) -> None:
    security_of(root).remove(signature_of(root))


def stamp_moved(root: Element, scene: Scene) -> None:
    """The true Timestamp aside, a later one in its place."""
    stamp = security_of(root).find(f"{{{forging.wire.WSU}}}Timestamp")
    copy = deepcopy(stamp)
    copy.set(WSU_ID, "forged")
    security_of(root).replace(stamp, copy)
    header_of(root).append(wrapped(stamp))


def certificate_moved(root: Element, scene: Scene) -> None:
    """The true certificate aside, the attacker's in its place under another id."""
    token = security_of(root).find(f"{WSSE}BinarySecurityToken")
    copy = deepcopy(token)
    copy.set(WSU_ID, "forged")
    copy.text = scene.key("demo-2").encoded
    security_of(root).replace(token, copy)
    header_of(root).append(wrapped(token))


AUTHENTICATION = {
    aside: "SEC-009",
    second_body: "SEC-002",
    same_id: "SEC-003",
    stripped: "SEC-001",
    stamp_moved: "SEC-009",
    certificate_moved: "SEC-010",
}


@pytest.mark.parametrize("alteration", AUTHENTICATION, ids=lambda found: found.__name__)
def test_a_wrapped_authentication_is_refused(scene, alteration):
    answer = scene.attack(scene.authentication(), alteration, IDENTITY_PATH)
    assert (500, AUTHENTICATION[alteration]) == (answer.status, fault_id(answer))


def assertion_of(root: Element) -> Element:
    """The assertion in the Security header."""
    found = security_of(root).find(f"{forging.SAML}Assertion")
    assert found is not None
    return found


def evil(assertion: Element) -> Element:
    """A copy in another person's name under another id."""
    copy = deepcopy(assertion)
    copy.tail = None
    copy.set("ID", "Id-forged")
    _other_person(copy)
    return copy


def assertion_aside(root: Element, scene: Scene) -> None:
    true = assertion_of(root)
    security_of(root).replace(true, evil(true))
    header_of(root).append(wrapped(true))


def assertion_in_signature(root: Element, scene: Scene) -> None:
    """The assertion's own signature holds the true one as an object."""
    true = assertion_of(root)
    copy = evil(true)
    security_of(root).replace(true, copy)
    etree.SubElement(copy.find(f"{DS}Signature"), f"{DS}Object").append(true)


def assertion_nested(root: Element, scene: Scene) -> None:
    """The forged assertion carries the true one."""
    true = assertion_of(root)
    copy = evil(true)
    security_of(root).replace(true, copy)
    copy.append(true)


def two_assertions(root: Element, scene: Scene) -> None:
    true = assertion_of(root)
    true.addprevious(evil(true))


OVER_ASSERTION = {
    assertion_aside: "SEC-009",
    assertion_in_signature: "SEC-009",
    assertion_nested: "SEC-009",
    two_assertions: "SEC-009",
    aside: "SEC-009",
    second_body: "SEC-002",
    same_id: "SEC-003",
    stripped: "SEC-001",
}


@pytest.mark.parametrize("alteration", OVER_ASSERTION, ids=lambda found: found.__name__)
def test_a_wrapped_token_request_is_refused(scene, alteration):
    answer = scene.attack(scene.token_request(), alteration, TOKEN_PATH)
    assert (500, OVER_ASSERTION[alteration]) == (answer.status, fault_id(answer))


def other_name(true: Element) -> Element:
    copy = deepcopy(true)
    _other_person(copy)
    return copy


def longer_life(true: Element) -> Element:
    copy = deepcopy(true)
    copy.find(f"{forging.SAML}Conditions").set("NotOnOrAfter", "2033-01-01T00:00:00Z")
    return copy


def unsigned(true: Element) -> Element:
    copy = deepcopy(true)
    copy.remove(copy.find(f"{DS}Signature"))
    return copy


def nested(true: Element) -> Element:
    copy = evil(true)
    copy.append(deepcopy(true))
    return copy


def in_object(true: Element) -> Element:
    copy = evil(true)
    etree.SubElement(copy.find(f"{DS}Signature"), f"{DS}Object").append(deepcopy(true))
    return copy


def moved_signature(true: Element) -> Element:
    copy = evil(true)
    signature = copy.find(f"{DS}Signature")
    copy.find(f"{forging.SAML}Subject").append(signature)
    return copy


FORGED_ASSERTIONS = {
    other_name: "SEC-007",
    longer_life: "SEC-007",
    unsigned: "SEC-001",
    nested: "SEC-006",
    in_object: "SEC-016",
    moved_signature: "SEC-001",
}


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
