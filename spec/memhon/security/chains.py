"""Who may be believed: authorities, dates, usage and revocation of a certificate."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from memhon.errors import SecurityError
from memhon.findings import make
from memhon.security.keys import fingerprint, subject


@dataclass(frozen=True, slots=True)
class _Sound:
    """What is asked of a certificate each time: reading it anew costs more than the signature."""

    start: datetime
    end: datetime
    name: tuple[str, int]
    """Issuer and serial number, as a revocation names it."""

    @classmethod
    def of(cls, certificate: x509.Certificate) -> _Sound:
        """The facts of a certificate."""
        name = certificate.issuer.rfc4514_string(), certificate.serial_number
        return cls(certificate.not_valid_before_utc, certificate.not_valid_after_utc, name)


class TrustStore:
    """The authorities that are believed, found by name: their number costs no time.

    Args:
        authorities: Certificates of authorities.
        revoked: Issuer name (RFC 4514) and serial number of certificates taken back.
    """

    def __init__(
        self,
        authorities: Iterable[x509.Certificate],
        revoked: Container[tuple[str, int]] = (),
    ) -> None:
        self._authorities: dict[bytes, list[x509.Certificate]] = {}
        for authority in authorities:
            name = authority.subject.public_bytes()
            self._authorities.setdefault(name, []).append(authority)
        self._revoked = revoked
        self._sound: dict[str, _Sound] = {}

    @property
    def authorities(self) -> tuple[x509.Certificate, ...]:
        """The certificates of the authorities."""
        return tuple(one for same in self._authorities.values() for one in same)

    def check(self, certificate: x509.Certificate, now: datetime) -> None:
        """Accept a certificate that signs messages.

        Args:
            certificate: Of the signer.
            now: Instant at which it has to be valid, with its zone.

        Raises:
            SecurityError: Unknown issuer (SEC-011), outside its dates (SEC-012), revoked (SEC-013)
                or not made for signatures (SEC-014).
        """
        mark = fingerprint(certificate)
        sound = self._sound.get(mark)
        if sound is None:
            self._check_issuer(certificate)
            sound = _Sound.of(certificate)
        if not sound.start <= now <= sound.end:
            dates = f"du {sound.start:%Y-%m-%d %H:%M} au {sound.end:%Y-%m-%d %H:%M} UTC"
            raise _refused("SEC-012", certificate, dates)
        if sound.name in self._revoked:
            raise _refused("SEC-013", certificate, f"série {sound.name[1]:x}")
        if mark not in self._sound:
            _check_usage(certificate)
            self._sound[mark] = sound

    def _check_issuer(self, certificate: x509.Certificate) -> None:
        issuers = self._authorities.get(certificate.issuer.public_bytes(), ())
        if not any(_issued_by(certificate, issuer) for issuer in issuers):
            raise _refused("SEC-011", certificate, certificate.issuer.rfc4514_string())


def _issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _check_usage(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise _refused("SEC-014", certificate, "ni digitalSignature ni nonRepudiation")


def _refused(finding_id: str, certificate: x509.Certificate, detail: str) -> SecurityError:
    return SecurityError(findings=(make(finding_id, found=subject(certificate), detail=detail),))
