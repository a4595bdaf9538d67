"""What became of every call, for whoever wants to look back at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from memhon.client.answer import Answer, Step
from memhon.clock import Clock
from memhon.errors import FindingLike, MemhonError, SoapFault
from memhon.findings import Severity

_NOT_SENT = frozenset({"NET-001", "NET-004", "NET-005"})
"""Findings that say that the request never left."""


class Outcome(StrEnum):
    """How a call ended, as its sender knows it."""

    ACCEPTED = "accepted"
    """An answer that refuses nothing."""
    REFUSED = "refused"
    """An answer with an anomaly that blocks."""
    FAULT = "fault"
    """A SOAP fault."""
    UNUSABLE = "unusable"
    """Something came back that must not be believed."""
    UNANSWERED = "unanswered"
    """Nothing came back: the request may have been processed."""
    UNSENT = "unsent"
    """The request never left."""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP exchange that a client began, however it ended."""

    name: str
    """French name of the step."""
    service: str
    """``exchange``, ``identity`` or ``tokens``."""
    exchange: str | None
    """Id of the exchange of a business call whose message was recognised."""
    at: datetime
    """When it began, by the clock of the client."""
    request: bytes = field(repr=False)
    """Body as sent."""
    outcome: Outcome
    """How it ended."""
    step: Step | None = field(repr=False)
    """What went over the wire; None when no answer came back."""
    refusals: tuple[str, ...] = ()
    """Ids of what decided: anomalies that block, the fault, or why no answer can be used."""
    remarks: tuple[str, ...] = ()
    """Ids of the anomalies that do not block."""

    @property
    def status(self) -> int | None:
        """HTTP status of the answer; None when there was none."""
        return self.step.status if self.step else None


class Recorder(Protocol):
    """Anything that keeps calls."""

    def add(self, call: Call) -> None:
        """Keep a call that has ended."""
        ...


class Attempt:
    """One call under way, as a context manager: however the block ends, it is recorded.

    Args:
        recorder: Keeps it; None keeps nothing.
        clock: The time of the client.
        name: French name of the step.
        service: Which service is called.
        request: Body.
        exchange: Id of the exchange, if it is known.
    """

    def __init__(
        self,
        recorder: Recorder | None,
        clock: Clock,
        name: str,
        service: str,
        request: bytes,
        exchange: str | None = None,
    ) -> None:
        self.step: Step | None = None
        self.answer: Answer | None = None
        self._recorder = recorder
        self._begun = (name, service, exchange, clock.now(), request)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Record how it ended; an error goes on to the caller."""
        if self._recorder is not None:
            self._recorder.add(self._call(error))

    def _call(self, error: BaseException | None) -> Call:
        if error is None:
            grave, others = _anomalies(self.answer)
            outcome = Outcome.REFUSED if grave else Outcome.ACCEPTED
            return Call(*self._begun, outcome, self.step, grave, others)
        return Call(*self._begun, *_ended(error, self.step))


def _anomalies(answer: Answer | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    told = answer.report.findings if answer else ()
    found = [finding for finding in told if finding.kind == "anomaly"]
    grave = [finding for finding in found if finding.severity is Severity.ERROR]
    return _ids(grave), _ids(finding for finding in found if finding not in grave)


def _ended(error: BaseException, step: Step | None) -> tuple[Outcome, Step | None, tuple[str, ...]]:
    """How a call ended that raised an error; anything but an error of ours left it unanswered."""
    findings = error.findings if isinstance(error, MemhonError) else ()
    if isinstance(error, SoapFault):
        fault = error.detail_id or error.code or error.reason
        return Outcome.FAULT, step, tuple(dict.fromkeys((fault, *_ids(findings))))
    if step is not None:
        return Outcome.UNUSABLE, step, _ids(findings)
    unsent = any(finding.id in _NOT_SENT for finding in findings)
    return Outcome.UNSENT if unsent else Outcome.UNANSWERED, None, _ids(findings)


def _ids(findings: Iterable[FindingLike]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.id for finding in findings))
