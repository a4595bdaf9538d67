"""The access log: who read whose data, which data, when and from where."""

from __future__ import annotations

from collections.abc import Iterable

from memhon.catalogue import load
from memhon.catalogue.access import AccessWord
from memhon.local.screens.asking import ROWS, Asked, Desk, Shown
from memhon.local.screens.markup import Node, el
from memhon.local.screens.pieces import NONE, code, filters, pager, person, provider, table, typed
from memhon.local.screens.pieces import when as instant
from memhon.store import AccessEntry

_NOTE = (
    "Chaque lecture de données d'un patient s'écrit ici avant la réponse : par un échange, par la "
    "plateforme, ou sur ce poste de commande. Rien ne s'y corrige ni ne s'y efface, sauf ce qui a "
    "plus de 30 jours."
)


_SHOWN = ("at", "whose", "category", "who", "origin", "source", "action")
"""Columns of the log that head those of the table; quality and object stand with others."""


def _heads() -> list[str]:
    titles = {each.name: each.title["fr"] for each in load().access.columns}
    return [titles[name] for name in _SHOWN]


def access(desk: Desk, asked: Asked) -> Shown:
    """The log, of one patient or of all."""
    page = desk.store.views.accesses(asked.page, ROWS, whose=asked.word("patient"))
    return Shown(
        "Journal d'accès",
        (
            el("p", _NOTE),
            filters(asked, typed(asked, "patient", "Matricule du patient", size=16)),
            table(
                "Accès, les plus récents d'abord",
                _heads(),
                [_row(each) for each in page.rows],
                empty="Aucun accès n'est noté.",
            ),
            pager(asked, page.total),
        ),
    )


def _row(entry: AccessEntry) -> tuple[Node, ...]:
    words = load().access
    interface, _, address = entry.origin.partition(" ")
    return (
        instant(entry.at),
        person(entry.whose) if entry.whose.isdecimal() else entry.whose or NONE,
        _title(words.categories, entry.category),
        _who(entry),
        [_title(words.origins, interface), " ", code(address) if address else None],
        [provider(each) for each in entry.source.split()] or NONE,
        el(
            "span",
            [entry.action, " ", code(entry.reference) if entry.reference else None],
            class_="long",
        ),
    )


def _who(entry: AccessEntry) -> Node:
    """Who read, and in which quality where that says more."""
    quality = _title(load().access.roles, entry.role)
    if entry.who == entry.role:
        return quality
    return [provider(entry.who) if entry.who.isdecimal() else entry.who, ", ", quality]


def _title(words: Iterable[AccessWord], name: str) -> str:
    return next((word.title["fr"] for word in words if word.name == name), name)
