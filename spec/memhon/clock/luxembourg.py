"""Days as they are counted in Luxembourg, where one day of the year has 23 hours and one has 25."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ZONE = "Europe/Luxembourg"
_ZONE = ZoneInfo(ZONE)


def local_day(instant: datetime) -> date:
    """The calendar day of an instant in Luxembourg.

    Args:
        instant: Aware.

    Raises:
        ValueError: It has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, got {instant!r}")
    return instant.astimezone(_ZONE).date()


def local_time(instant: datetime) -> datetime:
    """The same instant as the clocks of Luxembourg show it.

    Args:
        instant: Aware.

    Raises:
        ValueError: It has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, got {instant!r}")
    return instant.astimezone(_ZONE)


def beginning_of(day: date) -> datetime:
    """The instant at which a day begins in Luxembourg, UTC.

    Raises:
        OverflowError: No instant of the calendar is meant.
    """
    return datetime.combine(day, time(), _ZONE).astimezone(UTC)
