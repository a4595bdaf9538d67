"""Verifies signatures and hands on only what they cover.

Every part is looked for at its one place in the envelope, so a true part that was moved aside
cannot lend its signature to a forged one. Whoever called reads the parts of ``Verified`` and never
the tree again. The signature value comes before the digests: only who holds a trusted key can make
anybody canonicalise megabytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from types import MappingProxyType

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from memhon import intake
from memhon.catalogue import SigningProfile
from memhon.errors import SecurityError
from memhon.findings import make
from memhon.security.canonical import canonical, digest
from memhon.security.certificates import Ids, certificate_of, embedded_certificate
from memhon.security.chains import TrustStore
from memhon.security.keys import HASHES, subject
from memhon.security.names import (
    BODY,
    ENVELOPE,
    HEADER,
    SECURITY,
    SIGNATURE,
)
from memhon.security.parts import PART_OF, identified, locate
from memhon.security.reading import Reference, SignatureRead, read_signature
from memhon.security.refusing import refused


@dataclass(frozen=True, slots=True)
class Verified:
    """What a right signature covers."""

    certificate: x509.Certificate
    """Of the signer."""
    parts: Mapping[str, etree._Element]
    """The covered elements by the name of their part, e.g. ``body``."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One reference and the digest that was computed for it."""

    reference: Reference
    node: etree._Element
    computed: str

    @property
    def right(self) -> bool:
        """Whether the digests agree."""
        return compare_digest(self.computed.encode(), self.reference.value.encode())

    def error(self) -> SecurityError:
        """The refusal of a digest that differs (SEC-007)."""
        finding = make(
            "SEC-007",
            line=self.reference.line,
            element=etree.QName(self.node).localname,
            found=self.reference.value,
            expected=self.computed,
            detail=f"#{self.reference.uri}",
        )
        return SecurityError(findings=(finding,))


def verify(
    root: etree._Element, profile: SigningProfile, *, trust: TrustStore, now: datetime
) -> Verified:
    """Verify the signature in the Security header of an envelope.

    Prefix lists, algorithms and the form of KeyInfo are taken from the message; the profile only
    says which parts must be covered.

    Args:
        root: Document element, through the hardened door.
        profile: Step and direction.
        trust: Whom to believe.
        now: Instant at which the certificate has to be valid.

    Raises:
        SecurityError: ``findings`` says what is wrong (SEC-001 … SEC-017).
    """
    security = only_security(root)
    signature = _single(security, SIGNATURE, "SEC-001")
    ids = unique_ids(root)
    read = read_signature(signature)
    certificate = certificate_of(read, security, ids)
    trust.check(certificate, now)
    check_value(read, certificate)
    covered = check_references(read, ids)
    parts = {
        name: checked.node
        for checked in covered
        if (name := PART_OF.get(str(checked.node.tag)))
        and locate(root, name, signature) is checked.node
    }
    missing = sorted(profile.required - parts.keys())
    if missing:
        raise refused("SEC-009", signature, ", ".join(missing), ", ".join(sorted(parts)))
    return Verified(certificate, MappingProxyType(parts))


def verify_enveloped(
    element: etree._Element, ids: Ids, *, trust: TrustStore, now: datetime
) -> Verified:
    """Verify an element that carries its own signature as a child, e.g. an assertion.

    Args:
        element: The signed element; only itself is handed on, as part ``assertion``.
        ids: Of the whole document, from ``unique_ids``.
        trust: Whom to believe.
        now: Instant at which the certificate has to be valid.

    Raises:
        SecurityError: As ``verify``.
    """
    signature = _single(element, SIGNATURE, "SEC-001")
    read = read_signature(signature)
    certificate = embedded_certificate(read)
    if certificate is None:
        raise refused("SEC-010", signature, "pas de X509Certificate")
    trust.check(certificate, now)
    check_value(read, certificate)
    covered = check_references(read, ids)
    if [checked.node for checked in covered] != [element] or not read.references[0].enveloped:
        raise refused("SEC-009", signature, "l'élément qui porte la signature", "autre chose")
    return Verified(certificate, MappingProxyType({"assertion": element}))


