"""Signatures taken apart: the very octets that were hashed and signed, for whoever compares."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from memhon import intake
from memhon.security.canonical import canonical
from memhon.security.certificates import Ids, certificate_of
from memhon.security.names import SECURITY, SIGNATURE
from memhon.security.parts import identified
from memhon.security.reading import SignatureRead, read_signature
from memhon.security.verifying import referenced


@dataclass(frozen=True, slots=True)
class Digested:
    """One reference and what it covers."""

    uri: str
    """Id of the element, without ``#``."""
    element: str
    """Local name."""
    enveloped: bool
    """Whether the signature was left out of the element."""
    prefixes: tuple[str, ...]
    """``PrefixList`` of its canonicalisation."""
    octets: bytes
    """Canonical form of the element."""
    digest: str
    """``DigestValue`` as written."""


@dataclass(frozen=True, slots=True)
class Dissected:
    """One ``ds:Signature`` of a document."""

    xpath: str
    references: tuple[Digested, ...]
    prefixes: tuple[str, ...]
    """``PrefixList`` of SignedInfo."""
    signed_info: bytes
    """Canonical form of SignedInfo: what was signed."""
    value: bytes
    """The signature, decoded."""
    certificate: bytes
    """Of the signer, PEM."""


def dissect(data: bytes) -> tuple[Dissected, ...]:
    """Take every signature of a document apart; nothing is judged.

    Raises:
        MessageError: The document is no XML that the door lets in.
        SecurityError: A signature is malformed, or leads nowhere.
    """
    root = intake.read(data).root
    ids = identified(root)
    return tuple(_dissected(root, node, ids) for node in root.iter(SIGNATURE))


def _dissected(root: etree._Element, signature: etree._Element, ids: Ids) -> Dissected:
    read = read_signature(signature)
    parent = signature.getparent()
    security = parent if parent is not None and parent.tag == SECURITY else None
    return Dissected(
        xpath=root.getroottree().getpath(signature),
        references=_references(read, ids),
        prefixes=read.prefixes,
        signed_info=canonical(read.info, read.prefixes),
        value=read.value,
        certificate=certificate_of(read, security, ids).public_bytes(Encoding.PEM),
    )


def _references(read: SignatureRead, ids: Ids) -> tuple[Digested, ...]:
    found = []
    for reference in read.references:
        node, octets = referenced(read, reference, ids)
        name = etree.QName(node).localname
        found.append(
            Digested(
                reference.uri,
                name,
                reference.enveloped,
                reference.prefixes,
                octets,
                reference.value,
            )
        )
    return tuple(found)
