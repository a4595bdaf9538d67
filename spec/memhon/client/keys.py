"""With what a client signs, for whom it speaks and whom it believes."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from memhon.catalogue import load
from memhon.client.guard import is_loopback
from memhon.home import pki_path
from memhon.security import (
    IDENTITY_PROVIDER,
    MYSECU,
    PLATFORM,
    KeyPair,
    Pki,
    TrustStore,
    Username,
    client_context,
    fingerprint,
    load_pair,
)


@dataclass(frozen=True, slots=True)
class ClientKeys:
    """The keys of one practitioner, or of a system, and the certificates of the services."""

    pair: KeyPair
    """Key and certificate of who signs."""
    ehealth_id: str
    """10 digits; the certificate tells the same. Empty for a system."""
    space: str
    """Provider code of the mySecu space, 8 digits. Empty for a system."""
    trust: TrustStore
    """The authorities that are believed."""
    identity_provider: str
    """SHA-256 of the certificate that may sign assertions, hexadecimal."""
    mysecu: str
    """SHA-256 of the certificate that may sign tokens and answers, hexadecimal."""
    account: Username | None = None
    """System account with which a token is asked for; without one, an assertion is."""

    def tls(self, host: str) -> ssl.SSLContext:
        """What to present to a host over HTTPS, and whom to believe there.

        On this machine only the authority of these keys is believed, elsewhere those of the
        machine.

        Args:
            host: Name or address.

        Raises:
            SecurityError: TLS refuses the pair.
        """
        return client_context(self.pair, self.trust.authorities if is_loopback(host) else None)

    @classmethod
    def of_sandbox(cls, folder: Path | None = None, practitioner: str = "demo-1") -> ClientKeys:
        """The test keys of a fictitious practitioner; made when they are not there yet.

        Args:
            folder: Of the test authority; that of the sandbox by default.
            practitioner: Id of a provider of the catalogue.

        Raises:
            SecurityError: The folder cannot be read or written.
        """
        pki = Pki(folder or pki_path())
        return cls._of(pki, pki.practitioner(practitioner), practitioner)

    @classmethod
    def of_platform(cls, folder: Path | None = None) -> ClientKeys:
        """The test keys of the exchange platform, with the system account of the sandbox.

        Args:
            folder: Of the test authority; that of the sandbox by default.

        Raises:
            SecurityError: The folder cannot be read or written.
        """
        pki, settings = Pki(folder or pki_path()), load().settings
        account = Username(str(settings["account_name"]), str(settings["account_password"]))
        return cls._with(pki, pki.service(PLATFORM), account=account)

    @classmethod
    def of_file(
        cls,
        file: Path,
        folder: Path | None = None,
        practitioner: str = "demo-1",
        password: bytes | None = None,
    ) -> ClientKeys:
        """A pair from a file, for the services of a sandbox.

        Args:
            file: PKCS#12 or PEM.
            folder: Of the test authority that the sandbox uses; its default one otherwise.
            practitioner: Id of the provider whose eHealthID and space are named.
            password: What protects the file.

        Raises:
            SecurityError: The file cannot be used.
        """
        return cls._of(Pki(folder or pki_path()), load_pair(file, password), practitioner)

    @classmethod
    def _of(cls, pki: Pki, pair: KeyPair, practitioner: str) -> ClientKeys:
        provider = load().provider(practitioner)
        return cls._with(pki, pair, ehealth_id=provider.ehealth_id, space=provider.code)

    @classmethod
    def _with(
        cls,
        pki: Pki,
        pair: KeyPair,
        *,
        ehealth_id: str = "",
        space: str = "",
        account: Username | None = None,
    ) -> ClientKeys:
        return cls(
            pair=pair,
            ehealth_id=ehealth_id,
            space=space,
            account=account,
            trust=pki.trust(),
            identity_provider=fingerprint(pki.service(IDENTITY_PROVIDER).certificate),
            mysecu=fingerprint(pki.service(MYSECU).certificate),
        )
