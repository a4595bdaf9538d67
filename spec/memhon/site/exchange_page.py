"""The page of an exchange, the same template for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from memhon.catalogue import Exchange
from memhon.schemas import Outline
from memhon.site.brief import brief
from memhon.site.diagram import Arrow, sequence
from memhon.site.examples import Examples, example_values
from memhon.site.families import address_of, family_of, state_badge
from memhon.site.markup import Page, front_matter, inline, link
from memhon.site.message_part import message_part
from memhon.site.provenance import badges
from memhon.site.records import Recorded, recorded_markdown
from memhon.site.tree import TreeMaterial, legend
from memhon.site.type_links import TypeLinks

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
    types: TypeLinks = field(default_factory=TypeLinks)
    """Where the pages of the types are."""


def exchange_page(material: ExchangeMaterial) -> Page:
    """The page of an exchange."""
    exchange = material.exchange
    here = address_of(exchange)
    title = f"{exchange.number} – {exchange.title}"
    examples = example_values(material.records)
    sections = [part for part in _sections(here, material, examples) if part]
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
        f'<li><a href="#{title[2]}">{title[1]}</a></li>' for title in titles if title is not None
    )
    return f'<nav class="sections" aria-label="Sur cette page"><ul>{items}</ul></nav>'


def _sections(here: str, material: ExchangeMaterial, examples: Examples) -> list[str]:
    exchange = material.exchange
    return [
        _brief(material),
        _who(exchange),
        *(_message(here, material, direction, examples) for direction in ("request", "response")),
        _records(material.records),
        _notebook(here, material),
        _traps(exchange),
        _findings(here),
        _files(here, material.files),
    ]


def _brief(material: ExchangeMaterial) -> str:
    text = brief(material.exchange, material.outlines, "")
    return f"## En bref {{ #bref }}\n\n{text}\n\n{legend()}"


def _who(exchange: Exchange) -> str:
    return "\n\n".join(
        ["## Qui et quand { #quand }", exchange.when, diagram(exchange), _state(exchange)]
    )


def _message(here: str, material: ExchangeMaterial, direction: str, examples: Examples) -> str:
    message = getattr(material.exchange, direction)
    shown = TreeMaterial(
        here=here,
        direction=direction,
        rows=material.outlines[direction].rows,
        prefixes=message.prefixes,
        examples=examples,
        types=material.types,
    )
    return message_part(message, material.notes[direction], shown)


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


def _records(records: tuple[Recorded, ...]) -> str:
    if not records:
        return ""
    intro = (
        "Chaque exemple a été contrôlé, envoyé à un bac à sable neuf et sa réponse contrôlée, "
        "pendant la construction de ce site. L'horloge et la numérotation sont fixées ; les "
        "personnes, les prestataires et les identifiants sont fictifs. La sécurité n'est pas "
        "simulée : l'enveloppe n'est ni signée ni accompagnée d'un jeton."
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


def _findings(here: str) -> str:
    return (
        "## Anomalies { #anomalies }\n\nUn message refusé porte un identifiant tel que `XSD-013`. "
        f'<a href="{link(here, "reference/anomalies.md")}">La liste des anomalies</a> donne pour '
        "chacun la cause, les valeurs permises et la correction."
    )


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
