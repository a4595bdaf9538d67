"""Where an event counts: its row, by the day of Luxembourg."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from memhon.clock.luxembourg import local_day
from memhon.usage.pattern import instant_of
from memhon.usage.period import By, Period, month_of

Cell: TypeAlias = tuple[bytes, bytes, bytes]
"""Key of the row, kind with family, and form."""
Place: TypeAlias = Callable[[bytes, bytes, bytes], bytes | None]
"""Instant, kind with family, and provider → the row, or None outside the period."""


def placing(period: Period, by: By) -> Place:
    """Where events count; the day is computed once for an hour and a zone.

    What it returns raises ``ValueError`` for a day that the calendar does not have.
    """
    months: dict[bytes, bytes] = {}

    def month(instant: bytes) -> bytes:
        zone = b"Z" if instant.endswith(b"Z") else instant[-6:]
        hour = instant[:13] + zone
        found = months.get(hour)
        if found is None:
            day = local_day(instant_of(instant))
            found = month_of(day).encode() if day in period else b""
            # Midnight of Luxembourg is a full hour in every zone of full hours, and in no other.
            if zone.endswith((b"Z", b"00")):
                months[hour] = found
        return found

    def by_month(instant: bytes, _pair: bytes, _sender: bytes) -> bytes | None:
        return month(instant) or None

    def by_practitioner(instant: bytes, _pair: bytes, sender: bytes) -> bytes | None:
        return sender if month(instant) else None

    def by_family(instant: bytes, pair: bytes, _sender: bytes) -> bytes | None:
        return pair.partition(b";")[2] if month(instant) else None

    return {By.MONTH: by_month, By.PRACTITIONER: by_practitioner, By.FAMILY: by_family}[by]
