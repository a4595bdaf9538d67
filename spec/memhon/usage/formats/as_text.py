"""A usage report for the terminal: one line for a kind of event, a few rows side by side."""

from __future__ import annotations

from collections.abc import Sequence

from memhon.usage.figures import Figures, Row
from memhon.usage.formats.words import (
    WORDS,
    form_titles,
    key_title,
    kind_titles,
    number,
    period_text,
    remarks,
)

_BESIDE = 6
"""Rows of the report side by side; more come below."""


def text(report: Figures, lang: str = "fr") -> str:
    """The rows of the report as columns, then what a reader has to know."""
    words = WORDS[lang]
    columns = [(key_title(report, row.key, lang), row) for row in report.rows]
    columns.append((words["total"], report.total))
    lines = [f"{words['title']} – {period_text(report, lang)}"]
    for start in range(0, len(columns), _BESIDE):
        some = columns[start : start + _BESIDE]
        lines += ["", *_table(words[report.by.value], some, lang)]
    return "\n".join([*lines, "", *remarks(report, lang), ""])


def _table(corner: str, columns: Sequence[tuple[str, Row]], lang: str) -> list[str]:
    heads = [corner, *(head for head, _ in columns)]
    kinds = [
        [title, *(number(row.counts[name]) for _, row in columns)]
        for name, title in kind_titles(lang).items()
    ]
    forms = [
        [title, *(number(row.forms[name]) for _, row in columns)]
        for name, title in form_titles(lang).items()
    ]
    every = [heads, *kinds, *forms]
    widths = [max(len(line[place]) for line in every) for place in range(len(heads))]
    rule = ["-" * width for width in widths]
    return [_line(line, widths) for line in (heads, rule, *kinds, rule, *forms)]


def _line(values: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = values
    cells = [value.rjust(width) for value, width in zip(others, widths[1:], strict=True)]
    return "  ".join([first.ljust(widths[0]), *cells])
