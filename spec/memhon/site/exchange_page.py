"""The page of an exchange, the same template for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from memhon.catalogue import Exchange, Message
from memhon.schemas import Outline
from memhon.site.diagram import Arrow, sequence
from memhon.site.families import address_of, family_of, state_badge
from memhon.site.fields import WORDS, field_table
from memhon.site.markup import Page, admonition, front_matter, inline, link, table
from memhon.site.provenance import badges
from memhon.site.records import Recorded, recorded_markdown


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


def exchange_page(material: ExchangeMaterial) -> Page:
    """The page of an exchange."""
    exchange = material.exchange
    here = address_of(exchange)
    title = f"{exchange.number} – {exchange.title}"
    sections = [
        front_matter(title, exchange.purpose),
        f"# {title}",
        f"{state_badge(exchange)} {badges(here, exchange.provenance)}",
        exchange.purpose,
        _state(exchange),
        f"## Qui appelle qui, et quand\n\n{exchange.when}",
        diagram(exchange),
        *(_message(here, material, exchange_message) for exchange_message in _both(exchange)),
        _records(material.records),
        _notebook(here, material),
        _traps(exchange),
        _findings(here),
        _files(here, material.files),
    ]
    return Page(here, "\n\n".join(section for section in sections if section) + "\n")


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
        text = "Le bac à sable contrôle votre requête et calcule la réponse à partir d'elle."
        return admonition("success", "Service vivant", text)
    text = (
        "Le bac à sable contrôle votre requête, puis répond avec un exemple fixe ; un en-tête HTTP "
        "le dit. La réponse ne dépend pas de ce que vous envoyez."
    )
    return admonition("info", "Service en exemple", text)


def _both(exchange: Exchange) -> tuple[Message, Message]:
    return exchange.request, exchange.response


def _message(here: str, material: ExchangeMaterial, message: Message) -> str:
    outline = material.outlines[message.direction]
    notes = "\n\n".join(inline(note) for note in material.notes[message.direction])
    word = WORDS[message.direction]
    prefixes = ", ".join(f"`{name}` = `{uri}`" for name, uri in message.prefixes.items())
    facts = table(
        ("Propriété", "Valeur"),
        [
            ("Racine", f"`{message.root}`"),
            ("Préfixes du terrain", prefixes),
            ("Schéma", f'<a href="{link(here, _schema(message))}">{message.schema}</a>'),
            ("Source du message", badges(here, message.provenance)),
        ],
    )
    return "\n\n".join(
        [
            f"## {word.capitalize()}",
            facts,
            admonition("note", "Notes du schéma", notes) if notes else "",
            _forms(material, message),
            field_table(here, message.direction, outline.rows, message.prefixes),
        ]
    )


def _schema(message: Message) -> str:
    return f"telechargements/schemas/{message.schema}"


def _forms(material: ExchangeMaterial, message: Message) -> str:
    rows = material.outlines[message.direction].rows
    bare = sum(not row.qualified for row in rows)
    if not bare:
        return "Tous les éléments sont qualifiés ; la table les écrit avec leur préfixe."
    named = len(rows) - bare
    first = (
        "Seule la racine est qualifiée et écrite avec son préfixe"
        if named == 1
        else f"{named} éléments sont qualifiés et écrits avec leur préfixe"
    )
    rest = f"les {bare} autres éléments ne sont" if bare > 1 else "l'autre élément n'est"
    return f"{first} ; {rest} dans **aucun espace de noms** : ni préfixe, ni espace par défaut."


def _records(records: tuple[Recorded, ...]) -> str:
    if not records:
        return ""
    intro = (
        "Chaque exemple a été contrôlé, envoyé à un bac à sable neuf et sa réponse contrôlée, "
        "pendant la construction de ce site. L'horloge et la numérotation sont fixées ; les "
        "personnes, les prestataires et les identifiants sont fictifs. La sécurité n'est pas "
        "simulée : l'enveloppe n'est ni signée ni accompagnée d'un jeton."
    )
    parts = [recorded_markdown(record) for record in records]
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
