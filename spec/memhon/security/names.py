"""URIs of WS-Security, XML Signature, WS-Trust and SAML, to the letter of the wire."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"


class Space(StrEnum):
    """Namespaces."""

    ADDRESSING = "http://www.w3.org/2005/08/addressing"
    AUTHORIZATION = "http://schemas.xmlsoap.org/ws/2006/12/authorization"
    ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#"
    EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
    POLICY = "http://schemas.xmlsoap.org/ws/2004/09/policy"
    SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
    SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
    SECURITY = f"{_WSS}-wssecurity-secext-1.0.xsd"
    SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
    SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
    SYNC = "http://ws.mysecu.lu/generic/sync"
    TRUST = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
    UTILITY = f"{_WSS}-wssecurity-utility-1.0.xsd"


class Algorithm(StrEnum):
    """Algorithms of XML Signature."""

    ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
    RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    RSA_SHA384 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
    RSA_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
    SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
    SHA384 = "http://www.w3.org/2001/04/xmldsig-more#sha384"
    SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512"


class ValueType(StrEnum):
    """What a BinarySecurityToken holds."""

    CERTIFICATE = f"{_WSS}-x509-token-profile-1.0#X509v3"
    CERTIFICATE_MISSPELT = f"{_WSS}-x509-tokenprofile-1.0#X509v3"
    """Without the second hyphen, as observed in steps 1 and 2; accepted by the real servers."""
    MYSECU = "http://ws.mySecu.lu/trust/token/bst"


BASE64 = f"{_WSS}-soap-message-security-1.0#Base64Binary"
"""``EncodingType`` of a BinarySecurityToken and of a Nonce."""
PASSWORD_TEXT = f"{_WSS}-username-token-profile-1.0#PasswordText"

DIGESTS = MappingProxyType(
    {Algorithm.SHA256: "sha256", Algorithm.SHA384: "sha384", Algorithm.SHA512: "sha512"}
)
"""Digest URIs that are accepted, and hashlib's names."""
SIGNATURES = MappingProxyType(
    {
        Algorithm.RSA_SHA256: "sha256",
        Algorithm.RSA_SHA384: "sha384",
        Algorithm.RSA_SHA512: "sha512",
    }
)
"""Signature URIs that are accepted, and the names of their digests; no HMAC, no SHA-1."""

PREFIXES = MappingProxyType(
    {
        "auth": Space.AUTHORIZATION,
        "ds": Space.SIGNATURE,
        "ec": Space.EXCLUSIVE,
        "ns": Space.TRUST,
        "saml2": Space.SAML,
        "saml2p": Space.SAML_PROTOCOL,
        "soapenv": Space.SOAP,
        "sync": Space.SYNC,
        "wsa": Space.ADDRESSING,
        "wsp": Space.POLICY,
        "wsse": Space.SECURITY,
        "wsu": Space.UTILITY,
    }
)
"""The prefixes with which the field writes requests."""


def clark(space: Space, local: str) -> str:
    """A name in Clark notation."""
    return f"{{{space.value}}}{local}"


WSU_ID = clark(Space.UTILITY, "Id")
HEADER = clark(Space.SOAP, "Header")
BODY = clark(Space.SOAP, "Body")
ENVELOPE = clark(Space.SOAP, "Envelope")
SECURITY = clark(Space.SECURITY, "Security")
BINARY_TOKEN = clark(Space.SECURITY, "BinarySecurityToken")
TOKEN_REFERENCE = clark(Space.SECURITY, "SecurityTokenReference")
REFERENCE_TO = clark(Space.SECURITY, "Reference")
USERNAME_TOKEN = clark(Space.SECURITY, "UsernameToken")
TIMESTAMP = clark(Space.UTILITY, "Timestamp")
ASSERTION = clark(Space.SAML, "Assertion")
SIGNATURE = clark(Space.SIGNATURE, "Signature")
SIGNED_INFO = clark(Space.SIGNATURE, "SignedInfo")
CANONICALIZATION = clark(Space.SIGNATURE, "CanonicalizationMethod")
SIGNATURE_METHOD = clark(Space.SIGNATURE, "SignatureMethod")
REFERENCE = clark(Space.SIGNATURE, "Reference")
TRANSFORMS = clark(Space.SIGNATURE, "Transforms")
TRANSFORM = clark(Space.SIGNATURE, "Transform")
DIGEST_METHOD = clark(Space.SIGNATURE, "DigestMethod")
DIGEST_VALUE = clark(Space.SIGNATURE, "DigestValue")
SIGNATURE_VALUE = clark(Space.SIGNATURE, "SignatureValue")
KEY_INFO = clark(Space.SIGNATURE, "KeyInfo")
X509_DATA = clark(Space.SIGNATURE, "X509Data")
X509_CERTIFICATE = clark(Space.SIGNATURE, "X509Certificate")
INCLUSIVE = clark(Space.EXCLUSIVE, "InclusiveNamespaces")
