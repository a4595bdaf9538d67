"""The first screen: what the sandbox holds and what came last."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.local.screens.asking import Asked, Desk, Shown
from memhon.local.screens.markup import Html, Node, el
from memhon.local.screens.messages import entries_table
from memhon.local.screens.pieces import code, facts, state

_STATES = {
    "deposits": ("Mémoires RA", "/memoires", "statut-ra"),
    "simulations": ("Simulations PID", "/paiements", "etats-simulation"),
    "documents": ("Documents de la plateforme", "/plateforme", "statuts-plateforme"),
}
_NEWEST = 8


def overview(desk: Desk, _asked: Asked) -> Shown:
    """Counts by state, the newest messages, and where the sandbox answers."""
    counted = desk.store.views.states()
    alive = desk.store.views.live_tokens(desk.clock.now())
    cards = [_card(*_STATES[name], counted[name]) for name in _STATES]
    newest = desk.store.wire.page(size=_NEWEST)
    address = desk.address()
    return Shown(
        "Vue d'ensemble",
        (
            el("ul", cards, class_="cards"),
            el("h2", "Derniers messages"),
            entries_table("Derniers messages", newest.entries),
            el("p", el("a", "Tous les messages", href="/messages")) if newest.total else el("p"),
            el("h2", "Ce bac à sable"),
            facts(
                {
                    "Échange synchrone": code(address),
                    "Jetons en cours": el("a", str(alive), href="/jetons"),
                    "Premier essai": _first(desk, address, bool(newest.total)),
                }
            ),
        ),
    )


def _card(title: str, path: str, codes: str, states: Mapping[str, int]) -> Html:
    told = [el("li", state(each, codes), f" {number}") for each, number in states.items() if number]
    return el(
        "li",
        el("h2", el("a", title, href=path)),
        el("p", str(sum(states.values())), class_="number"),
        el("ul", told) if told else el("p", "Aucun pour l'instant.", class_="soft"),
    )


def _first(desk: Desk, address: str, tried: bool) -> Node:
    if tried:
        return ["Fait. Pour repartir de rien : ", code("memhon sandbox reset")]
    security = "" if desk.setting.security == "strict" else " --security off"
    return code(f"memhon send depot.xml --endpoint {address}{security}")
