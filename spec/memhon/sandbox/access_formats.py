"""The access log as text, CSV, JSON or HTML, written as it is read: a long one needs no memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files
from itertools import chain, islice
from typing import TypeAlias

from memhon.catalogue import load
from memhon.intake import printable
from memhon.sandbox.access_query import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LOOKED_AT = 500
"""Rows that decide how wide a column of the text is."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_WORDS = {
    "fr": {
        "title": "Journal d'accès du bac à sable",
        "none": "Aucun accès dans ce que vous demandez.",
        "one": "Accès : 1",
        "many": "Accès : {count}",
        "kept": "Le bac à sable garde chaque ligne trente jours, à son heure.",
        "made_by": "Établi par MemHon {version}",
    },
    "en": {
        "title": "Access log of the sandbox",
        "none": "No access in what you ask for.",
        "one": "Accesses: 1",
        "many": "Accesses: {count}",
        "kept": "The sandbox keeps each row for thirty days, by its own time.",
        "made_by": "Made by MemHon {version}",
    },
}


def as_text(rows: Iterable[Row], lang: str = "fr") -> Iterator[str]:
    """Lines for the terminal; the first rows decide how wide a column is."""
    titles = _titles(lang)
    given = iter(rows)
    first = list(islice(given, _LOOKED_AT))
    widths = {
        name: max(len(title), *(len(row[name]) for row in first)) if first else 0
        for name, title in titles.items()
    }
    if first:
        yield _line(titles, widths)
    count = 0
    for row in chain(first, given):
        count += 1
        yield _line(row, widths)
    yield from (
        ("", _counted(count, lang), _WORDS[lang]["kept"]) if count else (_counted(count, lang),)
    )


def as_csv(rows: Iterable[Row], _lang: str = "fr") -> Iterator[str]:
    """Lines for a spreadsheet: the names of the columns, then the rows; no cell is a formula."""
    names = tuple(column.name for column in load().access.columns)
    yield ";".join(names)
    for row in rows:
        yield ";".join(_cell(row[name]) for name in names)


def as_json(rows: Iterable[Row], _lang: str = "fr") -> Iterator[str]:
    """One list, an object on each line."""
    before = "["
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ","
    yield "]" if before == "," else "[]"


def as_html(rows: Iterable[Row], lang: str = "fr") -> Iterator[str]:
    """One page that needs nothing else: no request, no script."""
    from memhon import __version__

    words, titles = _WORDS[lang], _titles(lang)
    style = files("memhon.findings.formats").joinpath("report.css").read_text(encoding="utf-8")
    yield (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(words['title'])}</title>\n<style>\n{style}"
        "body { max-width: none; }\n</style>\n</head>\n<body>"
    )
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles.values())
    yield f"<header><h1>{escape(words['title'])}</h1></header>\n<main>"
    yield f'<div role="region" tabindex="0" aria-label="{escape(words["title"])}" {_SCROLLS}>'
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    count = 0
    for row in rows:
        count += 1
        yield f"<tr>{''.join(f'<td>{escape(row[name])}</td>' for name in titles)}</tr>"
    yield "</tbody>\n</table>\n</div>"
    yield f"<p>{escape(_counted(count, lang))}</p>\n<p>{escape(words['kept'])}</p>\n</main>"
    yield f"<footer>{escape(words['made_by'].format(version=__version__))}</footer>"
    yield "</body>\n</html>"


_SCROLLS = 'style="overflow-x: auto"'
Form: TypeAlias = Callable[[Iterable[Row], str], Iterator[str]]
FORMS: Mapping[str, Form] = {"text": as_text, "csv": as_csv, "json": as_json, "html": as_html}
"""Gives the lines of a log, by the name of the form."""


def _titles(lang: str) -> dict[str, str]:
    return {column.name: column.title[lang] for column in load().access.columns}


def _line(row: Mapping[str, str], widths: Mapping[str, int]) -> str:
    shown = (printable(row[name]).ljust(width) for name, width in widths.items())
    return "  ".join(shown).rstrip()


def _counted(count: int, lang: str) -> str:
    words = _WORDS[lang]
    if count == 0:
        return words["none"]
    return words["one"] if count == 1 else words["many"].format(count=count)


def _cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula or for two."""
    safe = f"'{value}" if value.startswith(_FORMULA) else value
    if any(mark in safe for mark in ';"\n\r'):
        return '"' + safe.replace('"', '""') + '"'
    return safe
