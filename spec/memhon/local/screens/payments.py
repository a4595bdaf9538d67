"""Simulations and payments of the PID."""

from __future__ import annotations

from dataclasses import replace

from memhon.catalogue import load
from memhon.errors import CatalogueError
from memhon.findings import explain
from memhon.local.screens.asking import ROWS, Asked, Desk, MissingError, Shown, looked
from memhon.local.screens.markup import Html, Node, el, html
from memhon.local.screens.pieces import (
    NONE,
    chosen,
    code,
    facts,
    filters,
    money,
    outcome,
    pager,
    person,
    provider,
    state,
    table,
    typed,
    when,
)
from memhon.sandbox import Read, rules_of
from memhon.store import Simulation, State

SIMULATION, PAYMENT = "simulation", "paiement"
"""Categories of the access log."""
CODES = "etats-simulation"
_EXPIRED = "EXPIRE"
_EMPTY = "Aucune simulation ne répond à ce filtre."
_HEADS = ("Simulée", "État", "Patient", "Prestataire", "Total", "Part CNS")


def payments(desk: Desk, asked: Asked) -> Shown:
    """The list."""
    labels = {each.value: each.label for each in load().code_list(CODES).codes}
    states = {each.value: labels[each.value] for each in State}
    page = desk.store.views.simulations(
        asked.page, ROWS, state=asked.word("etat"), named=asked.word("cherche")
    )
    seen = (Read(SIMULATION, each.matricule, source=each.sender) for each in page.rows)
    looked(desk, asked, *seen)
    rows = [_row(desk, each) for each in page.rows]
    return Shown(
        "Simulations et paiements PID",
        (
            filters(
                asked,
                chosen(asked, "etat", "État", states, "tous"),
                typed(asked, "cherche", "Matricule, code ou identifiant", size=26),
            ),
            table("Simulations, les plus récentes d'abord", _HEADS, rows, empty=_EMPTY),
            pager(asked, page.total),
        ),
    )


def payment(desk: Desk, asked: Asked) -> Shown:
    """One simulation with its lines, its anomalies and how it ended."""
    found = desk.store.simulation(str(asked.parts["simulation"]))
    if found is None:
        raise MissingError("Aucune simulation n'a cet identifiant ; elle a pu être oubliée.")
    seen = Read(SIMULATION, found.matricule, found.id, found.sender)
    looked(desk, asked, seen, replace(seen, category=PAYMENT))
    expires = found.simulated_at + rules_of(load()).simulation_life
    return Shown(
        f"Simulation du mémoire {found.fee_note[:8]}…",
        (
            facts(
                {
                    "État": state(_state(desk, found), CODES),
                    "Patient": person(found.matricule),
                    "Prestataire": provider(found.sender),
                    "Simulée": when(found.simulated_at),
                    "Expire": when(expires),
                    "Part CNS": money(found.statutory),
                    "Part du patient": money(found.personal),
                    "Total": money(found.total),
                    "Mémoire": code(found.fee_note),
                    "Simulation": code(found.id),
                }
            ),
            _ended(desk, found),
            el("h2", "Lignes"),
            _lines(found),
            el("h2", "Anomalies"),
            _anomalies(found),
        ),
    )


def _state(desk: Desk, found: Simulation) -> str:
    life = rules_of(load()).simulation_life
    over = found.simulated_at <= desk.clock.now() - life
    return _EXPIRED if found.state is State.OPEN and over else found.state.value


def _row(desk: Desk, found: Simulation) -> tuple[Node, ...]:
    return (
        el("a", when(found.simulated_at), href=f"/paiements/{found.id}"),
        state(_state(desk, found), CODES),
        person(found.matricule),
        provider(found.sender),
        el("span", money(found.total), class_="number"),
        el("span", money(found.statutory), class_="number"),
    )


def _ended(desk: Desk, found: Simulation) -> Html:
    settled = desk.store.views.settled(found.id)
    parts: list[Node] = []
    if found.superseded_by:
        link = el("a", "une simulation plus récente", href=f"/paiements/{found.superseded_by}")
        parts.append(el("p", "Remplacée par ", link, "."))
    if settled.payment is not None:
        paid = settled.payment
        told: dict[str, Node] = {
            "Initié": when(paid.at),
            "Identifiant": code(paid.id),
            "Part CNS": money(paid.statutory),
            "Recouvrement retenu": money(paid.recovered),
            "Versé au médecin": money(paid.paid),
        }
        parts += [el("h2", "Paiement"), facts(told)]
    if settled.contestation is not None:
        contested = settled.contestation
        rows = [(code(each), why) for each, why in contested.codes.items()]
        parts += [
            el("h2", "Contestation"),
            facts({"Reçue": when(contested.at), "Identifiant": code(contested.id)}),
            table("Anomalies contestées", ("Anomalie", "Code de contestation"), rows),
        ]
    return html(parts)


def _lines(found: Simulation) -> Html:
    rows = [
        (
            line.act or "ligne ajoutée",
            str(line.count),
            money(line.statutory),
            money(line.personal),
            money(line.opposable),
            NONE if line.non_opposable is None else money(line.non_opposable),
        )
        for line in found.lines
    ]
    heads = ("Acte", "Nombre", "Part CNS", "Part patient", "Opposable", "Non opposable")
    return table("Lignes simulées", heads, rows, empty="Aucune ligne.")


def _anomalies(found: Simulation) -> Html:
    acts = {line.id: line.act for line in found.lines}
    rows = [
        (
            outcome(each.code),
            _title(each.code),
            "bloquante" if each.blocking else "avertissement",
            acts.get(each.line or "", "") or "tout le mémoire",
            code(each.id),
        )
        for each in found.anomalies
    ]
    heads = ("Code", "Anomalie", "Effet", "Ligne", "Identifiant")
    return table("Anomalies de la simulation", heads, rows, empty="Aucune anomalie.")


def _title(identifier: str) -> str:
    try:
        return explain(identifier).texts["fr"].title
    except CatalogueError:
        return NONE
