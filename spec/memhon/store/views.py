"""What the desk lists: rows of every provider and patient, page by page; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RowMapping, Select, func, select

from memhon.store import deposits, simulations
from memhon.store.access import Access
from memhon.store.accesses import AccessEntry
from memhon.store.columns import instant_text
from memhon.store.credentials import token_of
from memhon.store.records import DepositEntry, IssuedToken
from memhon.store.simulated import Contestation, Payment, Simulation
from memhon.store.tables import (
    accesses,
    cancellations,
    platform_consents,
    platform_documents,
    tokens,
)
from memhon.store.tables import deposits as deposit_table
from memhon.store.tables import simulations as simulation_table

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """Some of the rows that were looked for."""

    total: int
    """How many there are on all pages."""
    rows: tuple[_Row, ...]
    """Those of the page, the newest first."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a simulation ended, where it did."""

    payment: Payment | None
    contestation: Contestation | None


class Views:
    """Looks at a store as a whole; safe to use from several threads and processes.

    Every method raises ``StoreError`` when the database does not answer. Pages are counted from 1.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def deposits(
        self, page: int, size: int, *, status: str = "", named: str = ""
    ) -> Page[DepositEntry]:
        """The deposits of everybody.

        Args:
            page: Which page.
            size: Rows to a page.
            status: The only one that counts; empty: every one.
            named: National number, provider code or identifier that counts; empty: every one.
        """
        columns = deposit_table.c
        query = select(*[each for each in deposit_table.columns if each.name != "data"])
        if status:
            query = query.where(columns.status == status)
        if named:
            keys = columns.matricule, columns.sender, columns.secu_uuid, columns.uuid_key
            query = query.where(_any(keys, named))
        return self._page(query, columns.number, page, size, deposits.entry_of_row)

    def cancellation_reason(self, secu_uuid: str) -> str:
        """Why a deposit was cancelled, in the sender's words; empty when it was not."""
        query = select(cancellations.c.reason).where(cancellations.c.cancelled == secu_uuid)
        return self._access.read(lambda connection: connection.execute(query).scalar() or "")

    def simulations(
        self, page: int, size: int, *, state: str = "", named: str = ""
    ) -> Page[Simulation]:
        """The simulations of everybody; see ``deposits``."""
        columns = simulation_table.c
        query = select(simulation_table)
        if state:
            query = query.where(columns.state == state)
        if named:
            keys = columns.matricule, columns.sender, columns.id, columns.fee_note_key
            query = query.where(_any(keys, named))
        return self._page(query, columns.number, page, size, simulations.simulation_of_row)

    def settled(self, simulation_id: str) -> Settled:
        """How a simulation ended."""
        return self._access.read(
            lambda connection: Settled(
                simulations.payment_of(connection, simulation_id),
                simulations.contestation_of(connection, simulation_id),
            )
        )

    def tokens(self, page: int, size: int) -> Page[IssuedToken]:
        """The tokens that were issued, those that live longest first; never their text."""
        query = select(tokens)
        return self._page(
            query, tokens.c.expires_at, page, size, lambda row: _token(tuple(row.values()))
        )

    def live_tokens(self, now: datetime) -> int:
        """How many tokens would be accepted."""
        alive = (tokens.c.cancelled == 0) & (tokens.c.expires_at > instant_text(now))
        query = select(func.count()).select_from(tokens).where(alive)
        return self._access.read(lambda connection: connection.execute(query).scalar_one())

    def accesses(self, page: int, size: int, *, whose: str = "") -> Page[AccessEntry]:
        """The access log, of one patient or of all."""
        query = select(accesses)
        if whose:
            query = query.where(accesses.c.whose == whose)
        return self._page(query, accesses.c.number, page, size, _access)

    def platform_patients(self) -> dict[str, int]:
        """How many documents each patient has on the platform; 0: consents only."""
        agreed = select(platform_consents.c.matricule).distinct()

        def read(connection: Connection) -> dict[str, int]:
            found = dict.fromkeys(connection.execute(agreed).scalars().all(), 0)
            counted = _counted(connection, platform_documents.c.matricule)
            return dict(sorted((found | counted).items()))

        return self._access.read(read)

    def states(self) -> dict[str, dict[str, int]]:
        """How many rows there are in each state: of deposits, simulations and documents."""
        columns = {
            "deposits": deposit_table.c.status,
            "simulations": simulation_table.c.state,
            "documents": platform_documents.c.status,
        }

        def read(connection: Connection) -> dict[str, dict[str, int]]:
            return {name: _counted(connection, column) for name, column in columns.items()}

        return self._access.read(read)

    def _page(self, query: Select[Any], order: Any, page: int, size: int, make: Any) -> Page[Any]:
        counting = select(func.count()).select_from(query.subquery())
        some = query.order_by(order.desc()).limit(size).offset((page - 1) * size)

        def read(connection: Connection) -> Page[Any]:
            total = connection.execute(counting).scalar_one()
            rows = connection.execute(some).mappings()
            return Page(total, tuple(make(row) for row in rows))

        return self._access.read(read)


def _counted(connection: Connection, column: Any) -> dict[str, int]:
    query = select(column, func.count()).group_by(column).order_by(column)
    return {row[0]: row[1] for row in connection.execute(query)}


def _any(keys: Any, named: str) -> Any:
    first, *others = (key.in_((named, named.casefold())) for key in keys)
    for other in others:
        first |= other
    return first


def _token(row: tuple[Any, ...]) -> IssuedToken | None:
    return token_of(row)


def _access(row: RowMapping) -> AccessEntry:
    values = {name: row[name] for name in row if name not in ("number", "at")}
    return AccessEntry(datetime.fromisoformat(row["at"]), **values)
