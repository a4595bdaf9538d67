"""Messages that were refused: few of them, for a short time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select

from memhon.store.access import Access
from memhon.store.columns import instant_text
from memhon.store.records import RefusedMessage
from memhon.store.tables import refused


@dataclass(frozen=True, slots=True)
class RefusedBounds:
    """How much is kept at most; the oldest messages go first."""

    count: int = 100
    """Messages."""
    size: int = 64 * 1024 * 1024
    """Bytes of all messages together."""


_BOUNDS = RefusedBounds()


class RefusedMessages:
    """The refused messages of a store; safe to use from several threads and processes."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, message: RefusedMessage, now: datetime, bounds: RefusedBounds = _BOUNDS) -> bool:
        """Keep a message; older ones make room, those that have expired are deleted.

        Args:
            message: What was refused.
            now: What expired before is deleted.
            bounds: How much is kept at most.

        Returns:
            False when the message alone is larger than what may be kept.

        Raises:
            StoreError: The store cannot be written.
        """
        return self._access.write(lambda connection: _add(connection, message, now, bounds))

    def find(self, correlation_id: str, now: datetime) -> RefusedMessage | None:
        """The message of a fault, or None when there is none or it has expired."""
        return self._access.write(lambda connection: _find(connection, correlation_id, now))

    def forget(self, now: datetime | None = None) -> int:
        """Delete the messages that have expired, all of them without an instant.

        Returns:
            How many were deleted.

        Raises:
            StoreError: The store cannot be written.
        """
        return self._access.write(lambda connection: _forget(connection, now))


def _add(
    connection: Connection, message: RefusedMessage, now: datetime, bounds: RefusedBounds
) -> bool:
    """Keep a message; a correlation id that a seed repeats means the newer one."""
    _forget(connection, now)
    if len(message.data) > bounds.size or bounds.count < 1:
        return False
    connection.execute(delete(refused).where(refused.c.correlation_id == message.correlation_id))
    _make_room(connection, len(message.data), bounds)
    values = {
        "correlation_id": message.correlation_id,
        "fault": message.fault,
        "refused_at": instant_text(message.refused_at),
        "expires_at": instant_text(message.expires_at),
        "size": len(message.data),
        "data": message.data,
    }
    connection.execute(insert(refused), values)
    return True


def _find(connection: Connection, correlation_id: str, now: datetime) -> RefusedMessage | None:
    """The message of a fault, or None; what has expired is deleted before it is looked for."""
    _forget(connection, now)
    wanted = select(refused).where(refused.c.correlation_id == correlation_id)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        return None
    return RefusedMessage(
        correlation_id=row["correlation_id"],
        fault=row["fault"],
        refused_at=datetime.fromisoformat(row["refused_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        data=row["data"],
    )


def _forget(connection: Connection, now: datetime | None) -> int:
    """Delete what has expired, or everything without an instant; says how many."""
    query = delete(refused)
    if now is not None:
        query = query.where(refused.c.expires_at <= instant_text(now))
    return connection.execute(query).rowcount


def _make_room(connection: Connection, size: int, bounds: RefusedBounds) -> None:
    columns = select(refused.c.number, refused.c.size).order_by(refused.c.number)
    rows: list[Row[tuple[int, int]]] = list(connection.execute(columns))
    total = sum(row.size for row in rows)
    while rows and (len(rows) >= bounds.count or total + size > bounds.size):
        oldest = rows.pop(0)
        total -= oldest.size
        connection.execute(delete(refused).where(refused.c.number == oldest.number))
