"""Parameters of a list: the period and the page, each optional, none guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from memhon.clock import read_instant
from memhon.clock.luxembourg import midnight
from memhon.findings import make
from memhon.platform.callers import PlatformError
from memhon.platform.settings import Settings

FROM, TO, PAGE, SIZE = "createdFrom", "createdTo", "page", "size"
NAMES = (FROM, TO, PAGE, SIZE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_YEARS = range(1900, 9999)
_FORM = "AAAA-MM-JJ, ou un instant avec fuseau"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a list is asked for."""

    since: datetime | None
    """First instant that counts, UTC."""
    before: datetime | None
    """First instant that counts no more, UTC."""
    page: int
    """From 0."""
    size: int
    """Documents to a page."""


def wanted(query: Mapping[str, str], settings: Settings) -> Wanted:
    """What a query asks for.

    Args:
        query: The parameters that were given.
        settings: Usual and largest page.

    Raises:
        PlatformError: A parameter has another form, or the period ends before it begins (400).
    """
    since = _instant(query, FROM, end=False)
    before = _instant(query, TO, end=True)
    if since is not None and before is not None and before <= since:
        raise misunderstood(TO, query[TO], f"au plus tôt {query[FROM]}")
    page = _number(query, PAGE, 0, range(1_000_000))
    size = _number(query, SIZE, settings.page_size, range(1, settings.largest_page + 1))
    return Wanted(since, before, page, size)


def misunderstood(name: str, found: str, expected: str) -> PlatformError:
    """The refusal of a parameter that does not have the form it needs."""
    return PlatformError(400, make("PLA-017", element=name, found=found, expected=expected))


def _instant(query: Mapping[str, str], name: str, *, end: bool) -> datetime | None:
    """An instant; a day begins at midnight in Luxembourg, and both bounds are included."""
    word = query.get(name)
    if word is None:
        return None
    try:
        if _DAY.fullmatch(word):
            day = date.fromisoformat(word)
            instant = midnight(day + timedelta(days=1) if end else day)
        else:
            instant = read_instant(word)
            instant += timedelta(microseconds=1) if end else timedelta()
        if instant.year in _YEARS:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise misunderstood(name, word, _FORM)


def _number(query: Mapping[str, str], name: str, usual: int, allowed: range) -> int:
    word = query.get(name)
    if word is None:
        return usual
    if not _NUMBER.fullmatch(word) or int(word) not in allowed:
        raise misunderstood(name, word, f"un nombre de {allowed[0]} à {allowed[-1]}")
    return int(word)
