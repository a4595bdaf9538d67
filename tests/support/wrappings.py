"""Signature wrapping of business calls: forms, each with the refusal that it meets."""

from copy import deepcopy

from lxml import etree

from forging import DS, SOAP, WSSE, WSU_ID, Element, Scene

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
