"""The self-test of mySecu: token and signature are checked, the body may be anything."""

from __future__ import annotations

from dataclasses import dataclass

from memhon import intake, soap
from memhon.sandbox.diagnostics import Diagnostics
from memhon.sandbox.gate import Gate
from memhon.sandbox.identity import guarded
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.voice import Answer, Marks, Voice


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Answers what it was sent, when the caller may call; safe to use from several threads."""

    gate: Gate
    numbering: Numbering
    diagnostics: Diagnostics | None = None
    """Keeps what is refused."""

    def answer(self, data: bytes, peer: str | None) -> Answer:
        """Answer a request; never raises.

        Args:
            data: The body of the HTTP request.
            peer: SHA-256 of the certificate of the TLS connection, if it has one.
        """
        voice = Voice(self.gate.clock, self.numbering, self.gate.keys.mysecu, self.diagnostics)
        marks = voice.marks()
        return guarded(voice, marks, data, lambda: self._answer(data, peer, voice, marks))

    def _answer(self, data: bytes, peer: str | None, voice: Voice, marks: Marks) -> Answer:
        self.gate.admit(intake.read(data).root, peer)
        envelope = soap.empty_answer(body_id=marks.body_id)
        return Answer(200, voice.written(envelope, marks), None, True)
