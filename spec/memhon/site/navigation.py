"""The navigation and the settings that inherit from the project's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from memhon.catalogue import Exchange
from memhon.site import downloads, provenance, reference_pages
from memhon.site.families import address_of, family_of

CLI_PAGE = "reference/ligne-de-commande.md"


def navigation(exchanges: Sequence[Exchange], handwritten: Iterable[str]) -> list[Any]:
    """The tree of pages as MkDocs reads it.

    Args:
        exchanges: In the order in which they shall appear.
        handwritten: Addresses of the pages in ``docs/``; a page of no section comes last.
    """
    pages = set(handwritten)
    families = list(dict.fromkeys(exchange.family for exchange in exchanges))
    tree: list[Any] = [{"Accueil": "index.md"}]
    tree.append({"Démarrer": _section("demarrer", pages)})
    for family in families:
        members = [exchange for exchange in exchanges if exchange.family == family]
        entries: list[Any] = _section(family, pages)
        entries += [{f"{e.number} – {e.title}": address_of(e)} for e in members]
        tree.append({family_of(members[0]).title: entries})
    reference: list[Any] = [
        {"Provenance": provenance.PAGE},
        {"Listes de codes": reference_pages.CODES},
        {"Anomalies": reference_pages.FINDINGS},
        {"Données fictives": reference_pages.DEMO},
        {"Réglages": reference_pages.SETTINGS},
        {"Ligne de commande": CLI_PAGE},
        *_section("reference", pages),
    ]
    tree.append({"Référence": reference})
    tree.append({"Téléchargements": [downloads.PAGE, *_section("versions", pages)]})
    listed = {"index.md", *(page for page in pages if "/" in page)}
    tree += sorted(pages - listed)
    return tree


def settings(tree: list[Any]) -> str:
    """``build/mkdocs.yml``: JSON is YAML, and nothing in it needs another form."""
    values = {
        "INHERIT": "../mkdocs.yml",
        "docs_dir": "docs",
        "site_dir": "site",
        "nav": tree,
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def of(config: Path) -> list[Any]:
    """The tree in settings that were written by ``settings``."""
    tree: list[Any] = json.loads(config.read_text(encoding="utf-8"))["nav"]
    return tree


def _section(folder: str, pages: Iterable[str]) -> list[Any]:
    own = sorted(page for page in pages if page.startswith(f"{folder}/"))
    own.sort(key=lambda page: not page.endswith("/index.md"))
    return list(own)
