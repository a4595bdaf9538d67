"""Empties a store, writes it out as plain values, and reads them in again."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection, LargeBinary, Table, delete, func, insert, select

from memhon.errors import StoreError
from memhon.store.tables import (
    assertions,
    deposits,
    metadata,
    numbering,
    refused,
    simulations,
    switches,
    tokens,
)

Row: TypeAlias = tuple[str, dict[str, Any]]
"""Name of a table, and one row of it as values of JSON."""

_SECRET = frozenset({tokens.name, assertions.name, refused.name})
"""Left out of what is written: they are good for minutes, and nobody else may have them."""


def empty(connection: Connection) -> None:
    """Forget everything but how far each seed was numbered.

    Those who work on the store hold blocks of ranks; what they draw must not be drawn again.
    """
    for table in metadata.sorted_tables:
        if table is not numbering:
            connection.execute(delete(table))


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
            raise StoreError(f"table ou colonnes inconnues dans la copie : « {name} »")
        try:
            plain = _from_plain(table, values)
            if table is numbering:
                _count_on(connection, plain)
            else:
                connection.execute(insert(table), plain)
        except (TypeError, ValueError):
            raise StoreError(f"valeur illisible dans la copie : « {name} »") from None
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
    for table in (deposits, simulations, switches):
        newest = select(func.coalesce(func.max(table.c.number), 0) + 1).scalar_subquery()
        counter = func.pg_get_serial_sequence(table.name, "number")
        connection.execute(select(func.setval(counter, newest, False)))


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _from_plain(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: base64.b64decode(value, validate=True)
        if isinstance(table.c[name].type, LargeBinary)
        else value
        for name, value in values.items()
    }
