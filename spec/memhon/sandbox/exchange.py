"""The synchronous exchange: bytes in, bytes out, whatever happens in between."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from memhon import intake, soap
from memhon.catalogue import Exchange, load
from memhon.clock import Clock
from memhon.errors import CatalogueError, SecurityError, StoreError
from memhon.findings import Finding, Verdict, make
from memhon.messages import bind, to_element
from memhon.sandbox.behaviours import ANSWERS, Behaviour
from memhon.sandbox.context import Context, Rules
from memhon.sandbox.gate import Caller, Gate
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.preparing import prepare
from memhon.sandbox.refusal import INTERNAL, NO_STORE, TOO_LARGE, RefusalError, admit, unkept
from memhon.sandbox.voice import Answer, Voice
from memhon.store import Store
from memhon.validation import Examination, examine

_LOG = logging.getLogger("memhon.sandbox")


@dataclass(frozen=True, slots=True)
class SynchronousExchange:
    """Answers requests one by one; safe to use from several threads."""

    store: Store
    clock: Clock
    numbering: Numbering
    rules: Rules
    gate: Gate | None = None
    """Whom to let in; None when the security is off."""
    behaviours: Mapping[str, Behaviour] = field(default_factory=lambda: ANSWERS)

    def __post_init__(self) -> None:
        """Get ready; refuse a catalogue that promises what nobody computes."""
        prepare()
        for exchange in load().exchanges:
            if exchange.alive and exchange.id not in self.behaviours:
                raise CatalogueError(f"l'échange vivant {exchange.id} n'a pas de comportement")

    @property
    def voice(self) -> Voice:
        """How it answers."""
        return Voice(self.clock, self.numbering, self.gate.keys.mysecu if self.gate else None)

    def answer(self, data: bytes, peer: str | None = None) -> Answer:
        """Answer a request; never raises.

        Args:
            data: The body of the HTTP request.
            peer: SHA-256 of the certificate of the TLS connection, if it has one.
        """
        voice = self.voice
        marks = voice.marks()
        exchange: str | None = None
        try:
            examination = examine(data)
            caller = self._caller(examination, peer)
            recognised = admit(examination)
            exchange = recognised.exchange.id
            _inside(recognised, caller)
            space = caller.space if caller else ""
            payload, computed = self._respond(recognised, data, space)
            tree = soap.answer_tree(payload, body_id=marks.body_id)
            envelope = voice.written(tree, marks)
            _check(envelope, recognised.exchange)
        except RefusalError as refusal:
            return voice.fault(refusal.fault, refusal.findings, marks, exchange)
        except StoreError as error:
            _LOG.error("exchange not kept, %s: %s", marks.correlation.id, error)
            return voice.fault(NO_STORE, unkept(error), marks, exchange)
        except Exception:
            _LOG.exception("exchange failed, %s", marks.correlation.id)
            return voice.fault(INTERNAL, (), marks, exchange)
        return Answer(200, envelope, exchange, computed)

    def refuse_size(self, limit: int) -> Answer:
        """The fault for a request that was not read to its end.

        Args:
            limit: Bytes that are accepted.
        """
        found, expected = f"plus de {limit} octets", f"{limit} octets"
        finding = make("LIMIT-001", found=found, expected=expected)
        voice = self.voice
        return voice.fault(TOO_LARGE, (finding,), voice.marks())

    def refuse_peer(self) -> Answer:
        """The fault for a request over TLS without a client certificate."""
        voice = self.voice
        return voice.fault("SEC-070", (make("SEC-070"),), voice.marks())

    def _caller(self, examination: Examination, peer: str | None) -> Caller | None:
        if self.gate is None or examination.document is None:
            return None
        try:
            return self.gate.admit(examination.document.root, peer)
        except SecurityError as error:
            found = tuple(finding for finding in error.findings if isinstance(finding, Finding))
            raise RefusalError(found[0].id if found else INTERNAL, found) from None

    def _respond(
        self, recognised: intake.Recognised, data: bytes, space: str
    ) -> tuple[soap.Element, bool]:
        exchange = recognised.exchange
        if exchange.alive:
            now = self.clock.now()
            context = Context(now, data, self.numbering, self.store, self.rules, space)
            return to_element(self.behaviours[exchange.id](bind(recognised), context)), True
        example = load().example(exchange.id, "response", exchange.answer_example)
        return intake.read(example.data).root, False


def _inside(recognised: intake.Recognised, caller: Caller | None) -> None:
    """The message that is answered has to stand in the Body that was verified."""
    if caller is not None and caller.body not in recognised.element.iterancestors():
        raise AssertionError("the message is not in the verified body")


def _check(envelope: bytes, exchange: Exchange) -> None:
    """Our own answer has to be valid before it leaves."""
    report = examine(envelope, exchange=exchange.id).report
    if report.verdict is not Verdict.VALID:
        raise AssertionError(f"own answer is {report.verdict}: {report.to_json()}")
