"""The numbers of a report: how many fee notes had which event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from memhon.usage.period import By, Period

UNDECLARED = "non_declaree"
"""Key of the fee notes whose form nobody declared."""


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one month, practitioner or family, or of the whole period."""

    key: str
    """``YYYY-MM``, a provider code or a family; empty for the total, and where it is unknown."""
    counts: Mapping[str, int]
    """Fee notes by kind of event, in the order of the catalogue."""
    forms: Mapping[str, int | None]
    """Fee notes handed over, by form; None where the source cannot know it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was exchanged in a period; always complete: where it cannot be, there is none."""

    period: Period
    by: By
    source: str
    """``journal`` or ``store``."""
    rows: tuple[Row, ...]
    """In the order of their keys; every month of the period, the others as they occur."""
    total: Row
    read: int = 0
    """Events read, those outside the period included; 0 for a store."""
    repeated: int = 0
    """Lines of a journal that repeat a fee note and kind, or an event; they count once."""
