"""The synchronous exchange: bytes in, bytes out, whatever happens in between."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from memhon import intake, soap
from memhon.catalogue import Exchange, load
from memhon.clock import Clock
from memhon.errors import CatalogueError
from memhon.findings import Finding, Verdict, explain, make
from memhon.messages import bind, to_element
from memhon.sandbox.behaviours import ANSWERS, Behaviour
from memhon.sandbox.context import Context, Rules
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.refusal import INTERNAL, TOO_LARGE, RefusalError, admit
from memhon.store import Store
from memhon.validation import examine

_LOG = logging.getLogger("memhon.sandbox")
_PLATFORM = "MemHon"
_BODY = "Bac à sable, sans lien avec la plateforme réelle"
_ENVIRONMENT = "Environnement local, sécurité désactivée"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the peer."""

    status: int
    """HTTP status: 200, or 500 for a fault."""
    data: bytes
    """The envelope."""
    exchange: str | None
    """Id of the exchange, once it is known."""
    computed: bool
    """False when the answer is the catalogue's example."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """The ids of one answer."""

    correlation: soap.Correlation
    body_id: str


@dataclass(frozen=True, slots=True)
class SynchronousExchange:
    """Answers requests one by one; safe to use from several threads."""

    store: Store
    clock: Clock
    numbering: Numbering
    rules: Rules
    behaviours: Mapping[str, Behaviour] = field(default_factory=lambda: ANSWERS)

    def __post_init__(self) -> None:
        """Refuse a catalogue that promises what nobody computes."""
        for exchange in load().exchanges:
            if exchange.alive and exchange.id not in self.behaviours:
                raise CatalogueError(f"l'échange vivant {exchange.id} n'a pas de comportement")

    def answer(self, data: bytes) -> Answer:
        """Answer a request; never raises.

        Args:
            data: The body of the HTTP request.
        """
        marks = self._marks()
        exchange: Exchange | None = None
        try:
            recognised = admit(examine(data))
            exchange = recognised.exchange
            payload, computed = self._respond(recognised, data)
            envelope = soap.write_answer(
                payload, correlation=marks.correlation, body_id=marks.body_id
            )
            _check(envelope, exchange)
        except RefusalError as refusal:
            return _fault(refusal.fault, refusal.findings, marks, exchange)
        except Exception:
            _LOG.exception("exchange failed, %s", marks.correlation.id)
            return _fault(INTERNAL, (), marks, exchange)
        return Answer(200, envelope, exchange.id, computed)

    def refuse_size(self, limit: int) -> Answer:
        """The fault for a request that was not read to its end.

        Args:
            limit: Bytes that are accepted.
        """
        found, expected = f"plus de {limit} octets", f"{limit} octets"
        finding = make("LIMIT-001", found=found, expected=expected)
        return _fault(TOO_LARGE, (finding,), self._marks(), None)

    def _respond(self, recognised: intake.Recognised, data: bytes) -> tuple[soap.Element, bool]:
        exchange = recognised.exchange
        if exchange.alive:
            context = Context(self.clock.now(), data, self.numbering, self.store, self.rules)
            return to_element(self.behaviours[exchange.id](bind(recognised), context)), True
        example = load().example(exchange.id, "response", exchange.answer_example)
        return intake.read(example.data).root, False

    def _marks(self) -> _Marks:
        correlation_id = f"Id-{self.numbering.digits(24)}"
        correlation = soap.Correlation(_PLATFORM, _BODY, _ENVIRONMENT, correlation_id)
        return _Marks(correlation, soap.identifier(self.clock.now(), self.numbering.digits(16), 1))


def _check(envelope: bytes, exchange: Exchange) -> None:
    """Our own answer has to be valid before it leaves."""
    report = examine(envelope, exchange=exchange.id).report
    if report.verdict is not Verdict.VALID:
        raise AssertionError(f"own answer is {report.verdict}: {report.to_json()}")


def _fault(
    fault: str, findings: tuple[Finding, ...], marks: _Marks, exchange: Exchange | None
) -> Answer:
    registered = explain(fault)
    error = make(
        fault,
        found=findings[0].id if findings else None,
        detail=findings[0].text("fr") if findings else None,
    )
    data = soap.write_fault(
        code=f"{registered.side}.{registered.fault}",
        error=error,
        findings=findings,
        correlation=marks.correlation,
        body_id=marks.body_id,
    )
    return Answer(500, data, None if exchange is None else exchange.id, True)
