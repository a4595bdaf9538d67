"""The numbers of a usage report as an HTML table, one row for a row."""

from __future__ import annotations

from html import escape

from memhon.usage.figures import Figures, Row
from memhon.usage.formats.words import WORDS, form_titles, key_title, kind_titles, number

_FEW = 6
"""Rows of the report that stand side by side; more stand below each other."""
_KEY = ' class="key"'
"""A month, a code or a family: it stands on one line, however narrow the page."""


def table(report: Figures, lang: str = "fr") -> str:
    """The table; it can be scrolled by keyboard where it is wider than the page."""
    words = WORDS[lang]
    titles = [words[report.by.value], *kind_titles(lang).values(), *form_titles(lang).values()]
    named = [(key_title(report, row.key, lang), row) for row in report.rows]
    lines = [
        titles,
        *(_line(title, row) for title, row in [*named, (words["total"], report.total)]),
    ]
    turned = len(report.rows) <= _FEW
    if turned:
        lines = [list(line) for line in zip(*lines, strict=True)]
    across, down = (_KEY, "") if turned else ("", _KEY)
    head = "".join(f'<th scope="col"{across}>{escape(title)}</th>' for title in lines[0])
    body = "".join(_row(line, down) for line in (lines[1:] if turned else lines[1:-1]))
    foot = "" if turned else f"<tfoot>{_row(lines[-1], down)}</tfoot>"
    return (
        f'<div class="usage-table" role="region" aria-label="{escape(words["table"])}" '
        'tabindex="0" markdown="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>"
    )


def _line(title: str, row: Row) -> list[str]:
    return [title, *map(number, row.counts.values()), *map(number, row.forms.values())]


def _row(values: list[str], mark: str) -> str:
    first, *others = (escape(value) for value in values)
    cells = "".join(f'<td class="number">{value}</td>' for value in others)
    return f'<tr><th scope="row"{mark}>{first}</th>{cells}</tr>'
