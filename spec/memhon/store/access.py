"""How the store reaches its database: reads at once, writes one batch after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from memhon.store.prepared import Prepared
from memhon.store.trouble import store_error
from memhon.store.writing import Writer

_T = TypeVar("_T")


class Access:
    """Reads and writes behind one engine; safe to use from several threads.

    Args:
        reading: Its transactions see one state of the database and do not wait for a writer.
        writer: Runs what changes it.
    """

    def __init__(self, reading: Engine, writer: Writer) -> None:
        self._reading = reading
        self._writer = writer
        self._failures: type[Exception] = _failures(reading)

    def read(self, work: Callable[[Connection], _T]) -> _T:
        """Run what only looks.

        Raises:
            StoreError: The database does not answer.
        """
        try:
            with self._writer.quiet(), self._reading.begin() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise store_error(error) from error

    def first(self, question: Prepared, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row of what every call asks, without the detours of ``read``.

        Raises:
            StoreError: The database does not answer.
        """
        text, parameters = question.words(self._reading.dialect, values)
        try:
            with self._writer.quiet():
                return _first(self._reading, text, parameters)
        except (SQLAlchemyError, self._failures) as error:
            raise store_error(error) from error

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """Run what changes something; it is on the disk when this returns.

        Args:
            work: May be run a second time when its first transaction could not be kept.

        Raises:
            DuplicateError: A unique key exists; nothing was written.
            StoreError: The database does not answer, or the store is closed.
        """
        return self._writer.run(work)

    def close(self) -> None:
        """Finish what waits and close every connection."""
        self._writer.close()
        self._reading.dispose()


def _first(engine: Engine, text: str, parameters: Any) -> tuple[Any, ...] | None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(text, parameters)
        row: Any = cursor.fetchone()
        cursor.close()
    except BaseException:
        connection.invalidate()
        raise
    # Given back only when all went well; this ends the transaction that the driver began.
    connection.close()
    return None if row is None else tuple(row)


def _failures(engine: Engine) -> type[Exception]:
    """What the driver raises."""
    driver: Any = engine.dialect.dbapi
    found: type[Exception] = driver.Error
    return found
