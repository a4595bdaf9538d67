"""The token service: WS-Trust Issue with an assertion or a system account, and Cancel."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from memhon import intake, security, soap
from memhon.catalogue import load
from memhon.clock import Clock
from memhon.errors import SecurityError
from memhon.findings import make
from memhon.sandbox.diagnostics import Diagnostics
from memhon.sandbox.gate import ServiceKeys, digest_of, same_peer
from memhon.sandbox.identity import guarded
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.voice import Answer, Marks, Voice
from memhon.security import Token, Username, Verified, fingerprint, instants, subject
from memhon.security.tokens import LIFE, TokenRequest
from memhon.store import DuplicateError, IssuedToken, Store

_WITH_ASSERTION, _WITH_USERNAME = "token-request-saml", "token-request-username"
_TOKEN_BYTES = 720
"""Length of what was observed, about: the token is opaque."""


@dataclass(frozen=True, slots=True)
class TokenService:
    """Answers token requests one by one; safe to use from several threads."""

    keys: ServiceKeys
    store: Store
    clock: Clock
    numbering: Numbering
    account: Username
    """The system account that may ask without an assertion."""
    diagnostics: Diagnostics | None = None
    """Keeps what is refused."""

    def answer(self, data: bytes, peer: str | None) -> Answer:
        """Answer a request; never raises.

        Args:
            data: The body of the HTTP request.
            peer: SHA-256 of the certificate of the TLS connection, if it has one.
        """
        voice = Voice(self.clock, self.numbering, self.keys.mysecu, self.diagnostics)
        marks = voice.marks()
        return guarded(voice, marks, data, lambda: self._answer(data, peer, voice, marks))

    def _answer(self, data: bytes, peer: str | None, voice: Voice, marks: Marks) -> Answer:
        root = intake.read(data).root
        named = security.has_username(root)
        profile = load().signing[_WITH_USERNAME if named else _WITH_ASSERTION]
        now = self.clock.now()
        verified = security.verify(root, profile, trust=self.keys.trust, now=now)
        same_peer(verified, peer)
        asked = security.tokens.read_token_request(verified.parts["body"])
        if named:
            self._check_account(verified)
        else:
            self._check_assertion(root, verified, asked, now)
        if asked.cancels:
            return self._cancel(asked, verified, voice, marks)
        return self._issue(asked, verified, voice, marks)

    def _check_account(self, verified: Verified) -> None:
        given = security.read_username(verified.parts["username"])
        right = compare_digest(given.name.encode(), self.account.name.encode())
        expected = security.hashed(self.account.password)
        if not (compare_digest(given.password.encode(), expected.encode()) and right):
            raise SecurityError(findings=(make("SEC-062", found=given.name),))

    def _check_assertion(
        self, root: soap.Element, verified: Verified, asked: TokenRequest, now: datetime
    ) -> None:
        ids = security.unique_ids(root)
        signed = security.verify_enveloped(
            verified.parts["assertion"], ids, trust=self.keys.trust, now=now
        )
        if fingerprint(signed.certificate) != fingerprint(self.keys.identity.certificate):
            raise SecurityError(findings=(make("SEC-035", found=subject(signed.certificate)),))
        assertion = security.assertions.read_assertion(signed.parts["assertion"])
        current = instants.seconds(now)
        if now < assertion.not_before:
            found = instants.seconds(assertion.not_before)
            raise SecurityError(findings=(make("SEC-031", found=found, expected=current),))
        if now >= assertion.not_on_or_after:
            found = instants.seconds(assertion.not_on_or_after)
            raise SecurityError(findings=(make("SEC-030", found=found, expected=current),))
        if fingerprint(assertion.holder.certificate) != fingerprint(verified.certificate):
            found, own = subject(assertion.holder.certificate), subject(verified.certificate)
            raise SecurityError(findings=(make("SEC-034", found=found, expected=own),))
        if asked.cancels:
            return
        if asked.space not in {provider.code for provider in load().providers}:
            raise SecurityError(findings=(make("SEC-063", found=asked.space or "sans espace"),))
        try:
            self.store.use_assertion(assertion.id, assertion.not_on_or_after, now)
        except DuplicateError:
            raise SecurityError(findings=(make("SEC-032", found=assertion.id),)) from None

    def _issue(self, asked: TokenRequest, verified: Verified, voice: Voice, marks: Marks) -> Answer:
        now = self.clock.now()
        opaque = bytes.fromhex(self.numbering.digits(2 * _TOKEN_BYTES))
        text = security.tokens.folded(base64.b64encode(opaque).decode("ascii"))
        token = Token(text, soap.identifier(now, self.numbering.digits(16), 2))
        self.store.add_token(
            IssuedToken(
                digest=digest_of(text),
                certificate=fingerprint(verified.certificate),
                applies_to=asked.applies_to,
                space=asked.space or "",
                expires_at=now + LIFE,
            )
        )
        envelope = security.tokens.token_answer(
            token, asked.applies_to, now=now, body_id=marks.body_id
        )
        return Answer(200, voice.written(envelope, marks), None, True)

    def _cancel(
        self, asked: TokenRequest, verified: Verified, voice: Voice, marks: Marks
    ) -> Answer:
        digest = digest_of(asked.cancelled or "")
        token = self.store.token(digest)
        if token is not None and token.certificate != fingerprint(verified.certificate):
            raise SecurityError(findings=(make("SEC-043", found=subject(verified.certificate)),))
        if not self.store.cancel_token(digest):
            raise SecurityError(findings=(make("SEC-040"),))
        envelope = security.tokens.cancel_answer(body_id=marks.body_id)
        return Answer(200, voice.written(envelope, marks), None, True)
