"""The texts of findings, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a finding in one language; ``text`` and ``expected`` have placeholders."""

    title: str
    text: str
    cause: str
    allowed: str
    fix: str
    expected: str = "{expected}"
    """What is expected, in words; a bare bound reads like the value to write."""


@dataclass(frozen=True, slots=True)
class FindingText:
    """A registered finding: its id, its class and its texts."""

    id: str
    layer: str
    severity: str
    kind: str
    since: date
    fault: str | None
    """Name after ``soap:Client.`` or ``soap:Server.`` when the sandbox sends it as a fault."""
    side: str | None
    """``Client`` or ``Server`` for a fault."""
    texts: Mapping[str, Wording]
    """``fr`` and ``en``."""
    exchanges: tuple[str, ...] = ()
    """Ids of the exchanges whose computed answers may carry it."""

    @property
    def weight(self) -> str:
        """The severity, or ``open`` where something was not judged and so proves no fault."""
        return "open" if self.kind in ("limit", "crash") else self.severity
