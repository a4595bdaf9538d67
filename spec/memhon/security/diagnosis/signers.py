"""The certificates that may have signed: the one that is named, those beside it, those known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography import x509
from lxml import etree

from memhon.security.diagnosis.lenient import SignatureWritten
from memhon.security.keys import fingerprint, read_certificate
from memhon.security.names import (
    BINARY_TOKEN,
    REFERENCE_TO,
    TOKEN_REFERENCE,
    WSU_ID,
    X509_CERTIFICATE,
    X509_DATA,
)

_MOST = 64
_LEAST = 200
"""Characters of the shortest text that may be a certificate."""


@dataclass(frozen=True, slots=True)
class Signers:
    """Certificates of one signature."""

    named: x509.Certificate | None
    """The one that the signature names."""
    others: tuple[x509.Certificate, ...]
    """Every other one in the message, then those known."""


def signers_of(
    written: SignatureWritten, root: etree._Element, known: Sequence[x509.Certificate]
) -> Signers:
    """The certificates that may have signed.

    Args:
        written: The signature.
        root: Document element.
        known: Further certificates.
    """
    named = _named(written, root)
    seen = {fingerprint(named)} if named else set()
    others = []
    for certificate in (*_inside(root), *known):
        mark = fingerprint(certificate)
        if mark not in seen and len(seen) < _MOST:
            seen.add(mark)
            others.append(certificate)
    return Signers(named, tuple(others))


def _named(written: SignatureWritten, root: etree._Element) -> x509.Certificate | None:
    if written.key_info is not None:
        embedded = written.key_info.find(f"{X509_DATA}/{X509_CERTIFICATE}")
        if embedded is not None:
            return read_certificate(embedded.text or "")
        referred = written.key_info.find(f"{TOKEN_REFERENCE}/{REFERENCE_TO}")
        uri = "" if referred is None else (referred.get("URI") or "").removeprefix("#")
        for token in root.iter(BINARY_TOKEN):
            if uri and uri in (token.get(WSU_ID), token.get("Id")):
                return read_certificate(token.text or "")
    return None


def _inside(root: etree._Element) -> Iterable[x509.Certificate]:
    for node in root.iter(BINARY_TOKEN, X509_CERTIFICATE, "{*}AttributeValue"):
        text = node.text or ""
        found = read_certificate(text) if len(text) > _LEAST else None
        if found is not None:
            yield found
