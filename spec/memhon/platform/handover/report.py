"""What became of a hand-over: each document with its step, its outcome and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from memhon.findings import Finding
from memhon.security import instants
from memhon.store import DocumentStatus


class Phase(StrEnum):
    """The steps of a hand-over, in their order."""

    DEPOSIT = "deposit"
    CONSENT = "consent"
    CANCELLATION = "cancellation"


class Outcome(StrEnum):
    """What became of one document."""

    DONE = "done"
    """The exchange accepted it, or nobody but the platform had to."""
    FOUND = "found"
    """The exchange had done it before; the platform had not learned of it."""
    WAITING = "waiting"
    """Something else has to happen first."""
    REFUSED = "refused"
    """The exchange answered with an anomaly that refuses; the document stays where it is."""
    FAILED = "failed"
    """There was no usable answer; the document stays where it is."""

    @property
    def settled(self) -> bool:
        """Whether the document has moved on."""
        return self in (Outcome.DONE, Outcome.FOUND)


@dataclass(frozen=True, slots=True)
class Result:
    """What a step says of one document."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    """Why, and what the exchange remarked."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One document in one step."""

    uuid: str
    """Of the document."""
    phase: Phase
    outcome: Outcome
    status: DocumentStatus
    """Of the document, afterwards."""
    secu_uuid: str | None = None
    """Identifier that the exchange gave, as far as it is known."""
    findings: tuple[Finding, ...] = ()
    """Why, and what the exchange remarked."""

    def to_dict(self, lang: str = "fr") -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "uuid": self.uuid,
            "phase": self.phase.value,
            "outcome": self.outcome.value,
            "status": self.status.value,
            "uuidSecu": self.secu_uuid,
            "findings": [_told(finding, lang) for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class HandOverReport:
    """One run."""

    at: datetime
    """Instant at which it began, in the time of the sandbox."""
    handed: tuple[Handed, ...] = ()
    left: int = 0
    """How many documents were not tried, because the exchange did not answer any more."""

    @property
    def settled(self) -> bool:
        """Whether nothing was refused, failed or left."""
        bad = (Outcome.REFUSED, Outcome.FAILED)
        return not self.left and all(each.outcome not in bad for each in self.handed)

    def to_dict(self, lang: str = "fr") -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "at": instants.seconds(self.at),
            "handed": [each.to_dict(lang) for each in self.handed],
            "left": self.left,
        }


def _told(finding: Finding, lang: str) -> dict[str, str]:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "text": finding.text(lang),
        "fix": finding.wording(lang).fix,
    }
