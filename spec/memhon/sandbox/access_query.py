"""What is asked of the access log in plain words, and a page of it as values of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol, TypeAlias

from memhon.catalogue import load
from memhon.clock.luxembourg import beginning_of
from memhon.findings import cut, make
from memhon.sandbox.wishes import WishError
from memhon.store import AccessEntry, AccessFilter, AccessPlace, Store

ACCESSES = "/_sandbox/accesses"
"""Path of the log at the desk."""
FILTERS = ("from", "to", "who", "whose", "category")
"""What an entry can be chosen by."""
_AFTER = "after"
_PAGE = 2000
_LONGEST = 100
_PLACE = re.compile(r"([0-9T:.+-]{32})/([0-9]{1,18})")
_DAY = "un jour AAAA-MM-JJ"

Row: TypeAlias = dict[str, str]
"""One entry: its value by the name of the column."""


class Asking(Protocol):
    """Something that answers as the desk does."""

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """The value that is answered, as JSON has it."""
        ...


def wanted_by(query: Mapping[str, str]) -> AccessFilter:
    """The entries that a query means; days are those of Luxembourg, both ends included.

    Args:
        query: Values of ``FILTERS``; all of them may be left out.

    Raises:
        WishError: One cannot be read, or the period ends before it begins (SBX-021).
    """
    for name, value in query.items():
        if name not in FILTERS:
            raise _unreadable(name, value, ", ".join(FILTERS))
        if not value.isprintable() or not 1 <= len(value) <= _LONGEST:
            raise _unreadable(name, value, f"un texte de 1 à {_LONGEST} caractères")
    first, last = _day(query, "from"), _day(query, "to")
    if first is not None and last is not None and last < first:
        raise _unreadable("to", query["to"], f"un jour à partir du {first}")
    known = [word.name for word in load().access.categories]
    category = query.get("category")
    if category is not None and category not in known:
        raise _unreadable("category", category, ", ".join(known))
    return AccessFilter(
        since=_begin(query, "from", first),
        before=_begin(query, "to", last, timedelta(days=1)),
        who=query.get("who"),
        whose=query.get("whose"),
        category=category,
    )


def page_of(store: Store, query: Mapping[str, str]) -> dict[str, Any]:
    """A page of the log: ``entries``, and ``after``, the place from which to ask on, or null.

    Args:
        store: Holds the log.
        query: Values of ``FILTERS``, and ``after`` as an earlier page gave it.

    Raises:
        WishError: The query cannot be read (SBX-021).
        StoreError: The store does not answer.
    """
    given = dict(query)
    after = _place(given.pop(_AFTER)) if _AFTER in given else None
    found = store.accesses.page(wanted_by(given), after=after, size=_PAGE)
    last = found[-1][0] if len(found) == _PAGE else None
    return {
        "entries": [row_of(entry) for _, entry in found],
        _AFTER: None if last is None else f"{last.at.isoformat(timespec=_EXACT)}/{last.number}",
    }


def rows_of(target: Asking, query: Mapping[str, str]) -> Iterator[Row]:
    """Every entry that a query means, read page by page.

    Args:
        target: A desk, or what answers like one.
        query: Values of ``FILTERS``.
    """
    asked = dict(query)
    while True:
        page = target.ask("GET", ACCESSES, query=asked)
        yield from page["entries"]
        if page[_AFTER] is None:
            return
        asked[_AFTER] = page[_AFTER]


def row_of(entry: AccessEntry) -> Row:
    """An entry as text, by the name of the column and in the order of the catalogue."""
    row = {column.name: str(getattr(entry, column.name)) for column in load().access.columns}
    at = entry.at.astimezone(UTC).replace(tzinfo=None)
    return row | {"at": f"{at.isoformat(timespec='milliseconds')}Z"}


_EXACT = "microseconds"


def _day(query: Mapping[str, str], name: str) -> date | None:
    word = query.get(name)
    if word is None:
        return None
    try:
        found = date.fromisoformat(word)
    except ValueError:
        found = None
    # the parser also takes weeks and forms without dashes
    if found is None or found.isoformat() != word:
        raise _unreadable(name, word, _DAY)
    return found


def _begin(
    query: Mapping[str, str], name: str, day: date | None, later: timedelta = timedelta()
) -> datetime | None:
    if day is None:
        return None
    try:
        return beginning_of(day + later)
    except OverflowError:
        raise _unreadable(name, query[name], _DAY) from None


def _place(word: str) -> AccessPlace:
    parts = _PLACE.fullmatch(word)
    try:
        at = datetime.fromisoformat(parts[1]) if parts else None
    except ValueError:
        at = None
    if parts is None or at is None or at.tzinfo is None:
        raise _unreadable(_AFTER, word, "la valeur « after » de la page précédente")
    return AccessPlace(at, int(parts[2]))


def _unreadable(name: str, found: str, expected: str) -> WishError:
    finding = make("SBX-021", element=cut(name), found=cut(found) or "vide", expected=expected)
    return WishError(400, finding)
