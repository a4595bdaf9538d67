"""The folder of test keys: made on first use, then read; every file readable by its owner only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from memhon.catalogue import load
from memhon.errors import SecurityError
from memhon.findings import make
from memhon.security.authority import PRACTITIONER_BITS, Authority, Defect
from memhon.security.chains import TrustStore
from memhon.security.keys import KeyPair, load_certificate, load_pair

IDENTITY_PROVIDER = "identite"
MYSECU = "mysecu"
PLATFORM = "plateforme"
"""The pair of the exchange platform: signs the JWT of its callers, and what it hands over."""
TLS = "tls"
"""The pair of the server's TLS; it signs nothing."""
_AUTHORITY, _FOREIGN = "authority", "foreign-authority"
_PASSWORD, _REVOKED = "password.txt", "revoked.txt"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A pair in the folder, without its key."""

    path: Path
    """The PEM file; the PKCS#12 file of the same name ends in ``.p12``."""
    certificate: x509.Certificate
    revoked: bool
    """Whether the authority took the certificate back."""


class Pki:
    """Keys of the test authority, of services and of fictitious practitioners.

    Args:
        folder: Where they lie; made when the first key is asked for.
        bits: Length of practitioners' keys.
    """

    def __init__(self, folder: Path, *, bits: int = PRACTITIONER_BITS) -> None:
        self.folder = folder
        self._bits = bits

    @cached_property
    def authority(self) -> Authority:
        """The authority that sandbox and client believe.

        Raises:
            SecurityError: The folder cannot be written or its files be read (SEC-080, SEC-083).
        """
        return self._authority(_AUTHORITY)

    @property
    def authority_file(self) -> Path:
        """The authority's certificate alone, PEM, for programs that have to trust it."""
        file = self.folder / f"{_AUTHORITY}.crt"
        if not file.is_file():
            data = self.authority.pair.certificate.public_bytes(Encoding.PEM)
            self._write(file, data)
        return file

    def practitioner(self, provider_id: str, defect: Defect = Defect.NONE) -> KeyPair:
        """The pair of a fictitious practitioner of the catalogue, e.g. ``demo-1``.

        Raises:
            SecurityError: As ``authority``.
            StopIteration: There is no such provider.
        """
        provider = load().provider(provider_id)

        def make() -> KeyPair:
            return self._issuer(defect).practitioner(provider, defect, bits=self._bits)

        return self._kept(provider_id, make, defect)

    def service(self, name: str, defect: Defect = Defect.NONE) -> KeyPair:
        """The pair of a service of the sandbox.

        Raises:
            SecurityError: As ``authority``.
        """
        return self._kept(name, lambda: self._issuer(defect).service(name, defect), defect)

    def file(self, name: str, defect: Defect = Defect.NONE) -> Path:
        """The PEM file of a pair; the PKCS#12 file beside it ends in ``.p12``."""
        suffix = "" if defect is Defect.NONE else f"-{defect}"
        return self.folder / f"{name}{suffix}.pem"

    @property
    def password_file(self) -> Path:
        """Holds what protects the PKCS#12 files."""
        return self.folder / _PASSWORD

    def inventory(self) -> tuple[KeyFile, ...]:
        """The pairs that lie in the folder, by name; none is made, no key is handed on.

        Raises:
            SecurityError: A file of the folder holds no certificate (SEC-080).
        """
        revoked = self._revoked()
        files = sorted(self.folder.glob("*.pem"))
        found = [(file, load_certificate(file)) for file in files]
        return tuple(
            KeyFile(file, certificate, certificate.serial_number in revoked)
            for file, certificate in found
        )

    def trust(self) -> TrustStore:
        """Whom the sandbox and its clients believe.

        Raises:
            SecurityError: As ``authority``.
        """
        certificate = self.authority.pair.certificate
        return TrustStore([certificate], _Revoked(certificate, self.folder / _REVOKED))

    def _issuer(self, defect: Defect) -> Authority:
        return self._authority(_FOREIGN) if defect is Defect.FOREIGN else self.authority

    def _authority(self, name: str) -> Authority:
        title = "MemHon Autorité d'essai" if name == _AUTHORITY else "MemHon Autorité étrangère"
        return Authority(self._kept(name, lambda: Authority.make(title).pair, Defect.NONE))

    def _kept(self, name: str, make: Callable[[], KeyPair], defect: Defect) -> KeyPair:
        """The pair of a name; what goes with it is made from the file, whoever wrote that."""
        file = self.file(name, defect)
        if not file.is_file():
            self._write(file, _pem(make()))
        found = load_pair(file)
        if defect is Defect.REVOKED:
            self._revoke(found.certificate.serial_number)
        archive = file.with_suffix(".p12")
        if not archive.is_file():
            password = BestAvailableEncryption(self.password())
            data = pkcs12.serialize_key_and_certificates(
                file.stem.encode(), found.private_key, found.certificate, None, password
            )
            self._write(archive, data)
        return found

    def _revoke(self, serial: int) -> None:
        """Append to the list, which two processes may do at once."""
        file = self.folder / _REVOKED
        if serial in self._revoked():
            return
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with os.fdopen(os.open(file, flags, 0o600), "wb", buffering=0) as out:
                out.write(f"{serial:x}\n".encode())
        except OSError as error:
            raise _unwritable(file, error) from None

    def password(self) -> bytes:
        """What protects the PKCS#12 files; drawn once and kept beside them.

        Raises:
            SecurityError: As ``authority``.
        """
        file = self.password_file
        if not file.is_file():
            self._write(file, f"{secrets.token_urlsafe(18)}\n".encode())
        return file.read_bytes().strip()

    def _revoked(self) -> frozenset[int]:
        return _serials(self.folder / _REVOKED)

    def _write(self, file: Path, data: bytes) -> None:
        """Write at once or not at all; of two processes the first one wins."""
        fresh = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as out:
                out.write(data)
            with suppress(FileExistsError):
                os.link(fresh, file)
            fresh.unlink()
        except OSError as error:
            raise _unwritable(file, error) from None


@dataclass(frozen=True, slots=True)
class _Revoked:
    """What an authority took back, as its file says it now: a running sandbox learns of it too."""

    authority: x509.Certificate
    file: Path

    def __contains__(self, item: object) -> bool:
        issuer = self.authority.subject.rfc4514_string()
        return item in {(issuer, serial) for serial in _serials(self.file)}


def _serials(file: Path) -> frozenset[int]:
    try:
        state = file.stat()
    except FileNotFoundError:
        return frozenset()
    return _read_serials(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read_serials(file: Path, _changed: int, _size: int) -> frozenset[int]:
    return frozenset(int(line, 16) for line in file.read_text(encoding="ascii").split())


def _pem(made: KeyPair) -> bytes:
    key = made.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + made.certificate.public_bytes(Encoding.PEM)


def _unwritable(file: Path, error: OSError) -> SecurityError:
    detail = os.strerror(error.errno or 0)
    return SecurityError(findings=(make("SEC-083", found=file.name, detail=detail),))
