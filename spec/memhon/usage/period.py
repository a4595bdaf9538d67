"""Whole days of Luxembourg, and what counts are grouped by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST = 3660
"""Days of a period at most: ten years."""


class By(StrEnum):
    """What the rows of a report stand for."""

    MONTH = "month"
    PRACTITIONER = "practitioner"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of Luxembourg, both ends included.

    Raises:
        ValueError: It ends before it begins, or is longer than ten years.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse what is no period."""
        if self.last < self.first:
            raise ValueError(f"la période finit ({self.last}) avant de commencer ({self.first})")
        if (self.last - self.first).days >= LONGEST:
            raise ValueError(f"la période dépasse {LONGEST} jours")

    def __contains__(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return self.first <= day <= self.last

    @property
    def months(self) -> tuple[str, ...]:
        """Its months as ``YYYY-MM``, the first and the last of them perhaps in part."""
        first = self.first.year * 12 + self.first.month - 1
        last = self.last.year * 12 + self.last.month - 1
        return tuple(f"{each // 12:04}-{each % 12 + 1:02}" for each in range(first, last + 1))


def month_of(day: date) -> str:
    """The month of a day as ``YYYY-MM``."""
    return f"{day.year:04}-{day.month:02}"
