"""Signs an envelope as a profile says; nothing may touch the tree afterwards but its writing."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache

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
from memhon.security.parts import certificate_token, locate, part_id, security_of

_DS = {"ds": Space.SIGNATURE.value}
_EC = {"ec": Space.EXCLUSIVE.value}
_WSSE = {"wsse": Space.SECURITY.value}


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
    signature = deepcopy(_skeleton(profile))
    security.insert(_place(security, profile), signature)
    info, value, key_info = signature
    signs_key = any(part.name == "keyinfo" for part in profile.parts)
    _fill_key_info(key_info, envelope, profile, key, key_id if signs_key else None)
    for part, reference in zip(profile.parts, info.iterchildren(REFERENCE), strict=True):
        node = locate(envelope, part.name, signature)
        if node is None:
            raise ValueError(f"the envelope has no {part.name}")
        reference.set("URI", f"#{part_id(node)}")
        reference[-1].text = digest(canonical(node, part.prefixes))
    octets = canonical(info, profile.signed_info)
    value.text = base64.b64encode(key.sign(octets)).decode("ascii")


@lru_cache(maxsize=64)
def _skeleton(profile: SigningProfile) -> etree._Element:
    """The signature of a profile without its values; to be copied."""
    signature = etree.Element(SIGNATURE, nsmap=_DS)
    info = etree.SubElement(signature, SIGNED_INFO)
    etree.SubElement(signature, SIGNATURE_VALUE)
    keys = etree.SubElement(signature, KEY_INFO)
    if profile.key_info == "certificate":
        etree.SubElement(etree.SubElement(keys, X509_DATA), X509_CERTIFICATE)
    else:
        holder = etree.SubElement(keys, TOKEN_REFERENCE, nsmap=_WSSE)
        etree.SubElement(holder, REFERENCE_TO, URI="", ValueType=ValueType.CERTIFICATE)
    _method(info, CANONICALIZATION, profile.signed_info)
    etree.SubElement(info, SIGNATURE_METHOD, Algorithm=Algorithm.RSA_SHA256)
    for part in profile.parts:
        reference = etree.SubElement(info, REFERENCE, URI="")
        _method(etree.SubElement(reference, TRANSFORMS), TRANSFORM, part.prefixes)
        etree.SubElement(reference, DIGEST_METHOD, Algorithm=Algorithm.SHA256)
        etree.SubElement(reference, DIGEST_VALUE)
    return signature


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


def _method(parent: etree._Element, name: str, prefixes: Sequence[str]) -> None:
    method = etree.SubElement(parent, name, Algorithm=Algorithm.EXCLUSIVE)
    if prefixes:
        etree.SubElement(method, INCLUSIVE, nsmap=_EC, PrefixList=" ".join(prefixes))


def _fill_key_info(
    key_info: etree._Element,
    envelope: etree._Element,
    profile: SigningProfile,
    key: KeyPair,
    key_id: str | None,
) -> None:
    if key_id:
        key_info.set("Id", key_id)
    leaf = key_info[0][0]
    if profile.key_info == "certificate":
        leaf.text = key.encoded
        return
    token = certificate_token(security_of(envelope))
    if token is None:
        raise ValueError("the envelope has no certificate")
    leaf.set("URI", f"#{part_id(token)}")
