"""How the store reaches its database: reads at once, writes one batch after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

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
