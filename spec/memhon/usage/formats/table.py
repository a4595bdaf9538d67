"""The numbers of a usage report as an HTML table, one row for a row."""

from __future__ import annotations

from html import escape

from memhon.usage.figures import Figures, Row
from memhon.usage.formats.words import WORDS, form_titles, key_title, kind_titles, number

_FEW = 6
"""Rows of the report that stand side by side; more stand below each other."""


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
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in lines[0])
    body = "".join(map(_row, lines[1:] if turned else lines[1:-1]))
    foot = "" if turned else f"<tfoot>{_row(lines[-1])}</tfoot>"
    return (
        f'<div class="usage-table" role="region" aria-label="{escape(words["table"])}" '
        'tabindex="0" markdown="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>"
    )


def _line(title: str, row: Row) -> list[str]:
    return [title, *map(number, row.counts.values()), *map(number, row.forms.values())]


def _row(values: list[str]) -> str:
    first, *others = (escape(value) for value in values)
    cells = "".join(f'<td class="number">{value}</td>' for value in others)
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'
