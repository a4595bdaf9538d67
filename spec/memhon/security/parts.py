"""Where the parts of a signed envelope stand: each at one fixed place, found nowhere else."""

from __future__ import annotations

from lxml import etree

from memhon.security.names import (
    ASSERTION,
    BINARY_TOKEN,
    BODY,
    HEADER,
    KEY_INFO,
    SECURITY,
    TIMESTAMP,
    USERNAME_TOKEN,
    WSU_ID,
    ValueType,
)

_CERTIFICATES = frozenset({ValueType.CERTIFICATE.value, ValueType.CERTIFICATE_MISSPELT.value})
_IDS = (WSU_ID, "Id", "ID", "id", "AssertionID", "{http://www.w3.org/XML/1998/namespace}id")
_ID_NAMES = frozenset(_IDS)
_attributed = etree.XPath("descendant-or-self::*[@*]")
"""In C: of a hundred elements ten have an attribute, and one has an id."""
_CHILDREN = {"assertion": ASSERTION, "timestamp": TIMESTAMP, "username": USERNAME_TOKEN}
PART_OF = {
    **{tag: name for name, tag in _CHILDREN.items()},
    BODY: "body",
    BINARY_TOKEN: "certificate",
    KEY_INFO: "keyinfo",
}
"""The part that an element of a name may be; its place decides."""


def security_of(envelope: etree._Element) -> etree._Element:
    """The Security header of an envelope of our own.

    Raises:
        ValueError: There is none.
    """
    security = envelope.find(f"{HEADER}/{SECURITY}")
    if security is None:
        raise ValueError("the envelope has no Security header")
    return security


def locate(envelope: etree._Element, name: str, signature: etree._Element) -> etree._Element | None:
    """The only element that may be meant by a part, or None.

    Args:
        envelope: Document element.
        name: Part of a signing profile.
        signature: The signature that speaks of it.
    """
    if name == "body":
        return envelope.find(BODY)
    if name == "keyinfo":
        return signature.find(KEY_INFO)
    security = signature.getparent()
    if security is None:
        return None
    if name == "certificate":
        return certificate_token(security)
    return security.find(_CHILDREN[name])


def certificate_token(security: etree._Element) -> etree._Element | None:
    """The BinarySecurityToken with an X.509 certificate among the children of Security."""
    for token in security.iterchildren(BINARY_TOKEN):
        if token.get("ValueType") in _CERTIFICATES:
            return token
    return None


def mysecu_token(security: etree._Element) -> etree._Element | None:
    """The BinarySecurityToken with mySecu's own ValueType, either spelling of the host."""
    for token in security.iterchildren(BINARY_TOKEN):
        if (token.get("ValueType") or "").lower() == ValueType.MYSECU.value.lower():
            return token
    return None


def part_id(node: etree._Element) -> str:
    """The id by which a signature refers to an element.

    Raises:
        ValueError: It has none.
    """
    for name in _IDS:
        value = node.get(name)
        if value:
            return value
    raise ValueError(f"{node.tag!s} has no id")


def identified(root: etree._Element) -> dict[str, list[etree._Element]]:
    """Every element with an id, by each of its ids, in document order."""
    found: dict[str, list[etree._Element]] = {}
    for node in _attributed(root):
        for name, value in node.items():
            if name in _ID_NAMES:
                same = found.setdefault(value, [])
                if not same or same[-1] is not node:
                    same.append(node)
    return found
