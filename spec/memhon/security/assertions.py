"""The SAML 2.0 assertion: issued by the identity provider, read by the token service (§1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from lxml import etree

from memhon.security import keys
from memhon.security.instants import read, seconds
from memhon.security.keys import KeyPair, encoded, read_certificate
from memhon.security.names import ASSERTION, BODY, ENVELOPE, Space, clark
from memhon.security.refusing import refused
from memhon.security.signing import enveloped_signature

LIFE = timedelta(seconds=60)
"""From NotBefore to NotOnOrAfter; NotBefore is one second before the issue (§1.4)."""
RESPONSE = clark(Space.SAML_PROTOCOL, "Response")
_SUBJECT_NAME = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_FORMAT = "urn:vordel:attribute:1.0"
_NSMAP = {"saml": Space.SAML.value}


@dataclass(frozen=True, slots=True)
class Holder:
    """The practitioner that an assertion speaks of."""

    certificate: x509.Certificate
    matricule: str = field(repr=False)
    """13 digits, of the practitioner in person."""
    ehealth_id: str
    """10 digits."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a verified assertion says."""

    id: str
    issuer: str
    not_before: datetime
    not_on_or_after: datetime
    holder: Holder


def assertion_envelope(
    holder: Holder,
    *,
    issuer: str,
    key: KeyPair,
    assertion_id: str,
    response_id: str,
    now: datetime,
) -> etree._Element:
    """The answer of the identity provider with one signed assertion.

    Args:
        holder: Of whom it speaks.
        issuer: URL of the realm; written as the value of an X.509 subject name, as observed.
        key: Of the identity provider.
        assertion_id: ``Id-`` and 24 hexadecimal digits and ``-2``.
        response_id: Id of the response.
        now: ``IssueInstant``.
    """
    nsmap = {"SOAP-ENV": Space.SOAP.value}
    envelope = etree.Element(ENVELOPE, nsmap=nsmap)
    body = etree.SubElement(envelope, BODY)
    attributes = {"ID": response_id, "IssueInstant": seconds(now), "Version": "2.0"}
    protocol = {"samlp": Space.SAML_PROTOCOL.value}
    response = etree.SubElement(body, RESPONSE, attributes, nsmap=protocol)
    status = etree.SubElement(response, clark(Space.SAML_PROTOCOL, "Status"))
    etree.SubElement(status, clark(Space.SAML_PROTOCOL, "StatusCode"), Value=_SUCCESS)
    assertion = _assertion(holder, issuer, assertion_id, now)
    response.append(assertion)
    enveloped_signature(assertion, key, place=1)
    return envelope


def read_response(envelope: etree._Element) -> etree._Element:
    """The assertion in an answer of the identity provider, not verified yet.

    Raises:
        SecurityError: The answer does not hold exactly one (SEC-033).
    """
    found = envelope.findall(f"{BODY}/{RESPONSE}/{ASSERTION}")
    if len(found) != 1:
        raise refused("SEC-033", envelope, f"{len(found)} Assertion")
    return found[0]


def read_assertion(element: etree._Element) -> Assertion:
    """What a verified assertion says.

    Raises:
        SecurityError: Conditions or attributes are missing or unreadable (SEC-033).
    """
    conditions = element.find(_saml("Conditions"))
    if conditions is None:
        raise refused("SEC-033", element, "pas de Conditions")
    start, end = read(conditions.get("NotBefore")), read(conditions.get("NotOnOrAfter"))
    values = _attributes(element)
    certificate = read_certificate(values.get("userCertificate", ""))
    ehealth_id = values.get("psEHealthID", "")
    if start is None or end is None or certificate is None or not ehealth_id:
        raise refused("SEC-033", element, "dates, userCertificate ou psEHealthID")
    return Assertion(
        id=element.get("ID") or "",
        issuer=(element.findtext(_saml("Issuer")) or "").strip(),
        not_before=start,
        not_on_or_after=end,
        holder=Holder(certificate, values.get("psMatricule", ""), ehealth_id),
    )


def _assertion(holder: Holder, issuer: str, assertion_id: str, now: datetime) -> etree._Element:
    attributes = {"ID": assertion_id, "IssueInstant": seconds(now), "Version": "2.0"}
    assertion = etree.Element(ASSERTION, attributes, nsmap=_NSMAP)
    etree.SubElement(assertion, _saml("Issuer"), Format=_SUBJECT_NAME).text = issuer
    subject = etree.SubElement(assertion, _saml("Subject"))
    name = etree.SubElement(subject, _saml("NameID"), Format=_SUBJECT_NAME)
    name.text = keys.subject(holder.certificate)
    etree.SubElement(subject, _saml("SubjectConfirmation"), Method=_BEARER)
    start = now - timedelta(seconds=1)
    dates = {"NotBefore": seconds(start), "NotOnOrAfter": seconds(start + LIFE)}
    etree.SubElement(assertion, _saml("Conditions"), dates)
    statement = etree.SubElement(assertion, _saml("AttributeStatement"))
    values = {
        "userCertificate": encoded(holder.certificate),
        "psMatricule": holder.matricule,
        "psEHealthID": holder.ehealth_id,
    }
    for attribute, value in values.items():
        named = {"Name": attribute, "NameFormat": _FORMAT}
        node = etree.SubElement(statement, _saml("Attribute"), named)
        etree.SubElement(node, _saml("AttributeValue")).text = value
    return assertion


def _attributes(element: etree._Element) -> dict[str, str]:
    path = f"{_saml('AttributeStatement')}/{_saml('Attribute')}"
    return {
        node.get("Name") or "": (node.findtext(_saml("AttributeValue")) or "").strip()
        for node in element.findall(path)
    }


def _saml(local: str) -> str:
    return clark(Space.SAML, local)
