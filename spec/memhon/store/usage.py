"""How often what happened on which day: counts that stay when the rows behind them are forgotten.

A count names a day, a family, a kind and the provider who billed, never a patient or a fee note.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, select, text

from memhon.clock.luxembourg import local_day
from memhon.store.access import Access
from memhon.store.prepared import Prepared
from memhon.store.tables import usage

RA, PID = "ra", "pid"
_ADD = Prepared(
    text(
        "INSERT INTO usage (day, family, kind, sender, number) "
        "VALUES (:day, :family, :kind, :sender, 1) "
        "ON CONFLICT (day, family, kind, sender) DO UPDATE SET number = usage.number + 1"
    )
)


class UsageKind(StrEnum):
    """What is counted; the values are those of the usage journal."""

    DEPOSITED = "depot"
    CONSENTED = "accord"
    CANCELLED = "annulation"
    REPLACED = "remplacement"
    SIMULATED = "simulation"
    PAID = "paiement"
    CONTESTED = "contestation"
    REFUSED = "refus"


@dataclass(frozen=True, slots=True)
class UsageCount:
    """How often something happened on one day to the fee notes of one provider."""

    day: date
    """Day in Luxembourg."""
    family: str
    """``ra`` or ``pid``."""
    kind: UsageKind
    sender: str
    """Code of the billing provider; empty when the request named none."""
    count: int


class UsageCounts:
    """The counts of a store; safe to use from several threads and processes."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def refused(self, family: str, sender: str, at: datetime) -> None:
        """Count a refusal; nothing else is kept of it.

        Args:
            family: ``ra`` or ``pid``.
            sender: Code of the billing provider; empty when it is not known.
            at: Instant of the refusal.

        Raises:
            StoreError: The store cannot be written.
        """
        self._access.write(
            lambda connection: count(connection, UsageKind.REFUSED, family, sender, at)
        )

    def between(self, first: date, last: date) -> tuple[UsageCount, ...]:
        """The counts of a period.

        Args:
            first: First day in Luxembourg.
            last: Last day, inclusive.

        Raises:
            StoreError: The store cannot be read.
        """
        columns = usage.c
        query = (
            select(usage)
            .where(columns.day >= first.isoformat(), columns.day <= last.isoformat())
            .order_by(*usage.primary_key.columns)
        )
        return self._access.read(
            lambda connection: tuple(
                UsageCount(
                    date.fromisoformat(row["day"]),
                    row["family"],
                    UsageKind(row["kind"]),
                    row["sender"],
                    row["number"],
                )
                for row in connection.execute(query).mappings()
            )
        )


def count(connection: Connection, kind: UsageKind, family: str, sender: str, at: datetime) -> None:
    """Count one more, in the transaction of what is counted."""
    key = {
        "day": local_day(at).isoformat(),
        "family": family,
        "kind": kind.value,
        "sender": sender,
    }
    _ADD.on(connection, key)
