"""The synchronous exchange: bytes in, bytes out, whatever happens in between."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from memhon import intake, soap
from memhon.catalogue import Exchange, load
from memhon.clock import Clock
from memhon.errors import CatalogueError, SecurityError, StoreError
from memhon.findings import Finding, Verdict, make
from memhon.messages import bind, foreign, to_element
from memhon.sandbox import ondemand
from memhon.sandbox.access_log import reader_of, write_down
from memhon.sandbox.behaviours import ANSWERS, REFUSALS, Behaviour
from memhon.sandbox.context import Context, Rules
from memhon.sandbox.diagnostics import Diagnostics
from memhon.sandbox.gate import Caller, Gate
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.outcomes import anomalies_in
from memhon.sandbox.preparing import prepare
from memhon.sandbox.refusal import INTERNAL, NO_STORE, TOO_LARGE, RefusalError, admit, unkept
from memhon.sandbox.refusal_count import count_refusal
from memhon.sandbox.strangers import NOTICE, names_a_stranger
from memhon.sandbox.switchboard import Effect, Met, Switchboard
from memhon.sandbox.voice import Answer, Marks, Voice
from memhon.security import instants
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
    diagnostics: Diagnostics | None = None
    """Keeps what is refused for its security."""

    def __post_init__(self) -> None:
        """Get ready; refuse a catalogue that promises what nobody computes."""
        prepare()
        for exchange in load().exchanges:
            if exchange.alive and exchange.id not in self.behaviours:
                raise CatalogueError(f"l'échange vivant {exchange.id} n'a pas de comportement")

    @property
    def voice(self) -> Voice:
        """How it answers."""
        key = self.gate.keys.mysecu if self.gate else None
        return Voice(self.clock, self.numbering, key, self.diagnostics if self.gate else None)

    def answer(self, data: bytes, peer: str | None = None, address: str = "") -> Answer:
        """Answer a request; never raises.

        Args:
            data: The body of the HTTP request.
            peer: SHA-256 of the certificate of the TLS connection, if it has one.
            address: Network address of the peer, for the access log.
        """
        voice = self.voice
        marks = voice.marks()
        exchange: str | None = None
        met: Met | None = None
        notice: str | None = None
        try:
            recognised, caller = self._admitted(data, peer)
            exchange = recognised.exchange.id
            notice = _noticed(recognised, marks)
            space = caller.space if caller else ""
            met = self._met(recognised, space)
            if met is not None and met.effect is Effect.MAINTENANCE:
                return ondemand.maintenance(exchange, met)
            context = self.context(data, space)
            payload, computed = self._respond(recognised, context, met)
            if computed:
                count_refusal(self.store, recognised, payload, space, self.clock.now())
            told = anomalies_in(payload, recognised.exchange.response.anomalies)
            written = _written(payload, recognised, voice, marks, met)
            answer = Answer(200, written, exchange, computed, outcome=told)
            reader = reader_of(caller, exchange, address)
            write_down(self.store, reader, context.reads, context.now)
        except RefusalError as refusal:
            answer = voice.fault(refusal.fault, refusal.findings, marks, exchange, data)
        except StoreError as error:
            _LOG.error("exchange not kept, %s: %s", marks.correlation.id, error)
            answer = voice.fault(NO_STORE, unkept(error), marks, exchange)
        except Exception:
            _LOG.exception("exchange failed, %s", marks.correlation.id)
            answer = voice.fault(INTERNAL, (), marks, exchange)
        return replace(answer, met=met, notice=notice)

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

    def context(self, received: bytes, space: str) -> Context:
        """The circumstances of an exchange at this instant.

        Args:
            received: The request, envelope included.
            space: Provider code of the mySecu space of the token; empty when it names none.
        """
        return Context(
            now=self.clock.now(),
            received=received,
            numbering=self.numbering,
            store=self.store,
            rules=self.rules,
            space=space,
            to_the_letter=_to_the_letter,
        )

    def _admitted(self, data: bytes, peer: str | None) -> tuple[intake.Recognised, Caller | None]:
        examination = examine(data)
        caller = self._caller(examination, peer)
        recognised = admit(examination)
        _inside(recognised, caller)
        return recognised, caller

    def _met(self, recognised: intake.Recognised, space: str) -> Met | None:
        """What the switchboard holds for the call; one that is refused anyway uses no rule."""
        if not self.store.switches.armed():
            return None
        senders = ondemand.senders_in(recognised.element, space)
        signed = self.gate is not None
        return Switchboard(self.store).met(recognised.exchange.id, senders, signed=signed)

    def _caller(self, examination: Examination, peer: str | None) -> Caller | None:
        if self.gate is None or examination.document is None:
            return None
        try:
            return self.gate.admit(examination.document.root, peer)
        except SecurityError as error:
            found = tuple(finding for finding in error.findings if isinstance(finding, Finding))
            raise RefusalError(found[0].id if found else INTERNAL, found) from None

    def _respond(
        self, recognised: intake.Recognised, context: Context, met: Met | None
    ) -> tuple[soap.Element, bool]:
        exchange = recognised.exchange
        refused = self._refused(recognised, context, met)
        if refused is not None:
            return refused, True
        behaviour = self.behaviours.get(exchange.id) if exchange.alive else None
        if behaviour is not None:
            return to_element(behaviour(bind(recognised), context)), True
        example = load().example(exchange.id, "response", exchange.answer_example)
        return intake.read(example.data).root, False

    def _refused(
        self, recognised: intake.Recognised, context: Context, met: Met | None
    ) -> soap.Element | None:
        """The refusal that the switchboard asks for, if it does."""
        effect = None if met is None else met.effect
        if met is not None and effect is Effect.FAULT:
            raise RefusalError(met.detail, (met.finding,))
        if effect is Effect.TOKEN:
            now = instants.seconds(self.clock.now())
            raise RefusalError("SEC-041", (make("SEC-041", found=now, expected=now),))
        if met is not None and effect is Effect.ANOMALY:
            refuse = REFUSALS[recognised.exchange.id]
            return to_element(refuse(bind(recognised), met.finding, context))
        return None


def _written(
    payload: soap.Element,
    recognised: intake.Recognised,
    voice: Voice,
    marks: Marks,
    met: Met | None,
) -> bytes:
    """The envelope as it leaves; a valid one, unless its signature was to be wrong."""
    effect = None if met is None else met.effect
    if effect is Effect.CORRELATION:
        payload = ondemand.of_another_call(payload, recognised.element, marks.numbering)
        marks = ondemand.marked_for_another(marks)
    envelope = voice.written(soap.answer_tree(payload, body_id=marks.body_id), marks)
    _check(envelope, recognised.exchange)
    return ondemand.badly_signed(envelope) if effect is Effect.SIGNATURE else envelope


def _noticed(recognised: intake.Recognised, marks: Marks) -> str | None:
    """What the peer has to be told besides the answer; the log says where, and never who."""
    if not names_a_stranger(recognised):
        return None
    _LOG.warning("%s, %s", make(NOTICE).text("fr"), marks.correlation.id)
    return NOTICE


def _to_the_letter(data: bytes) -> object:
    """The message of a request that was received, in the form in which an answer can hold it."""
    return foreign(intake.recognise(intake.read(data).root).element)


def _inside(recognised: intake.Recognised, caller: Caller | None) -> None:
    """The message that is answered has to stand in the Body that was verified."""
    if caller is not None and caller.body not in recognised.element.iterancestors():
        raise AssertionError("the message is not in the verified body")


def _check(envelope: bytes, exchange: Exchange) -> None:
    """Our own answer has to be valid before it leaves."""
    report = examine(envelope, exchange=exchange.id).report
    if report.verdict is not Verdict.VALID:
        raise AssertionError(f"own answer is {report.verdict}: {report.to_json()}")
