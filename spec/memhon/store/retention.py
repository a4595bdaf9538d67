"""Forgets what is too old."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Table, delete, select

from memhon.store.tables import (
    assertions,
    cancellations,
    contestations,
    deposits,
    payments,
    recoveries,
    simulations,
    tokens,
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
)
"""Every table with the column that says how old a row is."""


def forget(connection: Connection, before: str, most: int) -> int:
    """Delete rows older than an instant.

    Args:
        connection: Inside a transaction.
        before: The instant, as it is kept.
        most: Rows to delete from each table at most.

    Returns:
        How many rows were deleted.
    """
    return sum(_forget(connection, table, name, before, most) for table, name in _KEPT_SINCE)


def _forget(connection: Connection, table: Table, name: str, before: str, most: int) -> int:
    key: Column[object] = next(iter(table.primary_key.columns))
    old = select(key).where(table.c[name] < before).limit(most)
    return connection.execute(delete(table).where(key.in_(old))).rowcount
