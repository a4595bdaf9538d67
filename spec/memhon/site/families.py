"""The two families of webservices as the site names them, and where a page of an exchange lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from memhon.catalogue import Exchange
from memhon.site.markup import badge, cell, link, table


@dataclass(frozen=True, slots=True)
class Family:
    """A family of exchanges."""

    title: str
    caller: str
    """Who sends the requests, for diagrams."""


_FAMILIES = {
    "ra": Family("Remboursement accéléré", "Plateforme d'échange"),
    "pid": Family("Paiement immédiat direct", "Logiciel du médecin"),
}


def rank(family: str) -> int:
    """The place of a family among all; a new one comes last."""
    known = list(_FAMILIES)
    return known.index(family) if family in known else len(known)


def family_of(exchange: Exchange) -> Family:
    """The family of an exchange; a new one is named by its id until it is described here."""
    return _FAMILIES.get(exchange.family, Family(exchange.family.upper(), "Votre logiciel"))


def address_of(exchange: Exchange) -> str:
    """Address of the page of an exchange, e.g. ``ra/depot.md`` for the id ``ra-depot``."""
    return f"{exchange.family}/{exchange.id.removeprefix(exchange.family + '-')}.md"


def exchange_link(here: str, exchange: Exchange) -> str:
    """A link to the page of an exchange, e.g. « RA WS1 »."""
    name = f"{exchange.family.upper()} {exchange.number}"
    return f'<a href="{link(here, address_of(exchange))}">{name}</a>'


def state_badge(exchange: Exchange) -> str:
    """Whether the sandbox computes the answer, as a badge."""
    if exchange.alive:
        return badge("vivant", "alive", "le bac à sable calcule la réponse")
    return badge("exemple", "example", "le bac à sable répond avec un exemple fixe")


def states_sentence(_here: str, exchanges: Iterable[Exchange]) -> str:
    """What the states mean that these services have."""
    alive = "calculé par le bac à sable à partir de votre message"
    if all(exchange.alive for exchange in exchanges):
        return f"Tous les services sont **vivants** : chacun est {alive}."
    return (
        f"Un service **vivant** est {alive}. Un service en **exemple** contrôle votre message, "
        "puis répond avec un exemple fixe et le dit dans un en-tête HTTP."
    )


def services_table(here: str, exchanges: Iterable[Exchange]) -> str:
    """The state of the services at a glance."""
    rows = [
        (
            exchange_link(here, exchange),
            f"{cell(exchange.title)}<br><code>{exchange.model_uid}</code>",
            state_badge(exchange),
        )
        for exchange in exchanges
    ]
    return table(("Service", "Objet et `modelUID`", "État"), rows)


QUESTIONS = (
    ("Ce qui part", "requete"),
    ("Ce qui revient", "reponse"),
    ("Ce qui est sûr", "bref"),
    ("Une erreur", "erreur"),
)
"""What a new editor asks of a service, and the section of its page that answers."""


def answers_table(here: str, exchanges: Iterable[Exchange]) -> str:
    """From each question of a new editor to the part of each page that answers it."""
    rows = []
    for exchange in exchanges:
        page = address_of(exchange)
        links = " · ".join(
            f'<a href="{link(here, page, section)}">{words}'
            f'<span class="vh"> : {cell(exchange.title)}</span></a>'
            for words, section in QUESTIONS
        )
        name = f"{exchange_link(here, exchange)} {cell(exchange.title)}"
        model = f"<code>{exchange.model_uid}</code>"
        rows.append((f"{name}<br>{model}", f"{state_badge(exchange)}<br>{links}"))
    return table(("Service, objet et `modelUID`", "État et réponses"), rows)
