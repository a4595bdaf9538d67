"""The page of a schema file, and the index of all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from memhon.schemas import SchemaInfo
from memhon.site.families import exchange_link, family_of
from memhon.site.markup import Page, code, front_matter, html, inline, link
from memhon.site.provenance import badges
from memhon.site.type_book import TypeBook
from memhon.site.type_page import INDEX, crumbs, nature, title_of
from memhon.site.type_section import member_sections
from memhon.site.type_words import facts, more

_INTRO = (
    "Une page par fichier de schéma et une par type nommé, faites à partir des schémas eux-mêmes : "
    "chaque élément y a une adresse stable, ses contraintes en toutes lettres et telles que le "
    "schéma les écrit, ses emplacements dans les messages et ses emplois."
)

_SHOWN = 5
"""Types of a file that the index names openly."""
_FOLDERS = {"mysecu": "mySecu"}
"""Folders that hold no message of an exchange, as readers write them."""


def schema_page(book: TypeBook, schema: SchemaInfo) -> Page:
    """The page of a schema file: facts, remarks, global elements and types."""
    here = book.schema_page(schema.path)
    title = title_of(book, schema.path)
    description = f"Fichier {schema.path} : espace de noms, éléments globaux, types, SHA-256."
    parts = [
        front_matter(title, description),
        crumbs(here, [("Types", INDEX)]),
        f"# {title.replace('_', chr(92) + '_')}",
        badges(here, schema.provenance),
        _facts(here, book, schema),
        *(f"<p>{inline(note)}</p>" for note in schema.notes),
    ]
    if schema.types:
        parts += ["## Types { #page-types }", _types(here, book, schema)]
    if schema.elements:
        parts.append("## Éléments globaux { #page-elements }")
        for member in schema.elements:
            parts += member_sections(here, book, schema.path, None, member)
    return Page(here, "\n\n".join(part for part in parts if part) + "\n")


def index_page(book: TypeBook) -> Page:
    """All schema files by family, with counts."""
    schemas = book.material.reference.schemas
    types = sum(len(schema.types) for schema in schemas)
    elements = sum(_count(schema) for schema in schemas)
    parts = [
        front_matter("Types", "Tous les schémas, types et éléments des messages."),
        "# Types",
        _INTRO,
        f"{len(schemas)} fichiers, {types} types nommés, {elements} éléments.",
    ]
    for family, members in _families(book).items():
        parts += [f"## {family}", _files(book, members)]
    return Page(INDEX, "\n\n".join(parts) + "\n")


def _facts(here: str, book: TypeBook, schema: SchemaInfo) -> str:
    found = book.message(schema.path)
    forms = (
        "éléments locaux qualifiés" if schema.qualified else "éléments locaux sans espace de noms"
    )
    needed = ", ".join(
        f'<a href="{link(here, book.schema_page(path))}">{html(path)}</a>' for path in schema.links
    )
    return facts(
        [
            ("Fichier", _file(here, book, schema.path)),
            ("SHA-256", _digest(book, schema.path)),
            ("Message", exchange_link(here, found[0]) if found else ""),
            ("Espace de noms", code(schema.target_namespace or "aucun")),
            ("Qualification", forms),
            ("Version", html(schema.version or "")),
            ("Emploie", needed),
        ]
    )


def _file(here: str, book: TypeBook, path: str) -> str:
    data = book.material.files.get(path)
    if data is None:
        return code(path)
    url = link(here, f"telechargements/schemas/{path}")
    return f'<a href="{url}" download>{html(path)}</a> ({len(data)} octets)'


def _digest(book: TypeBook, path: str) -> str:
    data = book.material.files.get(path)
    return code(hashlib.sha256(data).hexdigest()) if data is not None else ""


def _types(here: str, book: TypeBook, schema: SchemaInfo) -> str:
    rows = [
        (
            book.type_link(here, kind.key),
            _content(len(kind.members), nature(kind)),
            inline(kind.documentation),
        )
        for kind in schema.types
    ]
    return _table(("Type", "Nature", "Signification"), rows)


def _content(members: int, words: str) -> str:
    if not members:
        return words
    return f"{words}, {members} élément{'s' if members > 1 else ''}"


def _files(book: TypeBook, schemas: Iterable[SchemaInfo]) -> str:
    rows = [
        (_link(book, schema), str(_count(schema)), f"{len(schema.types)}{_names(book, schema)}")
        for schema in schemas
    ]
    return _table(("Schéma", "Éléments", "Types nommés"), rows)


def _names(book: TypeBook, schema: SchemaInfo) -> str:
    names = ", ".join(book.type_link(INDEX, kind.key) for kind in schema.types)
    if len(schema.types) > _SHOWN:
        return more("les montrer", names)
    return f"<br>{names}" if names else ""


def _link(book: TypeBook, schema: SchemaInfo) -> str:
    url = link(INDEX, book.schema_page(schema.path))
    return f'<a href="{url}">{html(title_of(book, schema.path))}</a>'


def _count(schema: SchemaInfo) -> int:
    waiting = [*schema.elements, *(m for kind in schema.types for m in kind.members)]
    count = 0
    while waiting:
        count += 1
        waiting += waiting.pop().members
    return count


def _families(book: TypeBook) -> dict[str, list[SchemaInfo]]:
    """The families in the order of the exchanges, then folders that hold no message."""
    exchanges = book.material.exchanges
    titles = {exchange.family: family_of(exchange).title for exchange in exchanges}
    ruled = [message.schema for exchange in exchanges for message in exchange.messages]
    rank = {path: number for number, path in enumerate(ruled)}
    groups: dict[str, list[SchemaInfo]] = {title: [] for title in titles.values()}
    schemas = book.material.reference.schemas
    for schema in sorted(schemas, key=lambda one: rank.get(one.path, len(rank))):
        folder = schema.path.partition("/")[0] if "/" in schema.path else "Schémas"
        groups.setdefault(titles.get(folder, _FOLDERS.get(folder, folder)), []).append(schema)
    return {title: members for title, members in groups.items() if members}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    top = " ".join(f'<th scope="col">{title}</th>' for title in head)
    body = " ".join(
        f'<tr><th scope="row">{first}</th> {" ".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return f'<table class="overview"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
