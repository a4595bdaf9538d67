"""The navigation and the settings that inherit from the project's own."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from memhon.catalogue import Exchange
from memhon.site.addresses import TYPES
from memhon.site.families import address_of, family_of

_REFERENCE: Mapping[str, Sequence[str]] = {
    "Messages": (f"{TYPES}/index.md", "reference/codes.md", "reference/anomalies.md"),
    "Sources": ("reference/hypotheses.md", "reference/provenance.md"),
    "Outils": (
        "reference/ligne-de-commande.md",
        "reference/python.md",
        "reference/api.md",
        "reference/rapports.md",
        "reference/diagnostics.md",
    ),
    "Bac à sable": (
        "reference/poste-de-commande.md",
        "reference/journal-acces.md",
        "reference/parite.md",
        "reference/reglages.md",
        "reference/moteur.md",
        "reference/donnees-fictives.md",
    ),
    "Projet": ("architecture.md",),
}
_SECURITY = (
    "securite/index.md",
    "securite/authentification.md",
    "securite/jeton.md",
    "securite/appel-signe.md",
    "securite/reponses-et-fautes.md",
    "securite/signature.md",
    "securite/empreinte.md",
    "securite/diagnostic.md",
    "securite/vecteurs.md",
    "securite/horloge-et-cles.md",
)
_JOURNEYS = ("parcours/index.md", "parcours/ra.md", "parcours/pid.md")
_VERSIONS = ("versions/index.md", "telechargements/index.md", "versions/programmes.md")


def navigation(exchanges: Sequence[Exchange], addresses: Iterable[str]) -> list[Any]:
    """The tree of pages as MkDocs reads it: what does not exist does not show.

    Args:
        exchanges: In the order in which they shall appear.
        addresses: Every page there is. A page below that of a schema file is left out, so that
            the navigation does not grow with the schemas; a page of no section comes last.
    """
    pages = {address for address in addresses if not _is_deep(address)}
    tree: list[Any] = [{"Accueil": "index.md"}]
    tree += _titled("Démarrer", _folder("demarrer", pages))
    for family in dict.fromkeys(exchange.family for exchange in exchanges):
        members = [exchange for exchange in exchanges if exchange.family == family]
        tree += _titled(family_of(members[0]).title, _family(family, members, pages))
    tree += _titled("Parcours", _listed(_JOURNEYS, "parcours", pages))
    tree += _titled("Sécurité et transport", _listed(_SECURITY, "securite", pages))
    tree += _titled("Labellisation", _folder("labellisation", pages))
    tree += _titled("Référence", _reference(pages))
    tree += _titled("Versions", _listed(_VERSIONS, "versions", pages))
    return tree + sorted(pages - set(leaves(tree)))


def leaves(tree: Any) -> list[str]:
    """The addresses in a navigation, in their order."""
    if isinstance(tree, str):
        return [tree]
    branches = tree.values() if isinstance(tree, dict) else tree
    return [address for branch in branches for address in leaves(branch)]


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


def _is_deep(address: str) -> bool:
    return address.startswith(f"{TYPES}/") and address != f"{TYPES}/index.md"


def _titled(title: str, entries: list[Any]) -> list[Any]:
    return [{title: entries}] if entries else []


def _family(family: str, members: Sequence[Exchange], pages: Collection[str]) -> list[Any]:
    own = {address_of(e): f"{e.number} – {e.title}" for e in members}
    entries: list[Any] = [page for page in _folder(family, pages) if page not in own]
    return entries + [{title: address} for address, title in own.items() if address in pages]


def _reference(pages: Collection[str]) -> list[Any]:
    groups = [
        _titled(title, [_entry(page) for page in _those(group, pages)])
        for title, group in _REFERENCE.items()
    ]
    entries = [entry for group in groups for entry in group]
    named = set(leaves(entries))
    return entries + [page for page in _folder("reference", pages) if page not in named]


def _entry(address: str) -> Any:
    """A page of a group; the theme would make an index the page of the whole group."""
    return {"Types": [address]} if address == f"{TYPES}/index.md" else address


def _listed(first: Sequence[str], folder: str, pages: Collection[str]) -> list[Any]:
    return list(dict.fromkeys([*_those(first, pages), *_folder(folder, pages)]))


def _those(addresses: Iterable[str], pages: Collection[str]) -> list[Any]:
    return [address for address in addresses if address in pages]


def _folder(folder: str, pages: Collection[str]) -> list[str]:
    own = sorted(page for page in pages if page.startswith(f"{folder}/"))
    return sorted(own, key=lambda page: not page.endswith("/index.md"))
