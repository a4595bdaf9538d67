"""The access log: who read whose data, which data, when and from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

from memhon.store.access import Access
from memhon.store.columns import instant_text
from memhon.store.tables import accesses


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One read of one person's data."""

    at: datetime
    """Instant, UTC."""
    who: str
    """Identifier of the one who read: provider code or eHealthID, matricule, or name of a tool."""
    role: str
    """In which quality: e.g. ``practitioner``, ``patient``, ``desk``."""
    whose: str
    """Matricule or birth date of the patient."""
    category: str
    """What was read: e.g. ``memoire``, ``document``, ``consentement``."""
    origin: str
    """From where: the interface, and the address of the peer."""
    action: str
    """Name of the request: the id of an exchange, or method and path pattern."""
    reference: str = ""
    """Identifier of what was read, when it was one thing."""


class Accesses:
    """The access log of a store; safe to use from several threads and processes."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, *entries: AccessEntry) -> None:
        """Write entries down; nothing that they tell of may be answered before.

        Raises:
            StoreError: The store cannot be written.
        """
        if entries:
            rows = [_row(entry) for entry in entries]
            self._access.write(lambda connection: connection.execute(insert(accesses), rows))

    def all(self) -> Iterable[AccessEntry]:
        """Every entry, the oldest first.

        Raises:
            StoreError: The store cannot be read.
        """
        query = select(accesses).order_by(accesses.c.number)
        return self._access.read(
            lambda connection: tuple(
                AccessEntry(
                    datetime.fromisoformat(row["at"]),
                    **{name: row[name] for name in _NAMES},
                )
                for row in connection.execute(query).mappings()
            )
        )


_NAMES = ("who", "role", "whose", "category", "origin", "action", "reference")


def _row(entry: AccessEntry) -> dict[str, object]:
    return asdict(entry) | {"at": instant_text(entry.at)}
