"""Statements of every call, whose SQL is written once: writing it takes longer than running it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.engine import Dialect

_Parameters: TypeAlias = tuple[Any, ...] | dict[str, Any]


class Prepared:
    """A statement that is turned into text once for each kind of database.

    Args:
        statement: Its parameters are named.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def on(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run what gives no rows, in the transaction of a connection."""
        text, parameters = self.words(connection.dialect, values)
        connection.exec_driver_sql(text, parameters)

    def words(self, dialect: Dialect, values: Mapping[str, Any]) -> tuple[str, _Parameters]:
        """The SQL and the parameters as the driver of a database takes them."""
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = _Written(self._statement, dialect)
        return written.text, written.parameters(values)


class _Written:
    """The SQL for one kind of database."""

    __slots__ = ("_given", "_order", "text")

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.text: str = compiled.string
        self._given: dict[str, Any] = compiled.params
        self._order: list[str] | None = compiled.positiontup

    def parameters(self, values: Mapping[str, Any]) -> _Parameters:
        """Those of the call, with those that stand in the statement."""
        every = {**self._given, **values}
        return every if self._order is None else tuple(every[name] for name in self._order)
