"""Which source stands behind which element, type and code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from memhon.catalogue import CodeList, Exchange
from memhon.schemas import Outline, TypeInfo
from memhon.site.addresses import type_page
from memhon.site.families import address_of, exchange_link
from memhon.site.fields import WORDS, anchor
from memhon.site.hypotheses_page import PAGE as HYPOTHESES
from memhon.site.markup import Page, cell, code, front_matter, link, table
from memhon.site.provenance import PAGE, SOURCES, Source, badges, source_of
from memhon.site.reference_pages import CODES, code_anchor


@dataclass(frozen=True, slots=True)
class Statement:
    """An element, a type or a code, with the sources that it cites."""

    kind: str
    """``element``, ``type`` or ``code``."""
    group: str
    """Title under which it is listed."""
    label: str
    """HTML, a link where there is a place to link to."""
    sources: frozenset[Source]


def element_statements(exchange: Exchange, outlines: Mapping[str, Outline]) -> list[Statement]:
    """The elements of both messages of an exchange."""
    page = address_of(exchange)
    return [
        Statement(
            "element",
            f"{exchange.family.upper()} {exchange.number}, {WORDS[direction]}",
            f'<a href="{link(PAGE, page, anchor(direction, row.path))}">'
            f"<code>{row.path}</code></a>",
            _sources(row.provenance),
        )
        for direction, outline in outlines.items()
        for row in outline.rows
    ]


def type_statements(
    types: Iterable[TypeInfo], aliases: Mapping[str, str], known: Collection[str]
) -> list[Statement]:
    """The named types of the schema files.

    Args:
        types: In the order in which they shall appear.
        aliases: Short name of each schema file.
        known: Addresses of the pages there are; a type without one is named without a link.
    """
    return [
        Statement(
            "type",
            f"Types de {kind.schema}",
            f"{_type_link(aliases[kind.schema], kind.name, known)} : {cell(kind.documentation)}",
            _sources(kind.provenance),
        )
        for kind in types
    ]


def _type_link(alias: str, name: str, known: Collection[str]) -> str:
    address = type_page(alias, name)
    if address not in known:
        return code(name)
    return f'<a href="{link(PAGE, address)}">{code(name)}</a>'


def code_statements(code_lists: Iterable[CodeList]) -> list[Statement]:
    """The codes of all lists."""
    return [
        Statement(
            "code",
            f"Codes : {code_list.title}",
            f'<a href="{link(PAGE, CODES, code_anchor(code_list.id, entry.value))}">'
            f"{code(entry.value)}</a> {cell(entry.label)}",
            _sources(entry.provenance),
        )
        for code_list in code_lists
        for entry in code_list.codes
    ]


def provenance_page(statements: Iterable[Statement], exchanges: Iterable[Exchange]) -> Page:
    """The sources, their counts, the messages, and every statement listed under its sources."""
    known = tuple(statements)
    intro = (
        "Chaque élément, type et code de ce site porte sa source. Une affirmation qui cite deux "
        "sources est comptée sous chacune ; un champ dont le nom a été observé mais dont le type "
        "est supposé porte les deux étiquettes."
    )
    parts = [
        front_matter("Provenance", "D'où vient chaque élément, type et code de ce site."),
        "# Provenance",
        intro,
        "## Les sources",
        _sources_table(known),
        "## Les messages",
        _messages_table(exchanges),
        *(_section(source, known) for source in SOURCES),
    ]
    return Page(PAGE, "\n\n".join(parts) + "\n")


def _sources(tags: Iterable[str]) -> frozenset[Source]:
    return frozenset(source_of(tag) for tag in tags)


def _sources_table(statements: tuple[Statement, ...]) -> str:
    counts = Counter(
        (source, statement.kind) for statement in statements for source in statement.sources
    )
    kinds = ("element", "type", "code")
    rows = [
        (
            f"{badges(PAGE, [source.tag])}<br>{source.what}<br>Confiance : {source.trust}",
            *(str(counts[source, kind]) for kind in kinds),
        )
        for source in SOURCES
    ]
    totals = Counter(statement.kind for statement in statements)
    rows.append(("**Total, sans doublon**", *(f"**{totals[kind]}**" for kind in kinds)))
    return table(("Source", "Éléments", "Types", "Codes"), rows)


def _messages_table(exchanges: Iterable[Exchange]) -> str:
    rows = [
        (
            exchange_link(PAGE, exchange),
            WORDS[message.direction],
            f"<code>{message.root}</code>",
            badges(PAGE, message.provenance),
        )
        for exchange in exchanges
        for message in (exchange.request, exchange.response)
    ]
    return table(("Service", "Message", "Racine", "Source"), rows)


def _section(source: Source, statements: tuple[Statement, ...]) -> str:
    groups: dict[str, list[str]] = {}
    for statement in statements:
        if source in statement.sources:
            groups.setdefault(statement.group, []).append(statement.label)
    head = f"## {source.label[0].upper()}{source.label[1:]} {{ #{source.anchor} }}"
    what = f"{source.what[0].upper()}{source.what[1:]}. Confiance : {source.trust}."
    if source.kind == "hypothesis":
        page = f'<a href="{link(PAGE, HYPOTHESES)}">Hypothèses</a>'
        what += f" La page {page} dit pour chacune ce qui la remplacera."
    if not groups:
        none = "Aucun élément, type ou code ne cite cette source seule ou avec d'autres."
        return f"{head}\n\n{what} {none}"
    lists = []
    for group, labels in groups.items():
        items = "".join(f"<li>{label}</li>" for label in labels)
        lists.append(
            f"<details><summary>{group} ({len(labels)})</summary><ul>{items}</ul></details>"
        )
    return f"{head}\n\n{what}\n\n" + "\n\n".join(lists)
