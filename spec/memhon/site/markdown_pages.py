"""The Markdown of every page beside it, and ``llms.txt``, which lists it for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from memhon.errors import MemhonError
from memhon.site.links import page_folders
from memhon.site.navigation import leaves
from memhon.site.plain import markdown

INDEX = "llms.txt"
_ALTERNATE = '<link rel="alternate " type="text/markdown" href="index.md">'
"""The blank keeps the theme from it, which takes ``link[rel=alternate]`` for another language and
asks for a sitemap beside it; for everybody else the value is a list of words."""
_FIELD = re.compile(r'^(title|description): "(.*)"$', re.MULTILINE)
_ABOUT = """\
# MemHon

> Référence indépendante et outils pour le mémoire d'honoraires électronique au Luxembourg :
> remboursement accéléré (RA) et paiement immédiat direct (PID).

Ce site n'est une publication ni de l'Agence eSanté, ni de la CNS, ni du CCSS. Chaque énoncé porte
sa provenance ; une « hypothèse du bac à sable » ne vaut pas le document officiel. Chaque page
existe en Markdown à côté de son HTML : `index.md` dans le même dossier. Les adresses ci-dessous
sont relatives à ce fichier.
"""
_DATA = (
    ("telechargements/catalogue.json", "tout le catalogue : éléments, codes, anomalies, sources"),
    ("telechargements/catalogue.schema.json", "forme du catalogue (JSON Schema 2020-12)"),
    ("telechargements/rapports/report.schema.json", "forme des rapports de validation"),
    ("telechargements/SHA256SUMS", "empreintes de tous les fichiers"),
)


class _Entry(NamedTuple):
    address: str
    title: str
    description: str

    @property
    def line(self) -> str:
        told = f": {self.description}" if self.description else ""
        return f"- [{self.title}]({self.address}){told}"


def write_markdown(site: Path) -> int:
    """Write the Markdown of every page and name it in the head of the page.

    Args:
        site: The fresh folder of the site.

    Returns:
        The number of pages.
    """
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    folders = page_folders(names)
    pages = [name for name in names if name == "index.html" or name.endswith("/index.html")]
    for name in pages:
        path = site / name
        text = path.read_text(encoding="utf-8")
        path.with_suffix(".md").write_text(markdown(name, text, folders), encoding="utf-8")
        path.write_text(text.replace("</head>", f"{_ALTERNATE}\n</head>", 1), encoding="utf-8")
    return len(pages)


def write_index(site: Path, tree: Sequence[Any]) -> None:
    """Write ``llms.txt``: the sections of the navigation, then what it does not show.

    Args:
        site: Folder with the Markdown of the pages.
        tree: The navigation as MkDocs reads it.

    Raises:
        MemhonError: The navigation names a page that has no Markdown.
    """
    entries = {
        path.relative_to(site).as_posix(): _entry(site, path)
        for path in sorted(site.rglob("index.md"))
    }
    parts = [_ABOUT]
    for title, pages in _sections(tree):
        missing = [page for page in pages if page not in entries]
        if missing:
            raise MemhonError(f"llms.txt : pas de Markdown pour {', '.join(missing)}")
        parts.append(_section(title, [entries.pop(page).line for page in pages]))
    parts.append(_section("Données", [f"- [{name}]({name}): {told}" for name, told in _DATA]))
    if entries:
        parts.append(_section("Optional", [entry.line for entry in entries.values()]))
    (site / INDEX).write_text("\n".join(parts), encoding="utf-8")


def _entry(site: Path, path: Path) -> _Entry:
    head = path.read_text(encoding="utf-8").partition("\n---\n")[0]
    fields: Mapping[str, str] = {
        name: re.sub(r"\\(.)", r"\1", value) for name, value in _FIELD.findall(head)
    }
    address = path.relative_to(site).as_posix()
    return _Entry(address, fields.get("title") or address, fields.get("description", ""))


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", *lines, ""])


def _sections(tree: Sequence[Any]) -> Iterator[tuple[str, list[str]]]:
    """The top of the navigation: titles, and the Markdown of the pages below them."""
    alone = [address for branch in tree for address in _alone(branch)]
    if alone:
        yield "Pages", alone
    for branch in tree:
        if isinstance(branch, dict):
            for title, below in branch.items():
                if not isinstance(below, str):
                    yield title, [_address(page) for page in leaves(below)]


def _alone(branch: Any) -> Iterator[str]:
    if isinstance(branch, str):
        yield _address(branch)
    elif isinstance(branch, dict):
        yield from (_address(below) for below in branch.values() if isinstance(below, str))


def _address(page: str) -> str:
    stem = page.removesuffix(".md")
    return page if stem == "index" or stem.endswith("/index") else f"{stem}/index.md"
