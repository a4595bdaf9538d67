"""The page of a named type."""

from __future__ import annotations

from memhon.schemas import Member, TypeInfo
from memhon.site.addresses import TYPES, element_anchor
from memhon.site.markup import Page, code, fence, folded, front_matter, html, inline, link
from memhon.site.provenance import badges
from memhon.site.type_book import TypeBook
from memhon.site.type_section import member_sections
from memhon.site.type_words import (
    HOW,
    attributes_text,
    facts,
    listed,
    literal_text,
    python_text,
    use_text,
    values_text,
)

INDEX = f"{TYPES}/index.md"
_SHOWN = 8


def type_page(book: TypeBook, kind: TypeInfo) -> Page:
    """The page of a type: what it is, its elements, where it is used, its definition."""
    here = book.page(kind.key)
    schema_title = title_of(book, kind.schema)
    description = f"Type {kind.name} de {schema_title} : éléments, contraintes, emplois."
    parts = [
        front_matter(f"{kind.name} – {schema_title}", description),
        crumbs(here, [("Types", INDEX), (schema_title, book.schema_page(kind.schema))]),
        f"# {kind.name.replace('_', chr(92) + '_')}",
        _what(here, kind),
        _facts(here, book, kind),
        *_elements(here, book, kind),
        *_attributes(here, book, kind),
        *_uses(here, book, kind),
        _source(here, book, kind),
    ]
    return Page(here, "\n\n".join(part for part in parts if part) + "\n")


def crumbs(here: str, steps: list[tuple[str, str]]) -> str:
    """The way from the index to a page; type pages are too many for the navigation."""
    links = [f'<a href="{link(here, there)}">{html(title)}</a>' for title, there in steps]
    return f'<nav class="crumbs" aria-label="Fil d\'Ariane">{" › ".join(links)}</nav>'


def title_of(book: TypeBook, path: str) -> str:
    """A schema file for readers: its message, or its own name."""
    found = book.message(path)
    if found is None:
        return path.rpartition("/")[2]
    exchange, message = found
    word = {"request": "requête", "response": "réponse"}[message.direction]
    return f"{exchange.family.upper()} {exchange.number} {word}, version {message.version}"


def nature(kind: TypeInfo) -> str:
    """What a type is, in a few words."""
    words = "type simple" if kind.kind == "simple" else "type complexe"
    return f"{words} abstrait" if kind.abstract else words


def _what(here: str, kind: TypeInfo) -> str:
    text = f"{inline(kind.documentation)} {badges(here, kind.provenance)}".strip()
    return f'<p class="meaning">{text}</p>' if text else ""


def _facts(here: str, book: TypeBook, kind: TypeInfo) -> str:
    schema = book.schemas[kind.schema]
    space = code(schema.target_namespace) if schema.target_namespace else "aucun"
    values = kind.values
    return facts(
        [
            ("Nature", nature(kind)),
            ("Espace de noms", space),
            ("Dérivation", _bases(here, book, kind)),
            ("Contenu", " · ".join(html(word) for word in values.facets) if values else ""),
            ("À la lettre", literal_text(values.literal) if values else ""),
            ("Valeurs", values_text(values) if values else ""),
            ("Remarques", "<br>".join(inline(remark) for remark in kind.remarks)),
            ("Python", python_text(book, (kind.schema, kind.name, ()))),
        ]
    )


def _bases(here: str, book: TypeBook, kind: TypeInfo) -> str:
    steps = [
        f"{HOW.get(how, how)} {book.type_link(here, key) if key else code(name)}"
        for how, name, key in kind.bases
    ]
    return ", qui ".join(steps)


def _elements(here: str, book: TypeBook, kind: TypeInfo) -> list[str]:
    inherited = [
        f"Hérités de {book.type_link(here, key)} : "
        + ", ".join(
            f'<a href="{link(here, book.page(key), element_anchor(name))}">{code(name)}</a>'
            for name in names
        )
        for key, names in kind.inherited
    ]
    if not kind.members and not inherited:
        return []
    parts = ["## Éléments { #page-elements }", *(f"<p>{text}</p>" for text in inherited)]
    if len(kind.members) > 1:
        parts.append(_overview(here, book, kind))
    for member in kind.members:
        parts += member_sections(here, book, kind.schema, kind.name, member)
    return parts


def _overview(here: str, book: TypeBook, kind: TypeInfo) -> str:
    rows = "".join(_overview_row(here, book, member) for member in kind.members)
    head = "".join(f'<th scope="col">{text}</th>' for text in ("Élément", "Nombre", "Type"))
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<table class="overview" data-search-exclude>{body}</table>'


def _overview_row(here: str, book: TypeBook, member: Member) -> str:
    there = html(element_anchor(*member.names))
    used = member.type
    cells = (
        " ; ".join(dict.fromkeys(member.cardinalities)) + (" (choix)" if member.choice else ""),
        book.type_link(here, used.key) if used.key else html(used.words),
    )
    columns = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row"><a href="#{there}">{code(member.name)}</a></th>{columns}</tr>'


def _attributes(here: str, book: TypeBook, kind: TypeInfo) -> list[str]:
    if not kind.attributes:
        return []
    text = attributes_text(here, book, kind.attributes)
    return ["## Attributs { #page-attributs }", text]


def _uses(here: str, book: TypeBook, kind: TypeInfo) -> list[str]:
    entries = [use_text(here, book, use) for use in kind.used_by]
    carriers = [
        f"{found.link(here)} : <code>{html(found.row.path)}</code>"
        for found in book.carriers(kind.key)
    ]
    if not entries and not carriers:
        return ["## Emplois { #page-emplois }", "Aucun autre type de ces fichiers ne l'emploie."]
    return [
        "## Emplois { #page-emplois }",
        listed(entries, "emplois dans les schémas", _SHOWN),
        *(["Dans les messages :", listed(carriers, "emplacements", _SHOWN)] if carriers else []),
    ]


def _source(here: str, book: TypeBook, kind: TypeInfo) -> str:
    where = f"Définition dans {kind.schema}, ligne {kind.line}"
    body = fence(kind.source, "xml")
    if kind.schema in book.material.files:
        url = link(here, f"telechargements/schemas/{kind.schema}")
        body = f'<a href="{url}" download>Télécharger le fichier</a>\n\n{body}'
    # what the definition says is on the page in words; twice would fill the results of a search
    return f'<div data-search-exclude markdown="1">\n\n{folded(where, body, "quote")}\n\n</div>'
