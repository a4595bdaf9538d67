"""What every worker has to agree on: the time of the sandbox and the next number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from memhon.store.columns import instant_text
from memhon.store.tables import clock, numbering

_ONLY = 1


@dataclass(frozen=True, slots=True)
class ClockState:
    """How the clock of the sandbox was last set."""

    instant: datetime
    """What it showed when it was set, UTC."""
    set_at: datetime
    """The machine's instant at that moment, UTC."""
    frozen: bool
    """Whether it stands still; otherwise it runs on from there."""

    def now(self, machine: datetime) -> datetime:
        """What it shows.

        Args:
            machine: The machine's instant.
        """
        return self.instant if self.frozen else self.instant + (machine - self.set_at)


def clock_state(connection: Connection) -> ClockState | None:
    """How the clock was set; None: it shows the machine's time."""
    row = connection.execute(select(clock)).mappings().first()
    if row is None:
        return None
    instant, set_at = row["instant"], row["set_at"]
    frozen = bool(row["frozen"])
    return ClockState(datetime.fromisoformat(instant), datetime.fromisoformat(set_at), frozen)


def set_clock(
    connection: Connection, change: Callable[[ClockState | None], ClockState | None]
) -> ClockState | None:
    """Set the clock from how it was set before."""
    state = change(clock_state(connection))
    connection.execute(delete(clock))
    if state is not None:
        values = {
            "number": _ONLY,
            "instant": instant_text(state.instant),
            "set_at": instant_text(state.set_at),
            "frozen": int(state.frozen),
        }
        connection.execute(insert(clock), values)
    return state


def reserve_numbers(connection: Connection, seed: str, count: int) -> int:
    """Take the next numbers of a seed for oneself; the first of them."""
    of_seed = numbering.c.seed == seed
    first: int | None = connection.execute(select(numbering.c.next_number).where(of_seed)).scalar()
    if first is None:
        connection.execute(insert(numbering), {"seed": seed, "next_number": count})
        return 0
    connection.execute(update(numbering).where(of_seed).values(next_number=first + count))
    return first
