"""The store: what was deposited, simulated and refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, RowMapping, Select, func, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from memhon.errors import StoreError
from memhon.store import credentials
from memhon.store.records import Deposit, IssuedToken, RefusedMessage, Simulation
from memhon.store.refused import RefusedBounds, add_refused, forget_refused, refused_of
from memhon.store.tables import deposits, simulations

_BOUNDS = RefusedBounds()


class DuplicateError(StoreError):
    """The identifier is already in the store; nothing was written."""


class Store:
    """Deposits and simulations behind one engine; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # The store in memory is one connection shared by all threads.
        self._lock = threading.Lock()

    def add_deposit(self, deposit: Deposit) -> None:
        """Keep a deposit; the unique key makes the test for a duplicate atomic.

        Raises:
            DuplicateError: A deposit with that UUID exists, in whatever letter case.
            StoreError: The store cannot be written.
        """
        with self._begin() as connection:
            connection.execute(
                insert(deposits),
                {
                    "uuid_key": deposit.uuid.casefold(),
                    "uuid": deposit.uuid,
                    "secu_uuid": deposit.secu_uuid,
                    "sender": deposit.sender,
                    "received_at": deposit.received_at.isoformat(),
                    "status": deposit.status,
                    "data": deposit.data,
                },
            )

    def deposit(self, uuid: str) -> Deposit | None:
        """The deposit with that sender's UUID, or None."""
        row = self._one(select(deposits).where(deposits.c.uuid_key == uuid.casefold()))
        return None if row is None else _deposit(row)

    def count_deposits(self) -> int:
        """How many deposits the store holds."""
        row = self._one(select(func.count().label("count")).select_from(deposits))
        return 0 if row is None else int(row["count"])

    def add_simulation(self, simulation: Simulation) -> None:
        """Keep a simulation.

        Raises:
            DuplicateError: A simulation with that id exists.
            StoreError: The store cannot be written.
        """
        with self._begin() as connection:
            connection.execute(
                insert(simulations),
                {
                    "id": simulation.id,
                    "fee_note": simulation.fee_note,
                    "sender": simulation.sender,
                    "simulated_at": simulation.simulated_at.isoformat(),
                    "statutory_cents": _cents(simulation.statutory),
                    "personal_cents": _cents(simulation.personal),
                    "total_cents": _cents(simulation.total),
                },
            )

    def simulation(self, simulation_id: str) -> Simulation | None:
        """The simulation with that id, or None."""
        row = self._one(select(simulations).where(simulations.c.id == simulation_id))
        return None if row is None else _simulation(row)

    def add_token(self, token: IssuedToken) -> None:
        """Keep a token that was issued.

        Raises:
            DuplicateError: The token exists already.
            StoreError: The store cannot be written.
        """
        with self._begin() as connection:
            credentials.add_token(connection, token)

    def token(self, digest: str) -> IssuedToken | None:
        """The token with that digest, or None."""
        with self._begin() as connection:
            return credentials.token_of(connection, digest)

    def cancel_token(self, digest: str) -> bool:
        """Mark a token as handed back; False when there is none that still counts."""
        with self._begin() as connection:
            return credentials.cancel_token(connection, digest)

    def use_assertion(self, mark: str, expires_at: datetime, now: datetime) -> None:
        """Remember that an assertion bought its token.

        Args:
            mark: What identifies it.
            expires_at: Until when it has to be remembered.
            now: Older ones are forgotten.

        Raises:
            DuplicateError: It was used before.
            StoreError: The store cannot be written.
        """
        with self._begin() as connection:
            credentials.use_assertion(connection, mark, expires_at, now)

    def add_refused(
        self, message: RefusedMessage, now: datetime, bounds: RefusedBounds = _BOUNDS
    ) -> bool:
        """Keep a refused message; older ones make room, those that have expired are deleted.

        Args:
            message: What was refused.
            now: What expired before is deleted.
            bounds: How much is kept at most.

        Returns:
            False when the message alone is larger than what may be kept.

        Raises:
            StoreError: The store cannot be written.
        """
        with self._begin() as connection:
            return add_refused(connection, message, now, bounds)

    def refused(self, correlation_id: str, now: datetime) -> RefusedMessage | None:
        """The refused message of a fault, or None when there is none or it has expired."""
        with self._begin() as connection:
            return refused_of(connection, correlation_id, now)

    def forget_refused(self, now: datetime | None = None) -> int:
        """Delete the refused messages that have expired, all of them without an instant.

        Returns:
            How many were deleted.

        Raises:
            StoreError: The store cannot be written.
        """
        with self._begin() as connection:
            return forget_refused(connection, now)

    def close(self) -> None:
        """Close every connection; a store in memory is gone."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def _one(self, query: Select[Any]) -> RowMapping | None:
        with self._begin() as connection:
            return connection.execute(query).mappings().first()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        try:
            with self._lock, self._engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise DuplicateError("cet identifiant est déjà dans le dépôt de données") from error
        except SQLAlchemyError as error:
            raise StoreError(f"le dépôt de données ne répond pas : {reason(error)}") from error


def reason(error: SQLAlchemyError) -> str:
    """What the database said, without the statement around it."""
    cause = getattr(error, "orig", None)
    return str(cause if cause is not None else error)


def _deposit(row: RowMapping) -> Deposit:
    return Deposit(
        uuid=row["uuid"],
        secu_uuid=row["secu_uuid"],
        sender=row["sender"],
        received_at=datetime.fromisoformat(row["received_at"]),
        status=row["status"],
        data=row["data"],
    )


def _simulation(row: RowMapping) -> Simulation:
    return Simulation(
        id=row["id"],
        fee_note=row["fee_note"],
        sender=row["sender"],
        simulated_at=datetime.fromisoformat(row["simulated_at"]),
        statutory=_euros(row["statutory_cents"]),
        personal=_euros(row["personal_cents"]),
        total=_euros(row["total_cents"]),
    )


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
