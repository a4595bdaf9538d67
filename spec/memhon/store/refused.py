"""Messages that were refused: few of them, for a short time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select

from memhon.store.records import RefusedMessage
from memhon.store.tables import refused


@dataclass(frozen=True, slots=True)
class RefusedBounds:
    """How much is kept at most; the oldest messages go first."""

    count: int = 100
    """Messages."""
    size: int = 64 * 1024 * 1024
    """Bytes of all messages together."""


def add_refused(
    connection: Connection, message: RefusedMessage, now: datetime, bounds: RefusedBounds
) -> bool:
    """Keep a message; a correlation id that a seed repeats means the newer one."""
    forget_refused(connection, now)
    if len(message.data) > bounds.size or bounds.count < 1:
        return False
    connection.execute(delete(refused).where(refused.c.correlation_id == message.correlation_id))
    _make_room(connection, len(message.data), bounds)
    values = {
        "correlation_id": message.correlation_id,
        "fault": message.fault,
        "refused_at": message.refused_at.isoformat(),
        "expires_at": message.expires_at.isoformat(),
        "size": len(message.data),
        "data": message.data,
    }
    connection.execute(insert(refused), values)
    return True


def refused_of(connection: Connection, correlation_id: str, now: datetime) -> RefusedMessage | None:
    """The message of a fault, or None; what has expired is deleted before it is looked for."""
    forget_refused(connection, now)
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


def forget_refused(connection: Connection, now: datetime | None) -> int:
    """Delete what has expired, or everything without an instant; says how many."""
    query = delete(refused)
    if now is not None:
        query = query.where(refused.c.expires_at <= now.isoformat())
    return connection.execute(query).rowcount


def _make_room(connection: Connection, size: int, bounds: RefusedBounds) -> None:
    columns = select(refused.c.number, refused.c.size).order_by(refused.c.number)
    rows: list[Row[tuple[int, int]]] = list(connection.execute(columns))
    total = sum(row.size for row in rows)
    while rows and (len(rows) >= bounds.count or total + size > bounds.size):
        oldest = rows.pop(0)
        total -= oldest.size
        connection.execute(delete(refused).where(refused.c.number == oldest.number))
