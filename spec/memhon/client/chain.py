"""The steps of a call: token and signed business call; each token is used until it expires.

A practitioner shows an assertion of the identity provider to get a token, a system its account.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from memhon import intake, security, soap
from memhon.catalogue import Profile, load
from memhon.client.answer import Step
from memhon.client.keys import ClientKeys
from memhon.client.verification import believing, verified_answer
from memhon.clock import Clock
from memhon.errors import MessageError, SecurityError
from memhon.findings import make
from memhon.security import Addresses, Credentials, Token

AUTHENTICATION_STEP = "Authentification eSanté"
TOKEN_STEP = "Jeton mySecu"
MARGIN = timedelta(seconds=30)
"""A token that has less to live is renewed before it is used."""
REFUSED_TOKENS = frozenset({"SEC-040", "SEC-041", "SEC-042", "SEC-043", "SEC-044"})
"""Faults after which a kept token is good for nothing."""
_WITH_ASSERTION, _WITH_ACCOUNT = "token-request-saml", "token-request-username"

Post = Callable[[str, str, bytes], AbstractContextManager[Step]]
"""Sends bytes to a service: name of the step, name of the service, body. The answer is read in the
block."""


@dataclass(frozen=True, slots=True)
class _Kept:
    token: Token
    expires: datetime


@dataclass(frozen=True, slots=True)
class Chain:
    """Signs business calls and gets what they need first; safe to use from several threads."""

    keys: ClientKeys
    clock: Clock
    post: Post
    profile: Profile
    """Identity values that go into the messages."""
    draw: Callable[[int], str]
    """Draws that many hexadecimal digits."""
    _kept: dict[tuple[str, str], _Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """``AppliesTo`` of the tokens; a text, never called."""
        return str(self.profile.values["business_address"])

    def token(self) -> tuple[Token, tuple[Step, ...]]:
        """A token that will live a while, and the steps that were needed to get it.

        Raises:
            TransportError: A service gave no usable answer, or a fault.
            SecurityError: An answer is not signed by the service, or holds no token.
        """
        with self._lock:
            kept = self._kept.get((self.keys.space, self.address))
            if kept is not None and self.clock.now() + MARGIN < kept.expires:
                return kept.token, ()
            profile, credentials, before = self._shown()
            token, expires, last = self._issue(profile, credentials)
            self._kept[self.keys.space, self.address] = _Kept(token, expires)
            return token, (*before, last)

    def forget(self) -> None:
        """Drop the token, because the service refused it: the next call asks for another."""
        with self._lock:
            self._kept.clear()

    def signed(self, envelope: soap.Element, family: str, token: Token) -> bytes:
        """A business call as bytes, ready to be sent.

        Args:
            envelope: From ``soap.request_tree``.
            family: ``ra`` or ``pid``; their profiles differ.
            token: Of step 2.
        """
        credentials = Credentials(self.keys.pair, token=token)
        return self._secured(envelope, f"exchange-request-{family}", credentials)

    def cancel(self) -> tuple[Step, ...]:
        """Hand the token back, if there is one.

        Raises:
            TransportError, SecurityError: As ``token``.
        """
        with self._lock:
            kept = self._kept.pop((self.keys.space, self.address), None)
            if kept is None:
                return ()
            profile, credentials, before = self._shown()
            envelope = security.tokens.cancel_envelope(kept.token)
            data = self._secured(envelope, profile, credentials)
            with self.post(TOKEN_STEP, "tokens", data) as step:
                verified_answer(step, self.keys, self.clock.now())
            return *before, step

    def _shown(self) -> tuple[str, Credentials, tuple[Step, ...]]:
        """What the token service wants to see, the profile that says so, and the steps to it."""
        if self.keys.account is not None:
            return _WITH_ACCOUNT, Credentials(self.keys.pair, username=self.keys.account), ()
        assertion, step = self._assertion()
        return _WITH_ASSERTION, Credentials(self.keys.pair, assertion=assertion), (step,)

    def _assertion(self) -> tuple[soap.Element, Step]:
        values = self.profile.values
        addresses = Addresses(
            destination=str(values["saml_destination"]),
            issuer=str(values["saml_issuer"]),
            consumer=str(values["saml_assertion_consumer_service_url"]),
        )
        envelope = security.authentication.authentication_envelope(
            self.keys.ehealth_id,
            addresses,
            request_id=f"saml-{self.draw(32)}",
            now=self.clock.now(),
        )
        data = self._secured(envelope, "authentication-request", Credentials(self.keys.pair))
        with self.post(AUTHENTICATION_STEP, "identity", data) as step, believing(step):
            return self._read_assertion(step), step

    def _read_assertion(self, step: Step) -> soap.Element:
        root = _root(step)
        element = security.assertions.read_response(root)
        verified = security.verify_enveloped(
            element, security.unique_ids(root), trust=self.keys.trust, now=self.clock.now()
        )
        signer = security.fingerprint(verified.certificate)
        if signer != self.keys.identity_provider:
            found = security.subject(verified.certificate)
            raise SecurityError(findings=(make("SEC-035", found=found),))
        return verified.parts["assertion"]

    def _issue(self, profile: str, credentials: Credentials) -> tuple[Token, datetime, Step]:
        # A system account has no space of its own; what it published names none.
        envelope = security.tokens.token_envelope(self.address, self.keys.space or None)
        data = self._secured(envelope, profile, credentials)
        with self.post(TOKEN_STEP, "tokens", data) as step:
            body = verified_answer(step, self.keys, self.clock.now())
            with believing(step):
                answer = security.tokens.read_token_answer(body)
                if answer.token is None or answer.expires is None:
                    raise SecurityError(findings=(make("SEC-046", found="pas de jeton"),))
        return answer.token, answer.expires, step

    def _secured(self, envelope: soap.Element, profile: str, credentials: Credentials) -> bytes:
        signed = security.secure(
            envelope,
            load().signing[profile],
            credentials,
            now=self.clock.now(),
            draw=self.draw,
        )
        return soap.document(signed)


def _root(step: Step) -> soap.Element:
    try:
        return intake.read(step.response).root
    except MessageError as error:
        raise SecurityError(findings=error.findings) from None
