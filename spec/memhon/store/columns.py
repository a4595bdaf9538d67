"""How values lie in columns: instants, days and amounts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

_MOST = 2**63 - 1
"""The largest whole number that every database keeps."""


def instant_text(instant: datetime) -> str:
    """An instant as text of fixed width, so that the order of texts is the order of time."""
    return instant.isoformat(timespec="microseconds")


def instant_or_none(text: str | None) -> datetime | None:
    """The instant that was kept, if any."""
    return None if text is None else datetime.fromisoformat(text)


def day_number(day: str) -> int:
    """A day as a number that sorts; a calendar cannot hold every year of the wire.

    Args:
        day: ``YYYY-MM-DD``, with more digits and a sign where the year needs them.
    """
    year, month, of_month = day.rsplit("-", 2)
    number = (int(year) * 100 + int(month)) * 100 + int(of_month)
    return max(-_MOST, min(number, _MOST))


def cents(amount: Decimal) -> int:
    """An amount in euros as whole cents."""
    return int(amount.scaleb(2))


def euros(whole: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(whole).scaleb(-2)
