"""Signs an envelope as a profile says; nothing may touch the tree afterwards but its writing."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from lxml import etree

from memhon.catalogue import SigningProfile
from memhon.security.canonical import canonical, digest
from memhon.security.keys import KeyPair
from memhon.security.names import (
    CANONICALIZATION,
    DIGEST_METHOD,
    DIGEST_VALUE,
    INCLUSIVE,
    KEY_INFO,
    REFERENCE,
    REFERENCE_TO,
    SIGNATURE,
    SIGNATURE_METHOD,
    SIGNATURE_VALUE,
    SIGNED_INFO,
    TOKEN_REFERENCE,
    TRANSFORM,
    TRANSFORMS,
    X509_CERTIFICATE,
    X509_DATA,
    Algorithm,
    Space,
    ValueType,
)
from memhon.security.parts import locate, part_id, security_of

_DS = {"ds": Space.SIGNATURE.value}
_EC = {"ec": Space.EXCLUSIVE.value}


def sign(envelope: etree._Element, profile: SigningProfile, key: KeyPair, *, key_id: str) -> None:
    """Put the signature of a profile into the Security header of an envelope.

    Every part has to be in place with its id. The tree is ready to be written, and must neither be
    indented nor changed any more: a digest covers every blank.

    Args:
        envelope: The envelope with its ``wsse:Security`` header.
        profile: What is signed and how.
        key: Of the signer.
        key_id: ``Id`` of the KeyInfo element, written where the profile signs it.

    Raises:
        ValueError: A part of the profile is not in the envelope or has no id.
    """
    security = security_of(envelope)
    signature = etree.Element(SIGNATURE, nsmap=_DS)
    security.insert(_place(security, profile), signature)
    info = etree.SubElement(signature, SIGNED_INFO)
    value = etree.SubElement(signature, SIGNATURE_VALUE)
    signs_key = any(part.name == "keyinfo" for part in profile.parts)
    _key_info(signature, envelope, profile, key, key_id if signs_key else None)
    _method(info, CANONICALIZATION, profile.signed_info)
    etree.SubElement(info, SIGNATURE_METHOD, Algorithm=Algorithm.RSA_SHA256)
    for part in profile.parts:
        node = locate(envelope, part.name, signature)
        if node is None:
            raise ValueError(f"the envelope has no {part.name}")
        _reference(info, node, part.prefixes)
    octets = canonical(info, profile.signed_info)
    value.text = base64.b64encode(key.sign(octets)).decode("ascii")


def enveloped_signature(element: etree._Element, key: KeyPair, *, place: int) -> None:
    """Sign an element with a signature inside it, as the identity provider signs assertions.

    Args:
        element: With an ``ID``; complete but for the signature.
        key: Of the signer.
        place: Index of the signature among the children.
    """
    value = digest(canonical(element))
    signature = etree.Element(SIGNATURE, nsmap=_DS)
    element.insert(place, signature)
    info = etree.SubElement(signature, SIGNED_INFO)
    result = etree.SubElement(signature, SIGNATURE_VALUE)
    data = etree.SubElement(etree.SubElement(signature, KEY_INFO), X509_DATA)
    etree.SubElement(data, X509_CERTIFICATE).text = key.encoded
    _method(info, CANONICALIZATION, ())
    etree.SubElement(info, SIGNATURE_METHOD, Algorithm=Algorithm.RSA_SHA256)
    reference = etree.SubElement(info, REFERENCE, URI=f"#{part_id(element)}")
    transforms = etree.SubElement(reference, TRANSFORMS)
    etree.SubElement(transforms, TRANSFORM, Algorithm=Algorithm.ENVELOPED)
    etree.SubElement(transforms, TRANSFORM, Algorithm=Algorithm.EXCLUSIVE)
    etree.SubElement(reference, DIGEST_METHOD, Algorithm=Algorithm.SHA256)
    etree.SubElement(reference, DIGEST_VALUE).text = value
    result.text = base64.b64encode(key.sign(canonical(info))).decode("ascii")


def _place(security: etree._Element, profile: SigningProfile) -> int:
    """Where the signature goes among the children that the profile's order puts before it."""
    before = profile.header.index("signature")
    return min(before, len(security))


def _reference(info: etree._Element, node: etree._Element, prefixes: Sequence[str]) -> None:
    reference = etree.SubElement(info, REFERENCE, URI=f"#{part_id(node)}")
    _method(etree.SubElement(reference, TRANSFORMS), TRANSFORM, prefixes)
    etree.SubElement(reference, DIGEST_METHOD, Algorithm=Algorithm.SHA256)
    etree.SubElement(reference, DIGEST_VALUE).text = digest(canonical(node, prefixes))


def _method(parent: etree._Element, name: str, prefixes: Sequence[str]) -> None:
    method = etree.SubElement(parent, name, Algorithm=Algorithm.EXCLUSIVE)
    if prefixes:
        etree.SubElement(method, INCLUSIVE, nsmap=_EC, PrefixList=" ".join(prefixes))


def _key_info(
    signature: etree._Element,
    envelope: etree._Element,
    profile: SigningProfile,
    key: KeyPair,
    key_id: str | None,
) -> None:
    info = etree.SubElement(signature, KEY_INFO)
    if key_id:
        info.set("Id", key_id)
    if profile.key_info == "certificate":
        data = etree.SubElement(info, X509_DATA)
        etree.SubElement(data, X509_CERTIFICATE).text = key.encoded
        return
    token = locate(envelope, "certificate", signature)
    if token is None:
        raise ValueError("the envelope has no certificate")
    reference = etree.SubElement(info, TOKEN_REFERENCE, nsmap={"wsse": Space.SECURITY.value})
    attributes = {"URI": f"#{part_id(token)}", "ValueType": ValueType.CERTIFICATE.value}
    etree.SubElement(reference, REFERENCE_TO, attributes)
