"""The report: how many fee notes had which event, by month, practitioner or family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from memhon.catalogue import load
from memhon.usage.figures import UNDECLARED, Figures, Row
from memhon.usage.formats.as_csv import csv_text
from memhon.usage.formats.as_html import html
from memhon.usage.formats.as_json import json_text
from memhon.usage.formats.as_text import text
from memhon.usage.period import By, Period


@dataclass(frozen=True, slots=True)
class UsageReport(Figures):
    """What was exchanged in a period; always complete: where it cannot be, there is none."""

    def to_text(self, lang: str = "fr") -> str:
        """The report for a reader; several lines."""
        return text(self, lang)

    def to_csv(self) -> str:
        """The rows with semicolons between their values, and a header."""
        return csv_text(self)

    def to_json(self) -> str:
        """The report as indented JSON."""
        return json_text(self)

    def to_html(self, lang: str = "fr") -> str:
        """The report as one page with charts; no script, no request."""
        return html(self, lang)


Cell: TypeAlias = tuple[str, str, str]
"""Key of the row, kind, and form, which may be empty."""


def made(
    period: Period,
    by: By,
    source: str,
    counted: Iterable[tuple[Cell, int]],
    *,
    read: int = 0,
    repeated: int = 0,
) -> UsageReport:
    """The report on counts.

    Args:
        period: What was asked for.
        by: What the keys stand for.
        source: ``journal`` or ``store``.
        counted: Counts by cell; a cell may come more than once.
        read: Events read.
        repeated: Events that were not counted again.
    """
    rows: dict[str, list[tuple[Cell, int]]] = {key: [] for key in _known(period, by)}
    for cell, count in counted:
        if count:
            rows.setdefault(cell[0], []).append((cell, count))
    blind = source == "store"
    keys = rows if by is By.FAMILY else sorted(rows)
    every = [entry for entries in rows.values() for entry in entries]
    return UsageReport(
        period=period,
        by=by,
        source=source,
        rows=tuple(_row(key, rows[key], blind=blind) for key in keys),
        total=_row("", every, blind=blind),
        read=read,
        repeated=repeated,
    )


def _known(period: Period, by: By) -> tuple[str, ...]:
    if by is By.MONTH:
        return period.months
    return () if by is By.PRACTITIONER else tuple(word.name for word in load().journal.families)


def _row(key: str, entries: Iterable[tuple[Cell, int]], *, blind: bool) -> Row:
    form = load().journal
    counts = {kind.name: 0 for kind in form.kinds}
    handed = {word.name: 0 for word in form.forms} | {UNDECLARED: 0}
    over = {kind.name for kind in form.kinds if kind.hands_over}
    for (_, kind, shape), count in entries:
        counts[kind] += count
        if kind in over:
            handed[shape or UNDECLARED] += count
    if not blind:
        return Row(key, counts, handed)
    # A sandbox only ever sees what was sent to it.
    sent = form.forms[0].name
    return Row(key, counts, {name: handed[name] if name == sent else None for name in handed})
