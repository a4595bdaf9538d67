"""What went over the wire, for the desk: the newest exchanges, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from memhon.store.access import Access
from memhon.store.columns import instant_text
from memhon.store.tables import wire

_SIZE = (func.length(wire.c.request) + func.length(wire.c.response)).label("size")
_HEADS = [column for column in wire.columns if column.name not in ("request", "response")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WireEntry:
    """One call and its answer, without their bytes."""

    at: datetime
    """Instant at which the request had been read, UTC."""
    correlation_id: str
    """Of the answer; empty when it carries none."""
    exchange: str
    """Id of the exchange or name of the service; empty when it was not recognised."""
    outcome: str
    """What the answer says: ids of anomalies or of a fault, one space between them; empty: nothing
    stood in the way."""
    http_status: int
    """Status of HTTP; 0 when the connection was cut before the answer."""
    microseconds: int
    """From the request that was read to the answer that was ready."""
    number: int = 0
    """Names it; given by the store."""
    size: int = 0
    """Bytes of request and response together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireExchange(WireEntry):
    """One call and its answer."""

    request: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class WireBounds:
    """How much is kept at most; the oldest exchanges go first."""

    count: int = 500
    """Exchanges."""
    size: int = 32 * 1024 * 1024
    """Bytes of all messages together."""


@dataclass(frozen=True, slots=True)
class WirePage:
    """Some of the exchanges that were looked for."""

    total: int
    """How many there are on all pages."""
    entries: tuple[WireEntry, ...]
    """Those of the page, the newest first."""


_BOUNDS = WireBounds()


class WireLog:
    """The exchanges of a store; safe to use from several threads and processes.

    Every method raises ``StoreError`` when the database does not answer.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, exchanges: Sequence[WireExchange], bounds: WireBounds = _BOUNDS) -> None:
        """Keep exchanges in one transaction; older ones make room."""
        rows = [_row(exchange) for exchange in exchanges]

        def write(connection: Connection) -> None:
            connection.execute(insert(wire), rows)
            _make_room(connection, bounds)

        if rows:
            self._access.write(write)

    def page(
        self, page: int = 1, size: int = 20, *, exchange: str = "", refused: bool = False
    ) -> WirePage:
        """Some exchanges without their bytes, the newest first.

        Args:
            page: Which page, from 1.
            size: Exchanges to a page.
            exchange: The only one that counts; empty: every one.
            refused: Only those in whose way something stood.
        """
        wanted = [wire.c.exchange == exchange] if exchange else []
        if refused:
            wanted.append(wire.c.outcome != "")
        counting = select(func.count()).select_from(wire).where(*wanted)
        query = select(*_HEADS, _SIZE).where(*wanted).order_by(wire.c.number.desc())
        query = query.limit(size).offset((page - 1) * size)

        def read(connection: Connection) -> WirePage:
            total = connection.execute(counting).scalar_one()
            rows = connection.execute(query).mappings()
            return WirePage(total, tuple(WireEntry(**_heads(row)) for row in rows))

        return self._access.read(read)

    def find(self, number: int) -> WireExchange | None:
        """The exchange with that number, or None."""
        query = select(wire, _SIZE).where(wire.c.number == number)

        def read(connection: Connection) -> WireExchange | None:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            return WireExchange(**_heads(row), request=row["request"], response=row["response"])

        return self._access.read(read)


def _row(exchange: WireExchange) -> dict[str, Any]:
    return {
        "at": instant_text(exchange.at),
        "correlation_id": exchange.correlation_id,
        "exchange": exchange.exchange,
        "outcome": exchange.outcome,
        "http_status": exchange.http_status,
        "microseconds": exchange.microseconds,
        "request": exchange.request,
        "response": exchange.response,
    }


def _heads(row: RowMapping) -> dict[str, Any]:
    heads = {column.name: row[column.name] for column in _HEADS}
    return heads | {"at": datetime.fromisoformat(row["at"]), "size": row["size"]}


def _make_room(connection: Connection, bounds: WireBounds) -> None:
    """Delete what lies beyond the newest; every process counts what all of them kept."""
    left = bounds.size
    sizes = connection.execute(select(wire.c.number, _SIZE).order_by(wire.c.number.desc())).all()
    for place, (number, size) in enumerate(sizes):
        left -= size
        if place >= bounds.count or left < 0:
            connection.execute(delete(wire).where(wire.c.number <= number))
            return
