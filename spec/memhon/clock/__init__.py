"""The only place that knows what time it is.

It must not know what the time is used for. Every instant is an aware ``datetime`` in UTC.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

from memhon.clock.words import read_duration, read_instant

__all__ = ["Clock", "SystemClock", "VirtualClock", "read_duration", "read_instant"]


class Clock(Protocol):
    """Anything that can say what time it is."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The machine's current instant, aware, in UTC."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is told to move.

    Args:
        start: First instant; a string is read as ISO 8601 and needs a zone.

    Raises:
        ValueError: ``start`` has no time zone or is no instant.
    """

    def __init__(self, start: datetime | str) -> None:
        self._lock = threading.Lock()
        self._now = _instant(start)

    def now(self) -> datetime:
        """The instant at which the clock stands, aware, in UTC."""
        with self._lock:
            return self._now

    def set(self, instant: datetime | str) -> None:
        """Move the clock to an instant; backwards is allowed."""
        moved = _instant(instant)
        with self._lock:
            self._now = moved

    def advance(self, by: timedelta | float) -> None:
        """Move the clock by a duration; a number counts seconds."""
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        with self._lock:
            self._now += step


def _instant(value: datetime | str) -> datetime:
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, got {value!r}")
    return instant.astimezone(UTC)
