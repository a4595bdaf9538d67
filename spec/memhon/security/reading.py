"""Reads a ``ds:Signature`` strictly: what it does not know it refuses, before any arithmetic."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from memhon.errors import SecurityError
from memhon.security.names import (
    CANONICALIZATION,
    DIGEST_METHOD,
    DIGEST_VALUE,
    DIGESTS,
    INCLUSIVE,
    KEY_INFO,
    REFERENCE,
    SIGNATURE_METHOD,
    SIGNATURE_VALUE,
    SIGNATURES,
    SIGNED_INFO,
    TRANSFORM,
    TRANSFORMS,
    Algorithm,
)
from memhon.security.refusing import refused

MOST_REFERENCES = 16
"""More than any profile needs; a thousand would cost a thousand canonicalisations."""
MOST_PREFIXES = 64
"""libxml2 looks every one of them up at every element that it canonicalises."""
_ENVELOPED = (Algorithm.ENVELOPED.value, Algorithm.EXCLUSIVE.value)
_OCTETS = {name: hashlib.new(name).digest_size for name in DIGESTS.values()}
_PLAIN = (Algorithm.EXCLUSIVE.value,)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference as it is written."""

    uri: str
    """Id of the element, without ``#``."""
    enveloped: bool
    """Whether the signature itself is left out of the element."""
    prefixes: tuple[str, ...]
    """``PrefixList`` of its canonicalisation."""
    digest: str
    """Name of the digest for hashlib."""
    value: str
    """``DigestValue`` without white space."""
    line: int


@dataclass(frozen=True, slots=True)
class SignatureRead:
    """A signature as it is written, of algorithms that are known."""

    element: etree._Element
    info: etree._Element
    """SignedInfo."""
    prefixes: tuple[str, ...]
    """``PrefixList`` of SignedInfo."""
    digest: str
    """Name of the signature's digest for hashlib."""
    references: tuple[Reference, ...]
    value: bytes
    key_info: etree._Element | None


def read_signature(signature: etree._Element) -> SignatureRead:
    """Read a signature.

    Raises:
        SecurityError: Something is missing, too much or no base64 (SEC-016), of an algorithm that
            is not accepted (SEC-004, SEC-005), or there are too many references (SEC-015).
    """
    parts = _children(signature, (SIGNED_INFO, SIGNATURE_VALUE, KEY_INFO))
    info = _one(parts, SIGNED_INFO, signature)
    inside = _children(info, (CANONICALIZATION, SIGNATURE_METHOD, REFERENCE))
    references = inside.get(REFERENCE, [])
    if not references:
        raise _malformed(info, "aucune Reference")
    if len(references) > MOST_REFERENCES:
        raise refused("SEC-015", info, str(len(references)), expected=str(MOST_REFERENCES))
    canonicalization = _one(inside, CANONICALIZATION, info)
    if canonicalization.get("Algorithm") != Algorithm.EXCLUSIVE.value:
        raise refused("SEC-004", canonicalization, canonicalization.get("Algorithm"))
    method = _one(inside, SIGNATURE_METHOD, info)
    value = _one(parts, SIGNATURE_VALUE, signature)
    keys = parts.get(KEY_INFO, [])
    if len(keys) > 1:
        raise _malformed(signature, f"{len(keys)} KeyInfo au lieu d'un")
    return SignatureRead(
        element=signature,
        info=info,
        prefixes=_prefixes(canonicalization),
        digest=_algorithm(method, SIGNATURES),
        references=tuple(_reference(reference) for reference in references),
        value=_base64(value),
        key_info=keys[0] if keys else None,
    )


def _reference(reference: etree._Element) -> Reference:
    parts = _children(reference, (TRANSFORMS, DIGEST_METHOD, DIGEST_VALUE))
    uri = reference.get("URI")
    if uri is None or not uri.startswith("#") or len(uri) < 2:
        raise refused("SEC-006", reference, uri or "sans URI")
    transforms = _children(_one(parts, TRANSFORMS, reference), (TRANSFORM,)).get(TRANSFORM, [])
    names = tuple(transform.get("Algorithm") or "" for transform in transforms)
    if names not in (_PLAIN, _ENVELOPED):
        raise refused("SEC-004", reference, " + ".join(names) or "aucun Transform")
    digest = _algorithm(_one(parts, DIGEST_METHOD, reference), DIGESTS)
    value = _one(parts, DIGEST_VALUE, reference)
    if len(_base64(value)) != _OCTETS[digest]:
        raise _malformed(value, "une empreinte d'une autre longueur que celle de son algorithme")
    if names == _ENVELOPED and len(transforms[0]):
        raise _malformed(transforms[0], "un contenu dans enveloped-signature")
    return Reference(
        uri=uri[1:],
        enveloped=names == _ENVELOPED,
        prefixes=_prefixes(transforms[-1]),
        digest=digest,
        value="".join((value.text or "").split()),
        line=reference.sourceline or 0,
    )


def _prefixes(method: etree._Element) -> tuple[str, ...]:
    children = _children(method, (INCLUSIVE,)).get(INCLUSIVE, [])
    if len(children) > 1:
        raise _malformed(method, "plusieurs InclusiveNamespaces")
    found = tuple((children[0].get("PrefixList") or "").split()) if children else ()
    if len(found) > MOST_PREFIXES:
        raise _malformed(children[0], f"{len(found)} préfixes dans PrefixList")
    return found


def _algorithm(method: etree._Element, known: object) -> str:
    name = method.get("Algorithm") or ""
    found = known.get(name) if hasattr(known, "get") else None
    if found is None or len(method):
        raise refused("SEC-005", method, name or "sans Algorithm")
    return str(found)


def _children(parent: etree._Element, known: Sequence[str]) -> dict[str, list[etree._Element]]:
    """The children by name; another name is refused."""
    found: dict[str, list[etree._Element]] = {}
    for child in parent:
        if child.tag not in known:
            raise _malformed(parent, f"{etree.QName(child).localname} de trop")
        found.setdefault(str(child.tag), []).append(child)
    return found


def _one(
    parts: dict[str, list[etree._Element]], name: str, parent: etree._Element
) -> etree._Element:
    found = parts.get(name, [])
    if len(found) != 1:
        local = name.rpartition("}")[2]
        raise _malformed(parent, f"{len(found)} {local} au lieu d'un")
    return found[0]


def _base64(node: etree._Element) -> bytes:
    try:
        data = base64.b64decode("".join((node.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or len(node):
        raise _malformed(node, "ni vide ni autre chose que du base64")
    return data


def _malformed(node: etree._Element, what: str) -> SecurityError:
    return refused("SEC-016", node, what)
