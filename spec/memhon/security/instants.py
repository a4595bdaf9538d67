"""Instants as security headers write them, and how they are read back."""

from __future__ import annotations

from datetime import UTC, datetime


def milliseconds(instant: datetime) -> str:
    """UTC with milliseconds and ``Z``, e.g. ``2026-01-15T09:30:00.000Z``."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def seconds(instant: datetime) -> str:
    """UTC with seconds and ``Z``, e.g. ``2026-01-15T09:30:00Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str | None) -> datetime | None:
    """The instant of a text in UTC, or None when it is none.

    A text without a zone counts as UTC: the field sends such instants and they are accepted.
    """
    try:
        instant = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
