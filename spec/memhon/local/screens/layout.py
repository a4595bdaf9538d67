"""What surrounds every screen: heading, navigation, the state of the sandbox, script and style."""

from __future__ import annotations

from memhon.clock.luxembourg import local_time
from memhon.local.screens.asking import Desk, Shown
from memhon.local.screens.markup import Html, Node, el, html
from memhon.local.screens.pieces import when
from memhon.sandbox.control import CLOCK
from memhon.security.instants import read

FILES = "/poste/"
"""Path of script and style."""
MENU = {
    "/": "Vue d'ensemble",
    "/memoires": "Mémoires RA",
    "/paiements": "Paiements PID",
    "/plateforme": "Plateforme",
    "/messages": "Messages",
    "/jetons": "Jetons",
    "/horloge": "Horloge et pannes",
    "/utilisation": "Utilisation",
    "/acces": "Accès",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
CLOCKS = {
    "machine": "celle de la machine",
    "running": "réglée, elle avance",
    "frozen": "figée",
    "own": "celle d'un programme",
}


def whole_page(desk: Desk | None, current: str, shown: Shown) -> str:
    """A page.

    Args:
        desk: Whose state is told; None when it cannot be.
        current: Path of the menu under which the page stands.
        shown: Its content.
    """
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="robots", content="noindex"),
        el("title", f"{shown.title} – Poste de commande MemHon"),
        el("link", rel="icon", href="data:,"),
        el("link", rel="stylesheet", href=f"{FILES}desk.css"),
        el("script", src=f"{FILES}desk.mjs", type="module"),
    )
    body = el(
        "body",
        el("a", "Aller au contenu", href="#contenu", class_="skip"),
        _banner(current),
        el("div", id="told", role="status", aria_live="polite"),
        el("main", el("h1", shown.title), _state(desk), shown.parts, id="contenu", tabindex=-1),
        _footer(),
    )
    return f"<!DOCTYPE html>\n{el('html', head, body, lang='fr')}\n"


def _banner(current: str) -> Html:
    items = [
        el("li", el("a", text, href=path, aria_current="page" if path == current else None))
        for path, text in MENU.items()
    ]
    name = el("p", el("strong", "MemHon"), " Poste de commande du bac à sable", class_="brand")
    return el("header", name, el("nav", el("ul", items), aria_label="Écrans"))


def _state(desk: Desk | None) -> Node:
    if desk is None:
        return None
    told = desk.told(CLOCK)
    armed = sum(switch.left > 0 for switch in desk.store.switches.all())
    strict = desk.setting.security == "strict"
    facts: list[Node] = [
        ["Horloge : ", when(read(told["now"])), f", {CLOCKS[told['state']]}"],
        f"Sécurité : {'stricte' if strict else 'désactivée'}",
        ["Pannes : ", el("a", f"{armed} en attente" if armed else "aucune", href="/horloge")],
    ]
    return el("ul", [el("li", fact) for fact in facts], class_="state", aria_label="État")


def _footer() -> Html:
    from memhon import __version__

    return el(
        "footer",
        el(
            "p",
            f"MemHon {__version__}, outil indépendant, sans lien avec l'Agence eSanté, la CNS ni "
            "le CCSS. Heures de Luxembourg, à l'horloge du bac à sable. Cette page ne répond "
            "qu'à cette machine et ne demande rien ailleurs. Le poste de commande est une "
            "hypothèse du bac à sable : les systèmes réels n'offrent rien de tel.",
        ),
    )


def problem(title: str, *told: str) -> Shown:
    """A page that says why there is no other."""
    return Shown(title, (html([el("p", text) for text in told]),))


def offset_now(desk: Desk) -> str:
    """The instant of the sandbox as it can be typed: local, with its offset, to the minute."""
    return local_time(desk.clock.now()).isoformat(timespec="minutes")
