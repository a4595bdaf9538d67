"""Forgets what is too old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, delete, select

from memhon.store.access import Access
from memhon.store.columns import instant_text
from memhon.store.tables import (
    accesses,
    assertions,
    cancellations,
    contestations,
    deposits,
    payments,
    platform_consents,
    platform_documents,
    platform_members,
    recoveries,
    refused,
    simulations,
    tokens,
    wire,
)

_KEPT_SINCE: tuple[tuple[Table, str], ...] = (
    (deposits, "received_at"),
    (cancellations, "cancelled_at"),
    (simulations, "simulated_at"),
    (payments, "paid_at"),
    (recoveries, "changed_at"),
    (contestations, "contested_at"),
    (tokens, "expires_at"),
    (assertions, "expires_at"),
    (refused, "expires_at"),
    (accesses, "at"),
    (wire, "at"),
    (platform_documents, "created_at"),
    (platform_members, "created_at"),
    (platform_consents, "created_at"),
)
"""Every table with the column that says how old a row is."""


KEPT = timedelta(days=30)
_EVERY = timedelta(hours=1)
_MOST = 500
"""Rows of a table in one transaction: a request never waits for the whole of a large purge."""


class Tidied:
    """When it was last looked for something old, by the sandbox's time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether to look again; who hears yes is the one to look."""
        with self._lock:
            due = self._at is None or abs(now - self._at) >= _EVERY
            if due:
                self._at = now
            return due

    def again(self) -> None:
        """There is more to forget."""
        with self._lock:
            self._at = None


def together(
    access: Access, tidied: Tidied, now: datetime, add: Callable[[Connection], None]
) -> None:
    """Keep something new and, from time to time, forget something old with it.

    Args:
        access: Reaches the store.
        tidied: When something was last forgotten.
        now: The sandbox's instant.
        add: Keeps what is new.

    Raises:
        DuplicateError: A unique key exists; nothing was written.
        StoreError: The store cannot be written.
    """
    if not tidied.is_due(now):
        return access.write(add)
    forget = forgetting(now)

    def both(connection: Connection) -> int:
        forgotten = forget(connection)
        add(connection)
        return forgotten

    if access.write(both):
        tidied.again()
    return None


def forgetting(now: datetime) -> Callable[[Connection], int]:
    """Delete some of the rows that are older than 30 days; how many were deleted.

    Args:
        now: The sandbox's instant.
    """
    before = instant_text(now - KEPT)
    return lambda connection: sum(
        _forget(connection, table, name, before, _MOST) for table, name in _KEPT_SINCE
    )


def _forget(connection: Connection, table: Table, name: str, before: str, most: int) -> int:
    key: Column[object] = next(iter(table.primary_key.columns))
    old = select(key).where(table.c[name] < before).limit(most)
    return connection.execute(delete(table).where(key.in_(old))).rowcount
