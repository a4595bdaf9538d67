"""What the layers of one validation hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from memhon.findings import Check, Finding
from memhon.intake import Document, Recognised


@dataclass(slots=True)
class Run:
    """One validation under way."""

    data: bytes
    exchange: str | None
    """Id of the exchange that the caller expects."""
    show_values: bool
    """Whether values of personal fields are shown."""
    document: Document | None = None
    """The tree, once the door has let it in."""
    recognised: Recognised | None = None
    """The message, once it is known which one it is."""
    findings: list[Finding] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
