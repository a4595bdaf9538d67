"""What the next calls have to meet: rules with a count, shared by every worker."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, or_, select, update

from memhon.store.access import Access
from memhon.store.prepared import Prepared
from memhon.store.tables import switches

_ARMED = Prepared(select(switches.c.number).where(switches.c.left > 0).limit(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One rule: whose next calls meet what."""

    effect: str
    """What they meet."""
    detail: str = ""
    """What the effect needs besides: an id, or a duration."""
    exchange: str | None = None
    """Id of the only exchange that counts; None: every one."""
    sender: str | None = None
    """Code of the only provider that counts; None: every one."""
    left: int = 1
    """How many calls are still to meet it."""
    used: int = 0
    """How many calls met it."""
    number: int = 0
    """Names the rule; given by the store."""


class Switches:
    """The rules of a store, the oldest first; safe to use from several threads and processes."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, switch: Switch) -> int:
        """Keep a rule; its number.

        Raises:
            StoreError: The store cannot be written.
        """
        return self._access.write(lambda connection: _add(connection, switch))

    def all(self) -> tuple[Switch, ...]:
        """Every rule, also those that are used up."""
        query = select(switches).order_by(switches.c.number)
        return self._access.read(
            lambda connection: tuple(_switch(row) for row in connection.execute(query).mappings())
        )

    def clear(self, number: int | None = None) -> int:
        """Forget one rule, or all; how many there were."""
        wanted = delete(switches)
        if number is not None:
            wanted = wanted.where(switches.c.number == number)
        return self._access.write(lambda connection: connection.execute(wanted).rowcount)

    def armed(self) -> bool:
        """Whether a rule waits for a call."""
        return self._access.first(_ARMED, {}) is not None

    def take(
        self, exchange: str, senders: Collection[str], without: Collection[str] = ()
    ) -> Switch | None:
        """Use the oldest rule that a call meets, once; None: it meets none.

        Args:
            exchange: Id of the exchange.
            senders: Codes by which the call may name its provider.
            without: Effects that the call cannot meet.

        Returns:
            The rule as it stands afterwards.
        """
        wanted = _of_call(exchange, senders, without)
        return self._access.write(lambda connection: _take(connection, wanted))


def _add(connection: Connection, switch: Switch) -> int:
    values = {
        "effect": switch.effect,
        "detail": switch.detail,
        "exchange": switch.exchange,
        "sender": switch.sender,
        "left": switch.left,
        "used": switch.used,
    }
    key = connection.execute(insert(switches), values).inserted_primary_key
    assert key is not None
    return int(key[0])


def _of_call(
    exchange: str, senders: Collection[str], without: Collection[str]
) -> ColumnElement[bool]:
    columns = switches.c
    return (
        (columns.left > 0)
        & or_(columns.exchange.is_(None), columns.exchange == exchange)
        & or_(columns.sender.is_(None), columns.sender.in_(senders))
        & columns.effect.not_in(without)
    )


def _take(connection: Connection, wanted: ColumnElement[bool]) -> Switch | None:
    columns = switches.c
    query = select(switches).where(wanted).order_by(columns.number).limit(1)
    while (row := connection.execute(query).mappings().first()) is not None:
        # Whoever shares the database may have used it up since it was read.
        still = (columns.number == row["number"]) & (columns.left == row["left"])
        used = {"left": columns.left - 1, "used": columns.used + 1}
        if connection.execute(update(switches).where(still).values(used)).rowcount == 1:
            found = connection.execute(select(switches).where(columns.number == row["number"]))
            return _switch(found.mappings().one())
    return None


def _switch(row: RowMapping) -> Switch:
    return Switch(**row)
