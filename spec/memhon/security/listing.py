"""Every signature of a document, laid open and judged one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from lxml import etree

from memhon import intake
from memhon.catalogue import SigningProfile, load
from memhon.errors import SecurityError
from memhon.findings import Finding, make
from memhon.security.certificates import Ids, certificate_of
from memhon.security.chains import TrustStore
from memhon.security.keys import subject
from memhon.security.names import ASSERTION, BODY, ENVELOPE, SECURITY, SIGNATURE, USERNAME_TOKEN
from memhon.security.parts import identified
from memhon.security.reading import Reference, SignatureRead, read_signature
from memhon.security.verifying import check_reference, check_value, verify, verify_enveloped

PROFILES = {
    "AuthnRequest": "authentication-request",
    "RequestSecurityToken": "token-request-saml",
    "RequestInfo": "exchange-request-pid",
    "ResponseInfo": "service-response",
    "RequestSecurityTokenResponse": "service-response",
    "Fault": "service-response",
}
"""Signing profile by the name of what the Body holds."""


@dataclass(frozen=True, slots=True)
class ListedReference:
    """One reference: what is written, what was computed."""

    reference: Reference
    element: str
    """Local name of the element it leads to; empty when it leads nowhere."""
    computed: str
    """Digest of the element; empty when it could not be computed."""
    finding: Finding | None
    """What is wrong with it."""


@dataclass(frozen=True, slots=True)
class ListedSignature:
    """One ``ds:Signature`` of a document."""

    xpath: str
    line: int
    signer: str
    """Subject of the certificate; empty when there is none."""
    prefixes: tuple[str, ...]
    """``PrefixList`` of SignedInfo."""
    references: tuple[ListedReference, ...]
    findings: tuple[Finding, ...]
    """What is wrong with the signature, its references included; empty: it is right."""


def list_signatures(
    data: bytes, *, trust: TrustStore | None, now: datetime
) -> tuple[ListedSignature, ...]:
    """Lay every signature of a document open.

    Args:
        data: The document as received.
        trust: Whom to believe; None skips chain, dates and profile, and only the arithmetic and the
            certificate in the message count.
        now: Instant at which certificates have to be valid.

    Raises:
        MessageError: The document is no XML that the door lets in.
    """
    root = intake.read(data).root
    ids = identified(root)
    return tuple(_listed(root, node, ids, trust, now) for node in root.iter(SIGNATURE))


def _listed(
    root: etree._Element,
    signature: etree._Element,
    ids: Ids,
    trust: TrustStore | None,
    now: datetime,
) -> ListedSignature:
    xpath = root.getroottree().getpath(signature)
    line = signature.sourceline or 0
    try:
        read = read_signature(signature)
    except SecurityError as error:
        return ListedSignature(xpath, line, "", (), (), _findings(error))
    references = tuple(_reference(read, reference, ids) for reference in read.references)
    found = [item.finding for item in references if item.finding]
    found += _doubles(read, ids)
    certificate = None
    try:
        certificate = certificate_of(read, _security(signature), ids)
        check_value(read, certificate)
    except SecurityError as error:
        found += _findings(error)
    if not found and trust is not None:
        found += _judged(root, signature, ids, trust, now)
    return ListedSignature(xpath, line, _name(certificate), read.prefixes, references, tuple(found))


def _reference(read: SignatureRead, reference: Reference, ids: Ids) -> ListedReference:
    try:
        checked = check_reference(read, reference, ids)
    except SecurityError as error:
        return ListedReference(reference, "", "", _findings(error)[0])
    finding = None if checked.right else _findings(checked.error())[0]
    name = etree.QName(checked.node).localname
    return ListedReference(reference, name, checked.computed, finding)


def _doubles(read: SignatureRead, ids: Ids) -> Iterator[Finding]:
    for reference in read.references:
        nodes = ids.get(reference.uri, [])
        if len(nodes) > 1:
            yield make("SEC-003", line=nodes[1].sourceline, found=reference.uri)


def _judged(
    root: etree._Element,
    signature: etree._Element,
    ids: Ids,
    trust: TrustStore,
    now: datetime,
) -> tuple[Finding, ...]:
    """Chain, dates and profile of a signature whose arithmetic is right."""
    parent = signature.getparent()
    try:
        if parent is not None and parent.tag == ASSERTION:
            verify_enveloped(parent, ids, trust=trust, now=now)
        elif (profile := profile_of(root)) is not None:
            verify(root, profile, trust=trust, now=now)
        else:
            found = "ni étape ni assertion connue"
            return (make("SEC-001", line=signature.sourceline, found=found),)
    except SecurityError as error:
        return _findings(error)
    return ()


def profile_of(root: etree._Element) -> SigningProfile | None:
    """The signing profile of an envelope, by what its Body holds; None when it is none known."""
    body = root.find(BODY) if root.tag == ENVELOPE else None
    content = None if body is None else next(body.iterchildren(etree.Element), None)
    if content is None:
        return None
    name = PROFILES.get(etree.QName(content).localname)
    if name == "token-request-saml" and root.find(f".//{SECURITY}/{USERNAME_TOKEN}") is not None:
        name = "token-request-username"
    return load().signing[name] if name else None


def _security(signature: etree._Element) -> etree._Element | None:
    parent = signature.getparent()
    return parent if parent is not None and parent.tag == SECURITY else None


def _name(certificate: x509.Certificate | None) -> str:
    return "" if certificate is None else subject(certificate)


def _findings(error: SecurityError) -> tuple[Finding, ...]:
    return tuple(finding for finding in error.findings if isinstance(finding, Finding))
