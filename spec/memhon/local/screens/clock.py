"""Clock and switchboard: shown, and set through the control of the sandbox."""

from __future__ import annotations

from typing import Any

from memhon.catalogue import load
from memhon.local.screens.actions import action, button, choice, command, entry, without_script
from memhon.local.screens.asking import Asked, Desk, Shown
from memhon.local.screens.layout import CLOCKS, offset_now
from memhon.local.screens.markup import Html, Node, el, html
from memhon.local.screens.pieces import exchange_title, facts, outcome, provider, table, when
from memhon.sandbox import Effect
from memhon.sandbox.control import CLOCK, FAULTS, POPULATE, RESET
from memhon.security.instants import read

_EFFECTS = {
    Effect.FAULT: "faute SOAP (identifiant)",
    Effect.ANOMALY: "réponse qui refuse (identifiant)",
    Effect.DELAY: "réponse tardive (secondes)",
    Effect.CUT: "connexion coupée avant la réponse",
    Effect.HALF: "connexion coupée au milieu de la réponse",
    Effect.SIGNATURE: "signature de la réponse fausse",
    Effect.TOKEN: "jeton déclaré expiré",
    Effect.CORRELATION: "réponse à un autre appel",
    Effect.MAINTENANCE: "maintenance, HTTP 503",
}
_STEPS = {"1h": "+ 1 heure", "1d": "+ 1 jour", "30d": "+ 30 jours"}
_OWN = "Cette horloge est celle d'un programme, memhon.Sandbox(clock=…) : lui seul la règle."
_FORGET = "Oublier tout ce que ce bac à sable retient, horloge et pannes comprises ?"


def clock(desk: Desk, _asked: Asked) -> Shown:
    """Both, and what fills or empties the sandbox."""
    told = desk.told(CLOCK)
    faults = desk.told(FAULTS)["faults"]
    return Shown(
        "Horloge et pannes",
        (
            without_script(),
            el("h2", "Horloge"),
            facts({"Heure": when(read(told["now"])), "État": CLOCKS[told["state"]]}),
            el("p", _OWN, class_="soft") if told["state"] == "own" else _set_clock(desk, told),
            el("h2", "Pannes à la demande"),
            _faults(faults),
            _add_fault(),
            command("memhon sandbox fault add cut --exchange ID"),
            el("h2", "Contenu"),
            _contents(),
        ),
    )


def _set_clock(desk: Desk, told: Any) -> Html:
    frozen = told["state"] == "frozen"
    steps = [
        button(text, id_=f"advance-{word}", name="advance", value=word)
        for word, text in _STEPS.items()
    ]
    freeze = button(
        "Laisser avancer" if frozen else "Figer",
        id_="freeze",
        name="freeze",
        value="false" if frozen else "true",
        kind="boolean",
    )
    machine = button("Heure de la machine", id_="machine", name="set", value="machine")
    done = "L'horloge est réglée."
    return html(
        [
            action("POST", CLOCK, steps, freeze, machine, done=done),
            el("div", _typed(offset_now(desk), done), class_="row"),
            command("memhon sandbox clock advance 2d"),
        ]
    )


def _typed(now: str, done: str) -> list[Html]:
    return [
        action(
            "POST",
            CLOCK,
            entry("Avancer de (2d12h, 90m)", "advance", size=10, required="required"),
            button("Avancer", id_="advance"),
            done=done,
        ),
        action(
            "POST",
            CLOCK,
            entry("Régler à (avec fuseau)", "set", now, size=24),
            button("Régler", id_="set"),
            done=done,
        ),
    ]


def _faults(faults: list[dict[str, Any]]) -> Html:
    rows = [_fault(each) for each in faults]
    heads = ("Règle", "Effet", "Précision", "Échange", "Prestataire", "Restent", "Servis")
    parts: list[Node] = [
        table("Règles de panne", heads, rows, empty="Aucune panne n'est demandée.")
    ]
    if faults:
        everything = button("Effacer toutes les pannes", id_="clear-all")
        parts.append(action("DELETE", FAULTS, everything, done="Les pannes sont effacées."))
    return html(parts)


def _fault(fault: dict[str, Any]) -> tuple[Node, ...]:
    number = fault["number"]
    detail = fault["detail"]
    named = fault["effect"] in (Effect.FAULT, Effect.ANOMALY)
    clear = button(f"Effacer la règle {number}", id_=f"clear-{number}")
    done = f"La règle {number} est effacée."
    forget = action("DELETE", f"{FAULTS}/{number}", clear, done=done)
    return (
        str(number),
        [_EFFECTS[Effect(fault["effect"])].partition(" (")[0], " ", forget],
        outcome(detail) if named else f"{detail} s" if detail else "–",
        exchange_title(fault["exchange"]) if fault["exchange"] else "tous",
        provider(fault["sender"]) if fault["sender"] else "tous",
        str(fault["left"]),
        str(fault["used"]),
    )


def _add_fault() -> Html:
    catalogue = load()
    exchanges = {each.id: each.title for each in catalogue.exchanges if each.alive}
    providers = {each.id: f"{each.titre} {each.prenom} {each.nom}" for each in catalogue.providers}
    return action(
        "POST",
        FAULTS,
        choice("Effet", "effect", {effect.value: text for effect, text in _EFFECTS.items()}),
        entry("Identifiant ou secondes", "detail", size=12),
        choice("Échange", "exchange", {"": "tous"} | exchanges),
        choice("Prestataire", "practitioner", {"": "tous"} | providers),
        entry("Appels", "count", "1", kind="number", type="number", min=1),
        button("Ajouter la panne", id_="add-fault"),
        done="La panne attend le prochain appel.",
    )


def _contents() -> Html:
    fill = button("Remplir de messages fictifs", id_="populate")
    empty = button("Tout oublier", id_="reset")
    return html(
        [
            el(
                "div",
                action("POST", POPULATE, fill, done="Les messages fictifs sont remis."),
                action("POST", RESET, empty, confirm=_FORGET, done="Le bac à sable est vide."),
                class_="row",
            ),
            command("memhon sandbox populate", "memhon sandbox reset"),
        ]
    )
