"""Group commit: one writer, one transaction for all who wait, an answer only when it is kept.

A commit waits for the disk. While it does, requests queue up; the next transaction takes them all.
When one of them fails, all run again, each in its own savepoint, so that the failure of one undoes
nothing of another.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from memhon.errors import StoreError
from memhon.store.trouble import store_error

_T = TypeVar("_T")
_MOST = 256
"""Writes in one transaction: bounds what one failure makes run again."""


class Writer(Protocol):
    """Runs what changes the database."""

    def run(self, work: Callable[[Connection], _T]) -> _T:
        """Run a write and return what it returned, once it is kept."""
        ...

    def quiet(self) -> AbstractContextManager[object]:
        """What a reader has to hold."""
        ...

    def close(self) -> None:
        """Accept nothing more."""
        ...


class Alone:
    """Writes and reads in turn on one connection, for a database in memory."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()

    def run(self, work: Callable[[Connection], _T]) -> _T:
        """Run a write in a transaction of its own."""
        try:
            with self._lock, self._engine.begin() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise store_error(error) from error

    def quiet(self) -> AbstractContextManager[object]:
        """The connection is shared, so a reader waits for the writer."""
        return self._lock

    def close(self) -> None:
        """There is nothing to wait for."""


class Grouped:
    """Writes in a thread of its own, as many to a transaction as wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="memhon-store", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Connection], _T]) -> _T:
        """Queue a write and wait until it is kept."""
        job = _Job(work)
        with self._changed:
            if self._closed:
                raise StoreError("le dépôt de données est fermé")
            self._waiting.append(job)
            self._changed.notify()
        found: _T = job.future.result()
        return found

    def quiet(self) -> AbstractContextManager[object]:
        """A reader has a connection of its own and waits for nobody."""
        return nullcontext()

    def close(self) -> None:
        """Finish what waits and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _serve(self) -> None:
        while jobs := self._next():
            try:
                self._keep(jobs)
            except BaseException as error:
                for job in jobs:
                    job.fail(error)

    def _next(self) -> list[_Job]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST))]

    def _keep(self, jobs: Sequence[_Job]) -> None:
        try:
            # Savepoints cost as much as a write, and hardly ever is there a failure to contain.
            kept = _together(self._engine, jobs, _plainly) or (
                len(jobs) > 1 and _together(self._engine, jobs, _inside)
            )
        except SQLAlchemyError as error:
            for job in jobs:
                job.fail(store_error(error))
            return
        if not kept:
            for job in jobs:
                _by_itself(self._engine, job)


class _Job:
    """One write that somebody waits for."""

    __slots__ = ("error", "future", "value", "work")

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.future: Future[Any] = Future()
        self.value: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Tell whoever waits; what was computed counts from now on."""
        if self.error is not None:
            self.fail(self.error)
        elif not self.future.done():
            self.future.set_result(self.value)

    def fail(self, error: BaseException) -> None:
        """Tell whoever waits that nothing was kept."""
        if not self.future.done():
            self.future.set_exception(error)


def _together(
    engine: Engine, jobs: Sequence[_Job], run: Callable[[Connection, _Job], bool]
) -> bool:
    """Run all in one transaction.

    Returns:
        False when it could not be trusted to the end: nothing was kept then, and all have to be
        tried in another way.

    Raises:
        SQLAlchemyError: No transaction could be begun, or it could not be committed.
    """
    with engine.connect() as connection:
        transaction = connection.begin()
        for job in jobs:
            if not run(connection, job):
                transaction.rollback()
                return False
        _commit(connection, transaction)
    for job in jobs:
        job.settle()
    return True


def _commit(connection: Connection, transaction: RootTransaction) -> None:
    try:
        transaction.commit()
    except BaseException:
        # A commit that failed may have left its transaction open, and its lock with it.
        connection.invalidate()
        raise


def _plainly(connection: Connection, job: _Job) -> bool:
    """Run one; False when it failed, whatever it may have done before."""
    job.error = None
    try:
        job.value = job.work(connection)
    except Exception:
        return False
    return True


def _inside(connection: Connection, job: _Job) -> bool:
    """Run one in its savepoint; False when the transaction around it cannot be trusted any more."""
    job.value = job.error = None
    try:
        with connection.begin_nested():
            job.value = job.work(connection)
    except IntegrityError as error:
        job.error = store_error(error)
    except SQLAlchemyError:
        return False
    except Exception as error:
        job.error = error
    return True


def _by_itself(engine: Engine, job: _Job) -> None:
    try:
        with engine.connect() as connection:
            transaction = connection.begin()
            try:
                job.value = job.work(connection)
            except BaseException:
                transaction.rollback()
                raise
            _commit(connection, transaction)
    except SQLAlchemyError as error:
        job.fail(store_error(error))
    except Exception as error:
        job.fail(error)
    else:
        job.error = None
        job.settle()
