"""The access log: who read whose data, which data, when and from where.

Entries are written and never changed. The words in them are those of the catalogue; the matricule
of a patient stands in one column only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, tuple_

from memhon.catalogue import load
from memhon.store.access import Access
from memhon.store.columns import instant_text
from memhon.store.prepared import Prepared
from memhon.store.retention import Tidied, together
from memhon.store.tables import accesses

_NAMES = tuple(column.name for column in accesses.columns if not column.primary_key)
_ADD = Prepared(insert(accesses).values({name: bindparam(name) for name in _NAMES}).inline())
_PAGE = 1000
"""Entries that are read at once."""
_MATRICULE = re.compile(r"(?<![0-9A-Za-z])[0-9]{13}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One read of one person's data."""

    at: datetime
    """Instant, UTC."""
    who: str
    """Identifier of the one who read: eHealthID, provider code, member's identifier, name of a
    certificate, or the word of the role; never the matricule of a patient."""
    role: str
    """In which quality: a role of the catalogue, e.g. ``prestataire``, ``patient``, ``poste``."""
    whose: str
    """Matricule or birth date of the patient; empty when nobody can know."""
    category: str
    """What was read: a category of the catalogue, e.g. ``memoire``, ``document``."""
    origin: str
    """From where: an interface of the catalogue, then a blank and the address of the peer."""
    action: str
    """Name of the request: the id of an exchange, a command, or method and path pattern."""
    reference: str = ""
    """Identifier of what was read, when it was one thing."""
    source: str = ""
    """Codes of the providers from whom the data are, separated by blanks."""
    provider: str = ""
    """For which provider: the provider code of the mySecu space, or the eHealthID of the one for
    whom a member of the team acts."""


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """Which entries are wanted; everything that is left out counts."""

    since: datetime | None = None
    """First instant."""
    before: datetime | None = None
    """Instant after the last one."""
    who: str | None = None
    whose: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class AccessPlace:
    """A place in the order of the log."""

    at: datetime
    number: int
    """Tells entries of the same instant apart, in the order in which they were written."""


class Accesses:
    """The access log of a store; safe to use from several threads and processes."""

    def __init__(self, access: Access, tidied: Tidied) -> None:
        self._access = access
        self._tidied = tidied

    def add(self, *entries: AccessEntry) -> None:
        """Write entries down, all or none; nothing that they tell of may be answered before.

        Raises:
            ValueError: A word is not in the catalogue, an instant has no zone, or a matricule
                stands elsewhere than in ``whose``.
            StoreError: The store cannot be written.
        """
        if not entries:
            return
        rows = [_row(entry) for entry in entries]

        def write(connection: Connection) -> None:
            for row in rows:
                _ADD.on(connection, row)

        together(self._access, self._tidied, entries[0].at, write)

    def entries(self, wanted: AccessFilter | None = None) -> Iterator[AccessEntry]:
        """The entries in the order of time, read page by page: a long log takes no more memory.

        Args:
            wanted: Which ones; all by default.

        Raises:
            StoreError: The store cannot be read.
        """
        after: AccessPlace | None = None
        while page := self.page(wanted, after=after):
            yield from (entry for _, entry in page)
            after = page[-1][0]

    def page(
        self,
        wanted: AccessFilter | None = None,
        *,
        after: AccessPlace | None = None,
        size: int = _PAGE,
    ) -> tuple[tuple[AccessPlace, AccessEntry], ...]:
        """Some entries in the order of time, each with its place.

        Args:
            wanted: Which ones; all by default.
            after: The place of the last one that is known; by default they are read from the first.
            size: How many at most.

        Raises:
            StoreError: The store cannot be read.
        """
        conditions = _conditions(wanted or AccessFilter(), after)
        query = select(accesses).where(*conditions).order_by(accesses.c.at, accesses.c.number)
        return self._access.read(
            lambda connection: tuple(
                _placed(dict(row)) for row in connection.execute(query.limit(size)).mappings()
            )
        )


def _conditions(wanted: AccessFilter, after: AccessPlace | None) -> list[ColumnElement[bool]]:
    columns = accesses.c
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(columns.at >= _text(wanted.since))
    if wanted.before is not None:
        found.append(columns.at < _text(wanted.before))
    for name in ("who", "whose", "category"):
        value = getattr(wanted, name)
        if value is not None:
            found.append(columns[name] == value)
    if after is not None:
        place = tuple_(columns.at, columns.number)
        found.append(place > tuple_(_text(after.at), after.number))
    return found


def _placed(row: dict[str, object]) -> tuple[AccessPlace, AccessEntry]:
    at = datetime.fromisoformat(str(row.pop("at")))
    number = int(str(row.pop("number")))
    return AccessPlace(at, number), AccessEntry(at, **{name: str(row[name]) for name in row})


def _row(entry: AccessEntry) -> dict[str, object]:
    unknown = load().access.unknown(entry.role, entry.category, entry.origin)
    if unknown is not None:
        raise ValueError(f"no word of the access log: {unknown}")
    if entry.at.tzinfo is None:
        raise ValueError("an access has an instant without a zone")
    row = asdict(entry)
    if any(_MATRICULE.search(str(row[name])) for name in row if name not in ("at", "whose")):
        raise ValueError("a matricule has its own column in the access log")
    return row | {"at": _text(entry.at)}


def _text(instant: datetime) -> str:
    return instant_text(instant.astimezone(UTC))
