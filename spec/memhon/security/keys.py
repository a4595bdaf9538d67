"""Keys and certificates: read once per process, never shown, never written anywhere but in files.

Reading a private key costs some 45 ms because OpenSSL checks its consistency; a pair that was read
is kept as long as its file does not change.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12

from memhon.errors import SecurityError
from memhon.findings import make

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
SUBJECT_NAMES = {
    "2.5.4.12": "title",
    "2.5.4.4": "SN",
    "2.5.4.42": "GN",
    "2.5.4.5": "serialNumber",
    "1.2.840.113549.1.9.1": "emailAddress",
}
"""As the field writes attributes that RFC 4514 leaves without a name."""
_PKCS12 = (".p12", ".pfx")
_MOST_TEXT = 65_536
"""Characters of a certificate in a message; a longer one is not even kept."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private RSA key and its certificate."""

    private_key: rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate
    encoded: str
    """The certificate as it stands in a message: DER in base64 on one line."""

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """The RSA PKCS#1 v1.5 signature of some octets.

        Args:
            data: The octets.
            digest: ``sha256``, ``sha384`` or ``sha512``.
        """
        return self.private_key.sign(data, padding.PKCS1v15(), HASHES[digest])


def pair(private_key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> KeyPair:
    """A key and the certificate that belongs to it.

    Raises:
        SecurityError: The certificate is for another key (SEC-082).
    """
    public = certificate.public_key()
    same = isinstance(public, rsa.RSAPublicKey) and (
        public.public_numbers() == private_key.public_key().public_numbers()
    )
    if not same:
        raise SecurityError(findings=(make("SEC-082", found=subject(certificate)),))
    return KeyPair(private_key, certificate, encoded(certificate))


def load_pair(path: Path, password: bytes | None = None) -> KeyPair:
    """The pair in a PKCS#12 file (``.p12``, ``.pfx``) or a PEM file with key and certificate.

    Args:
        path: The file.
        password: What protects it; None for an unprotected one.

    Raises:
        SecurityError: The file cannot be read, holds no RSA key, or the password is wrong
            (SEC-080); key and certificate do not belong together (SEC-082).
    """
    try:
        state = path.stat()
        return _loaded(str(path), password, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise _unusable(path, os.strerror(error.errno or 0)) from None


def load_certificate(path: Path) -> x509.Certificate:
    """The first certificate of a PEM file; its key is not read.

    Raises:
        SecurityError: The file cannot be read or holds no certificate (SEC-080).
    """
    try:
        found = _first(path.read_bytes())
    except OSError as error:
        raise _unusable(path, os.strerror(error.errno or 0)) from None
    except ValueError:
        found = None
    if found is None:
        raise _unusable(path, "aucun certificat PEM")
    return found


@lru_cache(maxsize=64)
def _loaded(path: str, password: bytes | None, _changed: int, _size: int) -> KeyPair:
    file = Path(path)
    data = file.read_bytes()
    try:
        if file.suffix.lower() in _PKCS12:
            key, certificate, _ = pkcs12.load_key_and_certificates(data, password)
        else:
            key, certificate = load_pem_private_key(data, password), _first(data)
    except (ValueError, TypeError):
        # The library's own text may quote the file: it is not handed on.
        raise _unusable(file, "mot de passe absent ou faux, ou fichier d'une autre forme") from None
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        raise _unusable(file, "ni clé RSA ni certificat")
    return pair(key, certificate)


def _first(data: bytes) -> x509.Certificate | None:
    found = x509.load_pem_x509_certificates(data)
    return found[0] if found else None


def _unusable(path: Path, cause: str) -> SecurityError:
    return SecurityError(findings=(make("SEC-080", found=path.name, detail=cause),))


def encoded(certificate: x509.Certificate) -> str:
    """DER in base64 on one line."""
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode("ascii")


def subject(certificate: x509.Certificate) -> str:
    """The subject for readers, in the order of the certificate."""
    return ", ".join(
        f"{SUBJECT_NAMES.get(attribute.oid.dotted_string, attribute.rfc4514_attribute_name)}="
        f"{attribute.value!s}"
        for attribute in certificate.subject
    )


@lru_cache(maxsize=256)
def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the DER, hexadecimal: the identity of a certificate."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def read_certificate(text: str) -> x509.Certificate | None:
    """The certificate in a text of a message, or None when it is none that can be used.

    Args:
        text: Base64 of DER; line breaks and blanks are skipped.
    """
    return _read(text) if len(text) <= _MOST_TEXT else None


@lru_cache(maxsize=256)
def _read(text: str) -> x509.Certificate | None:
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
        found = x509.load_der_x509_certificate(data)
        # The library reads these only when they are asked for, and then raises what it likes.
        _ = found.extensions, found.public_key(), found.signature_hash_algorithm
        _ = subject(found), found.issuer.rfc4514_string(), found.not_valid_after_utc
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion):
        return None
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None
    return found
