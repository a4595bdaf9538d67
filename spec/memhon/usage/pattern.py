"""A good line of a journal as one regular expression, made from the catalogue."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from memhon.catalogue import JournalFormat, load

_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
PERSONAL = (
    r"(?<!\d)(?:1[89]|20)\d\d[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?(?:0[1-9]|[12]\d|3[01])"
    r"[ ./-]?\d{3}[ ./-]?\d{2}(?!\d)"
)
"""A national number, in one run or as it is printed; a UUID cannot hold one."""


@cache
def line_pattern() -> re.Pattern[bytes]:
    """A whole line without its line feed.

    Groups: identifier of the event, instant, kind and family with what stands between them,
    provider, fee note, form.
    """
    form = load().journal
    pairs = "|".join(
        f"{kind.name}{form.delimiter}{family}" for kind in form.kinds for family in kind.families
    )
    groups = (
        _identifier(form, "identifiant"),
        form.column("instant").pattern,
        pairs,
        form.column("prestataire").pattern,
        f"{_identifier(form, 'memoire')}|",
        "|".join((*(word.name for word in form.forms), "")),
    )
    whole = form.delimiter.join(f"({group})" for group in groups) + "\r?"
    return re.compile(whole.encode("ascii"))


def _identifier(form: JournalFormat, name: str) -> str:
    """A UUID, or another identifier that holds no national number."""
    general = form.column(name).pattern
    return f"{_UUID}|(?![^{form.delimiter}]*?{PERSONAL}){general}"


@cache
def lacking_kinds() -> frozenset[bytes]:
    """Kind and family, as a line has them, of events that need no fee note."""
    form = load().journal
    return frozenset(
        f"{kind.name}{form.delimiter}{family}".encode("ascii")
        for kind in form.kinds
        if kind.note_may_lack
        for family in kind.families
    )


def instant_of(text: bytes) -> datetime:
    """The instant of a line that has the form of one.

    Raises:
        ValueError: The calendar has no such day.
    """
    return datetime.fromisoformat(text.decode("ascii"))