def only_security(root: etree._Element) -> etree._Element:
    """The one Security header of an envelope of one Header and one Body.

    Raises:
        SecurityError: There is none (SEC-001) or the envelope is ambiguous (SEC-002).
    """
    if root.tag != ENVELOPE:
        raise refused("SEC-001", root, "pas d'enveloppe SOAP 1.1")
    tags = [child.tag for child in root]
    if tags == [BODY]:
        raise refused("SEC-001", root, "pas de Header")
    if tags != [HEADER, BODY]:
        raise refused("SEC-002", root, f"{len(tags)} enfants dans l'enveloppe")
    return _single(root[0], SECURITY, "SEC-001")


def unique_ids(root: etree._Element) -> Ids:
    """Every identified element by its id.

    Raises:
        SecurityError: Two elements have the same id (SEC-003).
    """
    ids = identified(root)
    for value, nodes in ids.items():
        if len(nodes) > 1:
            raise refused("SEC-003", nodes[1], value)
    return ids


def check_references(read: SignatureRead, ids: Ids) -> tuple[Checked, ...]:
    """Compute the digest of every reference.

    Raises:
        SecurityError: A reference leads nowhere (SEC-006) or a digest differs (SEC-007).
    """
    checked = tuple(check_reference(read, reference, ids) for reference in read.references)
    for item in checked:
        if not item.right:
            raise item.error()
    return checked


def check_value(read: SignatureRead, certificate: x509.Certificate) -> None:
    """Check the signature value over SignedInfo.

    Raises:
        SecurityError: The certificate's key did not sign these octets (SEC-008).
    """
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise refused("SEC-010", read.element, "une clé qui n'est pas RSA")
    octets = canonical(read.info, read.prefixes)
    try:
        key.verify(read.value, octets, padding.PKCS1v15(), HASHES[read.digest])
    except InvalidSignature:
        raise refused("SEC-008", read.element, subject(certificate)) from None


def check_reference(read: SignatureRead, reference: Reference, ids: Ids) -> Checked:
    """Compute the digest of one reference, right or not.

    Raises:
        SecurityError: It leads nowhere (SEC-006).
    """
    node, octets = referenced(read, reference, ids)
    return Checked(reference, node, digest(octets, reference.digest))


def referenced(read: SignatureRead, reference: Reference, ids: Ids) -> tuple[etree._Element, bytes]:
    """The element that a reference leads to, and its canonical octets.

    Raises:
        SecurityError: It leads nowhere (SEC-006).
    """
    nodes = ids.get(reference.uri, [])
    if not nodes:
        raise refused("SEC-006", read.element, f"#{reference.uri}")
    node = nodes[0]
    if not reference.enveloped:
        return node, canonical(node, reference.prefixes)
    if read.element.getparent() is node:
        return node, _without(read.element, reference.prefixes)
    raise refused("SEC-006", read.element, f"#{reference.uri} ne contient pas la signature")


def _without(signature: etree._Element, prefixes: tuple[str, ...]) -> bytes:
    """The canonical octets of the parent without the signature; the tree is left alone.

    A copy of the whole document is written and read: lxml renames prefixes of what is taken out of
    a tree and put back, and a part that was verified must stay what it was.
    """
    twin = _twin(signature)
    parent = twin.getparent()
    assert parent is not None
    before, tail = twin.getprevious(), twin.tail or ""
    parent.remove(twin)
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    return canonical(parent, prefixes)


def _twin(node: etree._Element) -> etree._Element:
    """The element at the same place in a copy of its document."""
    steps: list[int] = []
    while (parent := node.getparent()) is not None:
        steps.append(parent.index(node))
        node = parent
    found = intake.read(etree.tostring(node, encoding="UTF-8")).root
    for step in reversed(steps):
        found = found[step]
    return found


def _single(parent: etree._Element, name: str, absent: str) -> etree._Element:
    found = list(parent.iterchildren(name))
    if len(found) == 1:
        return found[0]
    local = name.rpartition("}")[2]
    if not found:
        raise refused(absent, parent, f"pas de {local}")
    raise refused("SEC-002", found[1], f"{len(found)} {local}")
