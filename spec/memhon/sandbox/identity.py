"""The identity provider: a signed AuthnRequest in, a signed assertion of one minute out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from memhon import intake, security, soap
from memhon.catalogue import load
from memhon.clock import Clock
from memhon.errors import MessageError, SecurityError, StoreError
from memhon.findings import Finding, make
from memhon.sandbox.diagnostics import Diagnostics
from memhon.sandbox.gate import ServiceKeys, ehealth_id_of, same_peer
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.refusal import INTERNAL, NO_STORE, TOO_LARGE, UNREADABLE, unkept
from memhon.sandbox.timekeeping import instants
from memhon.sandbox.voice import Answer, Marks, Voice
from memhon.security import Verified

_LOG = logging.getLogger("memhon.sandbox")
_PROFILE = "authentication-request"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Answers authentication requests one by one; safe to use from several threads."""

    keys: ServiceKeys
    clock: Clock
    numbering: Numbering
    issuer: str
    """URL of the realm, written into assertions; never called."""
    diagnostics: Diagnostics | None = None
    """Keeps what is refused."""

    def answer(self, data: bytes, peer: str | None) -> Answer:
        """Answer a request; never raises.

        Args:
            data: The body of the HTTP request.
            peer: SHA-256 of the certificate of the TLS connection, if it has one.
        """
        voice = Voice(self.clock, self.numbering, self.keys.identity, self.diagnostics)
        marks = voice.marks()
        return guarded(voice, marks, data, lambda: self._answer(data, peer, voice, marks))

    def _answer(self, data: bytes, peer: str | None, voice: Voice, marks: Marks) -> Answer:
        now = self.clock.now()
        root = intake.read(data).root
        verified = security.verify(root, load().signing[_PROFILE], trust=self.keys.trust, now=now)
        same_peer(verified, peer)
        stamp = verified.parts["timestamp"]
        fresh = _where(lambda at: security.check_stamp(stamp, at), instants(self.clock))
        asked = security.authentication.read_authentication(verified.parts["body"])
        issued = asked.issued
        if issued is not None:
            _where(lambda at: security.check_not_future(issued, at, "AuthnRequest"), fresh)
        holder = _holder(verified, asked.ehealth_id)
        envelope = security.assertions.assertion_envelope(
            holder,
            issuer=self.issuer,
            key=self.keys.identity,
            assertion_id=f"{self._id()}-2",
            response_id=f"{self._id()}-1",
            now=now,
        )
        return Answer(200, soap.finish(envelope, marks.correlation), None, True)

    def _id(self) -> str:
        return f"Id-{self.numbering.digits(24)}"


def _where(check: Callable[[datetime], None], known: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """The instants at which a check holds.

    Raises:
        SecurityError: It holds at none; the error is that of the first.
    """
    held: list[datetime] = []
    refused: list[SecurityError] = []
    for instant in known:
        try:
            check(instant)
        except SecurityError as error:
            refused.append(error)
        else:
            held.append(instant)
    if not held:
        raise refused[0]
    return tuple(held)


def _holder(verified: Verified, ehealth_id: str) -> security.Holder:
    own = ehealth_id_of(verified)
    if own != ehealth_id:
        raise SecurityError(findings=(make("SEC-050", found=ehealth_id, expected=own),))
    known = [provider for provider in load().providers if provider.ehealth_id == ehealth_id]
    if not known:
        raise SecurityError(findings=(make("SEC-051", found=ehealth_id),))
    return security.Holder(verified.certificate, known[0].matricule, ehealth_id)


def guarded(voice: Voice, marks: Marks, data: bytes, work: Callable[[], Answer]) -> Answer:
    """The answer of a service, or the fault that its failure becomes; never raises."""
    try:
        return work()
    except SecurityError as error:
        found = tuple(finding for finding in error.findings if isinstance(finding, Finding))
        fault = found[0].id if found else INTERNAL
        return voice.fault(fault, found, marks, received=data)
    except MessageError as error:
        found = tuple(finding for finding in error.findings if isinstance(finding, Finding))
        large = bool(found) and found[0].kind == "limit"
        return voice.fault(TOO_LARGE if large else UNREADABLE, found, marks)
    except StoreError as error:
        _LOG.error("service not kept, %s: %s", marks.correlation.id, error)
        return voice.fault(NO_STORE, unkept(error), marks)
    except Exception:
        _LOG.exception("service failed, %s", marks.correlation.id)
        return voice.fault(INTERNAL, (), marks)
