"""The page of an exchange, the same template for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from memhon.catalogue import Direction, Exchange, FindingText, Lifecycle, Message
from memhon.schemas import Outline
from memhon.site.brief import brief
from memhon.site.diagram import Arrow, sequence
from memhon.site.examples import Examples
from memhon.site.families import address_of, family_of, state_badge
from memhon.site.fields import WORDS
from memhon.site.findings_part import findings_part
from memhon.site.journeys import Journey, journey_link
from memhon.site.life_page import life_address
from memhon.site.markup import Page, front_matter, html, inline, link, table
from memhon.site.message_part import message_part
from memhon.site.provenance import badges
from memhon.site.records import Recorded, recorded_markdown
from memhon.site.refusals import Refusal, refusal_markdown, summary
from memhon.site.tree import TreeMaterial, legend
from memhon.site.type_links import TypeLinks

_SHORT = {"erreur": "Erreur", "echanges": "Échanges", "telechargements": "Fichiers"}
"""Shorter words for links to some sections."""
_HEADING = re.compile(r"## (.+?) \{ #([\w-]+) \}")


@dataclass(frozen=True, slots=True)
class ExchangeMaterial:
    """Everything that the page of one exchange shows."""

    exchange: Exchange
    outlines: Mapping[str, Outline]
    """By direction."""
    notes: Mapping[str, tuple[str, ...]]
    """Remarks at the head of each schema, by direction."""
    records: tuple[Recorded, ...]
    """One for each example request, all from this build."""
    notebook: str | None
    """The executed notebook as Markdown, if the exchange has one."""
    files: tuple[tuple[str, str], ...]
    """Title and address of the files to download."""
    refusals: tuple[Refusal, ...] = ()
    """What errors looked like in this build."""
    findings: Mapping[str, FindingText] = field(default_factory=dict)
    """Every registered finding by id."""
    examples: Examples = field(default_factory=dict)
    """Values recorded in this build."""
    types: TypeLinks = field(default_factory=TypeLinks)
    """Where the pages of the types are."""
    life: Lifecycle | None = None
    """The life that the exchange moves on, if there is one."""
    journeys: tuple[Journey, ...] = ()
    """Journeys that touch the exchange."""


def exchange_page(material: ExchangeMaterial) -> Page:
    """The page of an exchange."""
    exchange = material.exchange
    here = address_of(exchange)
    title = f"{exchange.number} – {exchange.title}"
    sections = [part for part in _sections(here, material) if part]
    uid = f"<code>{exchange.model_uid}</code>"
    head = [
        front_matter(title, exchange.purpose, hide=("toc",)),
        f"# {title}",
        " ".join([state_badge(exchange), uid, badges(here, exchange.provenance)]),
        exchange.purpose,
        contents(sections),
    ]
    return Page(here, "\n\n".join(head + sections) + "\n")


def contents(sections: list[str]) -> str:
    """Links to the sections of a page, made from their headings."""
    titles = [_HEADING.match(section) for section in sections]
    items = "".join(
        f'<li><a href="#{title[2]}">{_SHORT.get(title[2], title[1])}</a></li>'
        for title in titles
        if title is not None
    )
    return f'<nav class="sections" aria-label="Sur cette page"><ul>{items}</ul></nav>'


def _sections(here: str, material: ExchangeMaterial) -> list[str]:
    exchange = material.exchange
    return [
        _brief(here, material),
        _who(here, material),
        _prerequisites(here, exchange),
        _message(here, material, exchange.request),
        _message(here, material, exchange.response),
        _errors(here, material.refusals),
        _records(here, material.records),
        _notebook(here, material),
        findings_part(here, exchange, material.findings, material.outlines[Direction.REQUEST].rows),
        _traps(exchange),
        _files(here, material.files),
        _history(here, exchange),
    ]


def _brief(here: str, material: ExchangeMaterial) -> str:
    text = brief(material.exchange, material.outlines, summary(here, material.refusals))
    return f"## En bref {{ #bref }}\n\n{text}\n\n{legend()}"


def _who(here: str, material: ExchangeMaterial) -> str:
    exchange, life = material.exchange, material.life
    parts = ["## Qui et quand { #quand }", exchange.when, diagram(exchange), _state(exchange)]
    parts += [_life(here, exchange, life)] if life else []
    links = ", ".join(journey_link(here, journey) for journey in material.journeys)
    return "\n\n".join([*parts, *([f"Dans un parcours entier : {links}."] if links else [])])


def _life(here: str, exchange: Exchange, life: Lifecycle) -> str:
    (event,) = (event for event in life.events if event.exchange == exchange.id)
    place = link(here, life_address(life), f"evenement-{event.id}")
    return (
        f'<a href="{place}">{html(life.title)}</a> : ce que cette demande change et ce qui la fait '
        "refuser, état par état."
    )


def _prerequisites(here: str, exchange: Exchange) -> str:
    if not exchange.prerequisites:
        return ""
    items = [
        f"- {inline(remark.text)} {badges(here, remark.provenance)}"
        for remark in exchange.prerequisites
    ]
    sandbox = (
        "Le bac à sable ne demande aucune démarche : il fabrique les clés d'essai, délivre les "
        "jetons et contrôle les signatures. Ses personnes et prestataires sont fictifs."
    )
    return "\n\n".join(["## Prérequis { #prerequis }", "\n".join(items), sandbox])


def _message(here: str, material: ExchangeMaterial, message: Message) -> str:
    shown = TreeMaterial(
        here=here,
        direction=message.direction,
        rows=material.outlines[message.direction].rows,
        prefixes=message.prefixes,
        examples=material.examples,
        types=material.types,
    )
    return message_part(message, material.notes[message.direction], shown)


def _errors(here: str, refusals: tuple[Refusal, ...]) -> str:
    if not refusals:
        return ""
    intro = (
        "Ces réponses viennent du bac à sable de cette construction : un exemple du catalogue, "
        "changé en un seul endroit ou envoyé deux fois. Une anomalie arrive le plus souvent dans "
        "une réponse HTTP 200 : ne vous fiez pas au seul code HTTP."
    )
    parts = [refusal_markdown(here, refusal) for refusal in refusals]
    return "\n\n".join(["## À quoi ressemble une erreur { #erreur }", intro, *parts])


def _history(here: str, exchange: Exchange) -> str:
    versions = [
        (
            f"{WORDS[message.direction].capitalize()}, version {message.version}",
            f"état au {message.since:%d-%m-%Y}",
            badges(here, message.provenance),
        )
        for message in exchange.messages
    ]
    events = [
        f"- **{html(event.when)}** : {inline(event.text)} {badges(here, event.provenance)}"
        for event in exchange.history
    ]
    head = "## Historique { #historique }"
    return "\n\n".join([head, table(("Schéma", "Décrit", "Source"), versions), "\n".join(events)])


def diagram(exchange: Exchange) -> str:
    """The sequence diagram of an exchange."""
    family = family_of(exchange)
    told = (
        f"{family.caller} envoie {exchange.request.root} à l'échange synchrone mySecu, "
        f"qui répond {exchange.response.root} ou une faute."
    )
    arrows = (
        Arrow(exchange.request.root, f"modelUID {exchange.model_uid}", answer=False),
        Arrow(exchange.response.root, "HTTP 200 ; lisez aussi les anomalies", answer=True),
        Arrow("Fault", "HTTP 500, à la place de la réponse, si refus", answer=True),
    )
    actors = (family.caller, "Échange mySecu")
    return sequence(f"sequence-{exchange.id}", told, actors, arrows)


def _state(exchange: Exchange) -> str:
    if exchange.alive:
        return (
            "**Service vivant.** Le bac à sable contrôle votre requête et calcule la réponse à "
            "partir d'elle."
        )
    return (
        "**Service en exemple.** Le bac à sable contrôle votre requête, puis répond avec un "
        "exemple fixe ; un en-tête HTTP le dit. La réponse ne dépend pas de ce que vous envoyez."
    )


def _records(here: str, records: tuple[Recorded, ...]) -> str:
    if not records:
        return ""
    intro = (
        "Chaque exemple a été contrôlé, envoyé à un bac à sable neuf et sa réponse contrôlée, "
        "pendant la construction de ce site. L'horloge et la numérotation sont fixées ; les "
        "personnes, les prestataires et les identifiants sont fictifs. La sécurité est stricte : "
        "chaque enveloppe porte un jeton et une signature, faits avec des clés d'essai. "
        f'<a href="{link(here, "securite/appel-signe.md")}">Comment un appel se signe</a>.'
    )
    parts = [recorded_markdown(record, closed=number > 0) for number, record in enumerate(records)]
    return "\n\n".join(["## Échanges enregistrés { #echanges }", intro, *parts])


def _notebook(here: str, material: ExchangeMaterial) -> str:
    if material.notebook is None:
        return ""
    address = f"telechargements/carnets/{material.exchange.id}.ipynb"
    button = (
        f'<a class="md-button" download href="{link(here, address)}">'
        "Télécharger le carnet avec ses résultats</a>"
    )
    intro = (
        "Ce carnet Python a été exécuté contre le bac à sable pour construire cette page : les "
        "résultats sont les siens."
    )
    return "\n\n".join(["## Carnet { #carnet }", intro, button, material.notebook.strip()])


def _traps(exchange: Exchange) -> str:
    if not exchange.traps:
        return ""
    return "## Pièges { #pieges }\n\n" + "\n".join(f"- {trap}" for trap in exchange.traps)


def _files(here: str, files: tuple[tuple[str, str], ...]) -> str:
    items = [
        f'- <a download href="{link(here, address)}">{inline(title)}</a>'
        for title, address in files
    ]
    whole = f'<a href="{link(here, "telechargements/index.md")}">page des téléchargements</a>'
    return (
        "## Téléchargements { #telechargements }\n\n"
        + "\n".join(items)
        + f"\n\nLes empreintes SHA-256 figurent sur la {whole}."
    )
