"""Step 1: the AuthnRequest to the identity provider, written and read (wire-contract §1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from memhon.security.instants import milliseconds, read
from memhon.security.names import BODY, ENVELOPE, HEADER, Space, clark
from memhon.security.refusing import refused

_ATTRIBUTE = "psEHealthID"
_UNSPECIFIED = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_X509 = "urn:oasis:names:tc:SAML:2.0:ac:classes:X509"
_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
REQUEST = clark(Space.SAML_PROTOCOL, "AuthnRequest")
_NSMAP = {
    "soapenv": Space.SOAP.value,
    "saml2": Space.SAML.value,
    "saml2p": Space.SAML_PROTOCOL.value,
    "wsse": Space.SECURITY.value,
    "wsu": Space.UTILITY.value,
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The identity values that go into the request; none of them is ever called."""

    destination: str
    issuer: str
    consumer: str
    """``AssertionConsumerServiceURL``."""


@dataclass(frozen=True, slots=True)
class AuthenticationRequest:
    """What a practitioner's software asks of the identity provider."""

    id: str
    ehealth_id: str
    """10 digits."""
    destination: str
    issuer: str
    issued: datetime | None
    """``IssueInstant``; None when it is missing or no instant."""


def authentication_envelope(
    ehealth_id: str, addresses: Addresses, *, request_id: str, now: datetime
) -> etree._Element:
    """The envelope of an AuthnRequest, to be secured.

    Args:
        ehealth_id: Of the practitioner.
        addresses: From the identity profile.
        request_id: E.g. ``saml-`` and 32 hexadecimal digits.
        now: ``IssueInstant``.
    """
    envelope = etree.Element(ENVELOPE, nsmap=_NSMAP)
    etree.SubElement(envelope, HEADER)
    body = etree.SubElement(envelope, BODY)
    attributes = {
        "AssertionConsumerServiceURL": addresses.consumer,
        "Destination": addresses.destination,
        "ID": request_id,
        "IssueInstant": milliseconds(now),
        "ProtocolBinding": _BINDING,
        "Version": "2.0",
    }
    request = etree.SubElement(body, REQUEST, attributes)
    etree.SubElement(request, _saml("Issuer")).text = addresses.issuer
    extensions = etree.SubElement(request, _protocol("Extensions"))
    named = {"Name": _ATTRIBUTE, "NameFormat": _UNSPECIFIED}
    attribute = etree.SubElement(extensions, _saml("Attribute"), named)
    etree.SubElement(attribute, _saml("AttributeValue")).text = ehealth_id
    subject = etree.SubElement(request, _saml("Subject"))
    etree.SubElement(subject, _saml("SubjectConfirmation"), Method=_BEARER)
    context = etree.SubElement(request, _protocol("RequestedAuthnContext"), Comparison="minimum")
    etree.SubElement(context, _saml("AuthnContextClassRef")).text = _X509
    return envelope


def read_authentication(body: etree._Element) -> AuthenticationRequest:
    """What a verified Body asks for.

    Stray text between the children is tolerated, as the field sends it.

    Raises:
        SecurityError: It holds no AuthnRequest that names one eHealthID (SEC-060).
    """
    requests = body.findall(REQUEST)
    if len(requests) != 1 or len(body) != 1:
        raise refused("SEC-060", body, f"{len(requests)} AuthnRequest")
    request = requests[0]
    path = f"{_protocol('Extensions')}/{_saml('Attribute')}[@Name='{_ATTRIBUTE}']"
    values = [
        (value.text or "").strip()
        for attribute in request.findall(path)
        for value in attribute.findall(_saml("AttributeValue"))
    ]
    request_id = request.get("ID") or ""
    if len(values) != 1 or not values[0] or not request_id:
        raise refused("SEC-060", request, f"{len(values)} {_ATTRIBUTE}, ID « {request_id} »")
    return AuthenticationRequest(
        id=request_id,
        ehealth_id=values[0],
        destination=request.get("Destination") or "",
        issuer=(request.findtext(_saml("Issuer")) or "").strip(),
        issued=read(request.get("IssueInstant")),
    )


def _saml(local: str) -> str:
    return clark(Space.SAML, local)


def _protocol(local: str) -> str:
    return clark(Space.SAML_PROTOCOL, local)
