"""Signature wrapping of the steps before the business call, each with its refusal."""

from copy import deepcopy

from lxml import etree

import wire
from forging import DS, SAML, WSSE, WSU_ID, Element, Scene
from memhon.catalogue import load
from wrappings import body_of, header_of, security_of, signature_of, wrapped


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
    stamp = security_of(root).find(f"{{{wire.WSU}}}Timestamp")
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


def assertion_of(root: Element) -> Element:
    """The assertion in the Security header."""
    found = security_of(root).find(f"{SAML}Assertion")
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


def other_name(true: Element) -> Element:
    copy = deepcopy(true)
    _other_person(copy)
    return copy


def longer_life(true: Element) -> Element:
    copy = deepcopy(true)
    copy.find(f"{SAML}Conditions").set("NotOnOrAfter", "2033-01-01T00:00:00Z")
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
    copy.find(f"{SAML}Subject").append(signature)
    return copy


FORGED_ASSERTIONS = {
    other_name: "SEC-007",
    longer_life: "SEC-007",
    unsigned: "SEC-001",
    nested: "SEC-006",
    in_object: "SEC-016",
    moved_signature: "SEC-001",
}
