"""A usage report for a spreadsheet: names as they stand in the journal, no cell is a formula."""

from __future__ import annotations

from memhon.catalogue import load
from memhon.usage.figures import UNDECLARED, Figures, Row
from memhon.usage.period import By

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_KEYS = {By.MONTH: "mois", By.PRACTITIONER: "prestataire", By.FAMILY: "famille"}


def csv_text(report: Figures) -> str:
    """The rows without the total, which a spreadsheet sums by itself."""
    form = load().journal
    kinds = [kind.name for kind in form.kinds]
    forms = [word.name for word in form.forms]
    head = [_KEYS[report.by], *kinds, *forms, f"forme_{UNDECLARED}"]
    lines = [head, *(_row(row, [*forms, UNDECLARED]) for row in report.rows)]
    return "".join(";".join(map(_cell, line)) + "\n" for line in lines)


def _row(row: Row, forms: list[str]) -> list[str]:
    known = [row.forms[name] for name in forms]
    shown = ["" if value is None else str(value) for value in known]
    return [row.key, *map(str, row.counts.values()), *shown]


def _cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula or for two."""
    safe = f"'{value}" if value.startswith(_FORMULA) else value
    if any(mark in safe for mark in ';"\n\r'):
        return '"' + safe.replace('"', '""') + '"'
    return safe
