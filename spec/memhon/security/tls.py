"""Mutual TLS: what a server and a client have to present, and whom they believe.

TLS always runs on the machine's time, whatever clock messages are judged by.
"""

from __future__ import annotations

import os
import secrets
import ssl
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from memhon.errors import SecurityError
from memhon.findings import make
from memhon.security.keys import KeyPair, subject


class _Telling(ssl.SSLObject):
    """Tells a client why its certificate is refused; event loops would cut off without a word."""

    _refusal: ssl.SSLCertVerificationError | None = None

    def do_handshake(self) -> None:
        """Fail one call later, when the loop has sent the alert that OpenSSL has ready."""
        if self._refusal is not None:
            raise self._refusal
        try:
            super().do_handshake()
        except ssl.SSLCertVerificationError as error:
            self._refusal = error
            raise ssl.SSLWantReadError from None


def server_context(pair: KeyPair, authorities: Iterable[x509.Certificate]) -> ssl.SSLContext:
    """For a server that asks for a client certificate and accepts only those of some authorities.

    A client without any is let in as far as the application, which can tell it why it refuses; one
    with a certificate that does not hold is cut off by TLS itself.

    Args:
        pair: Of the server.
        authorities: Who may have issued the client's certificate.

    Raises:
        SecurityError: TLS refuses the pair (SEC-080).
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_OPTIONAL
    context.sslobject_class = _Telling
    _believe(context, authorities)
    _present(context, pair)
    return context


def client_context(pair: KeyPair, authorities: Iterable[x509.Certificate] | None) -> ssl.SSLContext:
    """For a client that presents its certificate and checks that of the server and its name.

    Args:
        pair: Of the client.
        authorities: The only ones that are believed; None believes those of the machine.

    Raises:
        SecurityError: TLS refuses the pair (SEC-080).
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities is None:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    else:
        _believe(context, authorities)
    _present(context, pair)
    return context


def _believe(context: ssl.SSLContext, authorities: Iterable[x509.Certificate]) -> None:
    encoded = (authority.public_bytes(Encoding.PEM).decode("ascii") for authority in authorities)
    context.load_verify_locations(cadata="".join(encoded))


def _present(context: ssl.SSLContext, pair: KeyPair) -> None:
    """Hand the pair to OpenSSL, which reads files only: encrypted, gone as soon as it is read."""
    password = secrets.token_bytes(24)
    data = pair.private_key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)
    )
    with TemporaryDirectory(prefix="memhon-") as folder:
        file = Path(folder) / "pair.pem"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data + pair.certificate.public_bytes(Encoding.PEM))
        try:
            context.load_cert_chain(file, password=password)
        except ssl.SSLError as error:
            detail = f"TLS la refuse ({error.reason})"
            finding = make("SEC-080", found=subject(pair.certificate), detail=detail)
            raise SecurityError(findings=(finding,)) from None
