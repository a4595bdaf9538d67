"""The test authority: makes every key and certificate of the sandbox; nothing of it is real."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from memhon.catalogue import Provider
from memhon.security.keys import KeyPair, pair

PRACTITIONER_BITS = 4096
"""As observed (wire-contract §1.4)."""
SERVICE_BITS = 2048
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_LAST = datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)
_EXPONENT = 65537
_EMAIL = ObjectIdentifier("1.2.840.113549.1.9.1")
_HASH = hashes.SHA256()


class Defect(StrEnum):
    """What can be wrong with a certificate made on request."""

    NONE = "none"
    EXPIRED = "expired"
    FUTURE = "future"
    REVOKED = "revoked"
    WRONG_USAGE = "wrong-usage"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Authority:
    """A key that issues certificates."""

    pair: KeyPair

    @classmethod
    def make(cls, name: str = "MemHon Autorité d'essai") -> Authority:
        """A new authority, valid from 2020 to 2049."""
        key = rsa.generate_private_key(_EXPONENT, SERVICE_BITS)
        subject = _name([(NameOID.COMMON_NAME, name), *_OWNER])
        builder = _builder(subject, subject, key, _FIRST, _LAST)
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        builder = builder.add_extension(_usage(authority=True), critical=True)
        builder = _identified(builder, key, key.public_key())
        return cls(pair(key, builder.sign(key, _HASH)))

    def practitioner(
        self, provider: Provider, defect: Defect = Defect.NONE, *, bits: int = PRACTITIONER_BITS
    ) -> KeyPair:
        """Key and certificate of a fictitious practitioner, its subject in the observed order.

        Args:
            provider: Of the catalogue's demo data.
            defect: What shall be wrong; a foreign authority is another ``Authority``.
            bits: Length of the RSA key.
        """
        name = f"{provider.prenom} {provider.nom}"
        subject = _name(
            [
                (NameOID.COUNTRY_NAME, "LU"),
                (NameOID.TITLE, "PS-001"),
                (NameOID.SURNAME, provider.nom),
                (NameOID.GIVEN_NAME, provider.prenom),
                (NameOID.SERIAL_NUMBER, provider.ehealth_id),
                (NameOID.COMMON_NAME, name),
                (_EMAIL, f"{provider.id}@example.invalid"),
            ]
        )
        return self._issue(subject, bits, defect)

    def service(self, name: str, defect: Defect = Defect.NONE) -> KeyPair:
        """Key and certificate of a service on the loopback address.

        Args:
            name: What it is, e.g. ``mysecu``.
            defect: What shall be wrong.
        """
        subject = _name([(NameOID.COMMON_NAME, f"{name}.memhon.invalid"), *_OWNER])
        return self._issue(subject, SERVICE_BITS, defect, loopback=True)

    def _issue(
        self, subject: x509.Name, bits: int, defect: Defect, *, loopback: bool = False
    ) -> KeyPair:
        key = rsa.generate_private_key(_EXPONENT, bits)
        issuer = self.pair.certificate.subject
        builder = _builder(subject, issuer, key, *_dates(defect))
        signs = defect is not Defect.WRONG_USAGE
        builder = builder.add_extension(_usage(signs=signs), critical=True)
        purposes = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        builder = _identified(builder, key, self.pair.private_key.public_key())
        if loopback:
            builder = builder.add_extension(_loopback(), critical=False)
        return pair(key, builder.sign(self.pair.private_key, _HASH))


_OWNER = [(NameOID.ORGANIZATION_NAME, "MemHon (fictif)"), (NameOID.COUNTRY_NAME, "LU")]


def _name(attributes: list[tuple[ObjectIdentifier, str]]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


def _dates(defect: Defect) -> tuple[datetime, datetime]:
    if defect is Defect.EXPIRED:
        return _FIRST, _FIRST + timedelta(days=1)
    if defect is Defect.FUTURE:
        return _LAST - timedelta(days=1), _LAST
    return _FIRST, _LAST


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    first: datetime,
    last: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
    )


def _identified(
    builder: x509.CertificateBuilder, key: rsa.RSAPrivateKey, issuer: rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    """With the two key identifiers that strict TLS libraries demand."""
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = builder.add_extension(own, critical=False)
    issuing = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer)
    return builder.add_extension(issuing, critical=False)


def _usage(*, authority: bool = False, signs: bool = True) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs and not authority,
        content_commitment=signs and not authority,
        key_encipherment=not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _loopback() -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
