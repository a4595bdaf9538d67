"""The numbers of a usage report as an HTML table, one row for a row."""

from __future__ import annotations

from html import escape

from memhon.usage.figures import Figures, Row
from memhon.usage.formats.words import WORDS, form_titles, key_title, kind_titles, number


def table(report: Figures, lang: str = "fr") -> str:
    """The table; it can be scrolled by keyboard where it is wider than the page."""
    words, kinds, forms = WORDS[lang], kind_titles(lang), form_titles(lang)
    titles = [words[report.by.value], *kinds.values(), *forms.values()]
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_row(row, key_title(report, row.key, lang)) for row in report.rows)
    foot = _row(report.total, words["total"])
    return (
        f'<div class="usage-table" role="region" aria-label="{escape(words["table"])}" '
        'tabindex="0" markdown="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody><tfoot>{foot}</tfoot></table>"
        "</div>"
    )


def _row(row: Row, title: str) -> str:
    values = [*row.counts.values(), *row.forms.values()]
    cells = "".join(f'<td class="number">{number(value)}</td>' for value in values)
    return f'<tr><th scope="row">{escape(title)}</th>{cells}</tr>'
