"""Empties a store, writes it out as plain values, and reads them in again."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, delete, func, insert, select

from memhon.store.tables import (
    accesses,
    assertions,
    deposits,
    metadata,
    numbering,
    platform_consents,
    platform_documents,
    platform_members,
    refused,
    simulations,
    switches,
    tokens,
    wire,
)
from memhon.store.trouble import CopyError

Row: TypeAlias = tuple[str, dict[str, Any]]
"""Name of a table, and one row of it as values of JSON."""

_SECRET = frozenset({tokens.name, assertions.name, refused.name, wire.name})
"""Left out of what is written: good for minutes, not repeatable, or nobody else may have them."""

_NUMBERED = (
    deposits,
    simulations,
    switches,
    accesses,
    platform_documents,
    platform_consents,
    platform_members,
    wire,
)
"""Their rows are numbered by the database."""


def empty(connection: Connection) -> dict[str, int]:
    """Forget everything but how far each seed was numbered; how many rows of which table.

    Those who work on the store hold blocks of ranks; what they draw must not be drawn again. What
    went over the wire is not counted: it is kept a moment after the answer, so no count is right.
    """
    tables = [table for table in metadata.sorted_tables if table is not numbering]
    counts = {table.name: connection.execute(delete(table)).rowcount for table in tables}
    return {name: count for name, count in counts.items() if name != wire.name}


def rows(connection: Connection) -> Iterator[Row]:
    """Every row of every table, in an order that does not change."""
    for table in metadata.sorted_tables:
        if table.name not in _SECRET:
            query = select(table).order_by(*table.primary_key.columns)
            for row in connection.execute(query).mappings():
                yield table.name, {name: _plain(value) for name, value in row.items()}


def add_rows(connection: Connection, given: Iterable[Row], *, instead: bool = False) -> int:
    """Keep rows that were written out; how many there were."""
    if instead:
        empty(connection)
    kept = 0
    for name, values in given:
        table = metadata.tables.get(name)
        if table is None or set(values) != set(table.columns.keys()):
            raise CopyError(f"table ou colonnes inconnues dans la copie : « {name} »")
        try:
            plain = _from_plain(table, values)
            if table is numbering:
                _count_on(connection, plain)
            else:
                connection.execute(insert(table), plain)
        except (TypeError, ValueError):
            raise CopyError(f"valeur illisible dans la copie : « {name} »") from None
        kept += 1
    if connection.dialect.name == "postgresql":
        _number_on(connection)
    return kept


def _count_on(connection: Connection, given: dict[str, Any]) -> None:
    """Number a seed on from wherever it was numbered further."""
    of_seed = numbering.c.seed == given["seed"]
    here = connection.execute(select(numbering.c.next_number).where(of_seed)).scalar()
    connection.execute(delete(numbering).where(of_seed))
    furthest = max(here or 0, int(given["next_number"]))
    connection.execute(insert(numbering), given | {"next_number": furthest})


def _number_on(connection: Connection) -> None:
    """Numbers that were given do not move the database's own counter."""
    for table in _NUMBERED:
        newest = select(func.coalesce(func.max(table.c.number), 0) + 1).scalar_subquery()
        counter = func.pg_get_serial_sequence(table.name, "number")
        connection.execute(select(func.setval(counter, newest, False)))


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _from_plain(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    return {name: _kept(table.c[name], value) for name, value in values.items()}


def _kept(column: Column[Any], value: Any) -> Any:
    """A value as its column keeps it.

    SQLite would take any value for any column, and the sandbox would fail where it is read.
    """
    if value is None and column.nullable:
        return None
    if isinstance(column.type, Integer):
        if type(value) is not int or not -_MOST <= value < _MOST:
            raise ValueError("no whole number")
        return value
    if type(value) is not str or "\0" in value:
        raise ValueError("no text")
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value, validate=True)
    instant = column.name in ("at", "instant") or column.name.endswith("_at")
    if instant and datetime.fromisoformat(value).tzinfo is None:
        raise ValueError("no instant with a zone")
    return value


_MOST = 2**63
