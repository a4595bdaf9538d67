"""The rules by which the sandbox judges a simulation, as a page."""

from __future__ import annotations

from collections.abc import Iterable

from memhon.catalogue import EngineRule, Subject
from memhon.site.markup import Page, cell, front_matter, link, slug, table
from memhon.site.provenance import badges
from memhon.site.reference_pages import FINDINGS

PAGE = "reference/moteur.md"
_INTRO = (
    "Ces règles jugent chaque ligne d'une simulation, puis le mémoire entier, dans l'ordre de la "
    "table. Le vrai moteur n'est pas décrit publiquement : toutes sont des hypothèses du bac à "
    "sable, lues dans `catalogue/engine/pid.toml`. Une règle bloquante refuse sa ligne, dont les "
    "montants sont alors à 0.00, et empêche le paiement du mémoire."
)
_SUBJECTS = {Subject.LINE: "ligne", Subject.NOTE: "mémoire"}


def engine_page(rules: Iterable[EngineRule]) -> Page:
    """The page of the rules.

    Args:
        rules: In the order in which they are tried.
    """
    parts = [
        front_matter("Règles du moteur", "Ce que le bac à sable contrôle dans une simulation."),
        "# Règles du moteur de simulation",
        _INTRO,
        table(("Règle", "Porte sur", "Anomalie, depuis"), [_row(rule) for rule in rules]),
    ]
    return Page(PAGE, "\n\n".join(parts) + "\n")


def _row(rule: EngineRule) -> tuple[str, str, str]:
    title = f'<span id="{rule_anchor(rule)}">**{cell(rule.title)}**</span>'
    weight = "bloquante" if rule.blocks else "non bloquante"
    finding = f'<a href="{link(PAGE, FINDINGS, rule.finding.lower())}">{rule.finding}</a>'
    return (
        f"{title}<br>{cell(rule.statement)}<br>{badges(PAGE, rule.provenance)}",
        f"{_SUBJECTS[rule.subject]}<br>{weight}",
        f"{finding}<br>{rule.since.isoformat()}",
    )


def rule_anchor(rule: EngineRule) -> str:
    """Id of a rule on its page."""
    return f"regle-{slug(rule.id)}"
