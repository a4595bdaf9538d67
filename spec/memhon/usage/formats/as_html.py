"""A usage report as one HTML file that needs nothing else: no request, no script."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from memhon.usage.figures import Figures
from memhon.usage.formats.chart import forms_chart, kinds_chart
from memhon.usage.formats.table import table
from memhon.usage.formats.words import WORDS, period_text, remarks

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(report: Figures, lang: str = "fr") -> str:
    """A page for people: two charts, every number in a table, and where they come from."""
    from memhon import __version__

    words = WORDS[lang]
    style = files("memhon.usage.formats").joinpath("usage.css").read_text(encoding="utf-8")
    period = escape(period_text(report, lang))
    head = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(words['title'])} – {period}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>"
    )
    parts = [
        head,
        f'<header><h1>{escape(words["title"])}</h1>\n<p class="soft">{period}</p></header>\n<main>',
        f"<h2>{escape(words['forms'])}</h2>\n{forms_chart(report, lang)}",
        f"<h2>{escape(words['kinds'])}</h2>\n{kinds_chart(report, lang)}",
        f"<h2>{escape(words['table'])}</h2>\n{table(report, lang)}",
        *(f"<p>{escape(told)}</p>" for told in remarks(report, lang)),
        "</main>",
        f"<footer>{escape(words['made_by'].format(version=__version__), quote=False)}</footer>",
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).replace(' markdown="0"', "")
