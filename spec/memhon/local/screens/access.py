"""The access log: who read whose data, which data, when and from where."""

from __future__ import annotations

from memhon.local.screens.asking import ROWS, Asked, Desk, Shown
from memhon.local.screens.markup import Node, el
from memhon.local.screens.pieces import NONE, code, filters, pager, person, provider, table, typed
from memhon.local.screens.pieces import when as instant
from memhon.store import AccessEntry

_HEADS = ("Quand", "Qui", "Qualité", "Données de", "Quoi", "D'où", "Requête")
_NOTE = (
    "Chaque lecture de données d'un patient s'écrit ici avant la réponse : par un échange, par la "
    "plateforme, ou sur ce poste de commande. Rien ne s'y corrige ni ne s'y efface, sauf ce qui a "
    "plus de 30 jours."
)


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
                _HEADS,
                [_row(each) for each in page.rows],
                empty="Aucun accès n'est noté.",
            ),
            pager(asked, page.total),
        ),
    )


def _row(entry: AccessEntry) -> tuple[Node, ...]:
    return (
        instant(entry.at),
        provider(entry.who) if entry.who.isdecimal() else entry.who,
        entry.role,
        person(entry.whose) if entry.whose.isdecimal() else entry.whose or NONE,
        entry.category,
        entry.origin,
        [entry.action, " ", code(entry.reference) if entry.reference else None],
    )
