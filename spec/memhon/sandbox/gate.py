"""Who may call: signature, certificate, token and the connection they came over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from memhon import soap
from memhon.catalogue import load
from memhon.clock import Clock
from memhon.errors import SecurityError
from memhon.findings import make
from memhon.security import (
    KeyPair,
    TrustStore,
    Verified,
    fingerprint,
    instants,
    mysecu_token,
    only_security,
    subject,
    verify,
)
from memhon.store import IssuedToken, Store

BUSINESS_PROFILE = "exchange-request-pid"
"""Its demands hold for RA too; prefix lists and KeyInfo are read from the message."""


@dataclass(frozen=True, slots=True)
class ServiceKeys:
    """The keys of the sandbox's services, and whom they believe."""

    identity: KeyPair
    """Signs assertions."""
    mysecu: KeyPair
    """Signs tokens and answers."""
    trust: TrustStore


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a business call that was let in."""

    body: soap.Element
    """The verified Body; nothing else of the envelope may be read."""
    ehealth_id: str
    """Of the signer's certificate; empty for a system account."""
    space: str
    """Provider code of the mySecu space that the token was issued for; may be empty."""
    name: str = ""
    """Common name of the signer's certificate."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets business calls in; safe to use from several threads."""

    keys: ServiceKeys
    store: Store
    clock: Clock
    address: str
    """Address of the business endpoint, as tokens are issued for it."""

    def admit(self, root: soap.Element, peer: str | None) -> Caller:
        """Let a business call in.

        Args:
            root: Document element of the request, through the hardened door.
            peer: SHA-256 of the certificate of the TLS connection, if it has one.

        Raises:
            SecurityError: ``findings`` says what is wrong.
        """
        verified = verify(
            root, load().signing[BUSINESS_PROFILE], trust=self.keys.trust, now=self.clock.now()
        )
        same_peer(verified, peer)
        node = mysecu_token(only_security(root))
        if node is None or not (node.text or "").strip():
            raise SecurityError(findings=(make("SEC-045"),))
        token = self._token(node.text or "", verified)
        name = _named(verified, _COMMON_NAME)
        return Caller(verified.parts["body"], ehealth_id_of(verified), token.space, name)

    def _token(self, text: str, verified: Verified) -> IssuedToken:
        token = self.store.token(digest_of(text))
        if token is None:
            raise SecurityError(findings=(make("SEC-040"),))
        if token.cancelled:
            raise SecurityError(findings=(make("SEC-042"),))
        now = self.clock.now()
        if now >= token.expires_at:
            found, expected = instants.seconds(token.expires_at), instants.seconds(now)
            raise SecurityError(findings=(make("SEC-041", found=found, expected=expected),))
        if token.certificate != fingerprint(verified.certificate):
            raise SecurityError(findings=(make("SEC-043", found=subject(verified.certificate)),))
        if token.applies_to != self.address:
            finding = make("SEC-044", found=token.applies_to, expected=self.address)
            raise SecurityError(findings=(finding,))
        return token


def same_peer(verified: Verified, peer: str | None) -> None:
    """Accept a signature by the certificate of the TLS connection, where there is one.

    Raises:
        SecurityError: They differ (SEC-071).
    """
    own = fingerprint(verified.certificate)
    if peer is not None and peer != own:
        raise SecurityError(findings=(make("SEC-071", found=peer[:16], expected=own[:16]),))


def ehealth_id_of(verified: Verified) -> str:
    """The ``serialNumber`` in the subject of the signer; empty when there is none."""
    return _named(verified, _SERIAL_NUMBER)


def _named(verified: Verified, part: str) -> str:
    """The first value of a part of the signer's subject; empty when there is none."""
    for attribute in verified.certificate.subject:
        if attribute.oid.dotted_string == part:
            return str(attribute.value)
    return ""


def digest_of(token: str) -> str:
    """What the store knows a token by: SHA-256 of its text without white space."""
    return hashlib.sha256("".join(token.split()).encode()).hexdigest()


_COMMON_NAME, _SERIAL_NUMBER = "2.5.4.3", "2.5.4.5"
