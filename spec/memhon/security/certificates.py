"""The signer's certificate as a message carries it, in either form of KeyInfo."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography import x509
from lxml import etree

from memhon.security.keys import fingerprint, read_certificate
from memhon.security.names import (
    BINARY_TOKEN,
    REFERENCE_TO,
    TOKEN_REFERENCE,
    X509_CERTIFICATE,
    X509_DATA,
)
from memhon.security.parts import certificate_token
from memhon.security.reading import SignatureRead
from memhon.security.refusing import refused

Ids = Mapping[str, list[etree._Element]]
"""Identified elements by id."""


def certificate_of(
    read: SignatureRead, security: etree._Element | None, ids: Ids
) -> x509.Certificate:
    """The signer's certificate, in either form of KeyInfo.

    Raises:
        SecurityError: There is none, or it is unreadable (SEC-010), or the message carries two
            different ones (SEC-017).
    """
    found = embedded_certificate(read)
    token = None if security is None else certificate_token(security)
    if found is None:
        token = _referred(read, security, ids)
        found = read_certificate(token.text or "")
    elif token is not None:
        other = read_certificate(token.text or "")
        if other is None or fingerprint(other) != fingerprint(found):
            raise refused("SEC-017", token, "KeyInfo et BinarySecurityToken diffèrent")
    if found is None:
        raise refused("SEC-010", read.element, "certificat illisible")
    return found


def embedded_certificate(read: SignatureRead) -> x509.Certificate | None:
    """The certificate in KeyInfo itself, if there is one.

    Raises:
        SecurityError: There are several, or it is unreadable (SEC-010).
    """
    if read.key_info is None:
        return None
    nodes = _grandchildren(read.key_info, X509_DATA, X509_CERTIFICATE)
    if len(nodes) > 1:
        raise refused("SEC-010", read.element, f"{len(nodes)} certificats dans KeyInfo")
    if not nodes:
        return None
    found = read_certificate(nodes[0].text or "")
    if found is None:
        raise refused("SEC-010", nodes[0], "certificat illisible")
    return found


def _referred(read: SignatureRead, security: etree._Element | None, ids: Ids) -> etree._Element:
    info = read.key_info
    nodes = [] if info is None else _grandchildren(info, TOKEN_REFERENCE, REFERENCE_TO)
    if len(nodes) != 1:
        raise refused("SEC-010", read.element, "ni certificat ni référence unique")
    uri = nodes[0].get("URI") or ""
    targets = ids.get(uri.removeprefix("#"), []) if uri.startswith("#") else []
    if not targets or targets[0].tag != BINARY_TOKEN or targets[0].getparent() is not security:
        raise refused("SEC-010", nodes[0], f"{uri or 'sans URI'} ne mène à aucun certificat")
    return targets[0]


def _grandchildren(parent: etree._Element, child: str, name: str) -> list[etree._Element]:
    return [node for middle in parent.iterchildren(child) for node in middle.iterchildren(name)]
