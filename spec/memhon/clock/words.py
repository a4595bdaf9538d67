"""Instants and durations as a person writes them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile(r"(?:[0-9]{1,5}[dhms])+")
_PART = re.compile(r"([0-9]+)([dhms])")
_LONGEST = 40
"""Characters of an instant or a duration; more is nonsense."""


def read_instant(word: str) -> datetime:
    """An instant with its zone.

    Args:
        word: ISO 8601, e.g. ``2026-03-02T08:30Z``.

    Raises:
        ValueError: It is none.
    """
    instant = datetime.fromisoformat(word) if len(word) <= _LONGEST else None
    if instant is None or instant.tzinfo is None:
        raise ValueError("no instant with a zone")
    return instant


def read_duration(word: str) -> timedelta:
    """A duration.

    Args:
        word: Days, hours, minutes and seconds, e.g. ``2d12h``.

    Raises:
        ValueError: It is none.
    """
    if len(word) > _LONGEST or not _DURATION.fullmatch(word):
        raise ValueError("no duration")
    parts = _PART.findall(word)
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
