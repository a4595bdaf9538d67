"""The section of one element on the page of its type, or of its schema file."""

from __future__ import annotations

from memhon.schemas import Key, Member, facet_findings, occurrence_findings
from memhon.site.addresses import element_anchor
from memhon.site.markup import code, html, inline
from memhon.site.provenance import badges
from memhon.site.type_book import Place, TypeBook
from memhon.site.type_words import (
    attributes_text,
    codes_text,
    constant_words,
    facts,
    findings_text,
    listed,
    literal_text,
    occurs_words,
    paths_text,
    python_text,
    type_text,
    use_text,
    values_text,
)

_SHOWN = 240
"""Characters of an example value that are shown; only a PDF has more."""


def member_sections(
    here: str, book: TypeBook, schema: str, owner: str | None, member: Member
) -> list[str]:
    """The section of an element, then those of the elements of its anonymous type.

    Args:
        here: Address of the page.
        book: Look-ups.
        schema: File in which the element is declared.
        owner: Name of the type; None for a global element.
        member: The element.
    """
    depth = len(member.names)
    title = " / ".join(_heading(name) for name in member.names)
    anchor = element_anchor(*member.names)
    head = f"{'###' if depth == 1 else '####'} {title} {{ #{anchor} }}"
    parts = [
        head,
        _meaning(here, member),
        _facts(here, book, (schema, owner, member.names), member),
    ]
    parts += [f"<p>{inline(remark)}</p>" for remark in member.remarks]
    if member.attributes:
        parts.append(attributes_text(here, book, member.attributes, f"{anchor}-"))
    for inner in member.members:
        parts += member_sections(here, book, schema, owner, inner)
    return [part for part in parts if part]


def _heading(name: str) -> str:
    """A name as the text of a heading: underscores would be read as emphasis."""
    return name.replace("_", "\\_")


def _meaning(here: str, member: Member) -> str:
    sources = badges(here, member.provenance)
    text = f"{inline(member.documentation)} {sources}".strip()
    return f'<p class="meaning">{text}</p>' if text else ""


def _facts(here: str, book: TypeBook, place: Place, member: Member) -> str:
    is_global = place[1] is None and len(member.names) == 1
    used = member.type
    example = book.example(place)
    return facts(
        [
            ("Nombre", "" if is_global else occurs_words(member)),
            ("Type", type_text(here, book, used) + _read_as(here, book, place, member)),
            ("À la lettre", literal_text(used.literal)),
            ("Valeurs", values_text(used)),
            ("Liste de codes", codes_text(here, book, place)),
            ("Exemple", _cut(example) if example is not None else ""),
            ("Particularités", " · ".join(_particulars(here, book, member))),
            ("Chemin", paths_text(here, book, place)),
            ("Emplois", listed([use_text(here, book, use) for use in member.used_by], "emplois")),
            ("Python", python_text(book, place)),
            ("Anomalies", _findings(here, member, is_global=is_global)),
        ]
    )


def _cut(example: str) -> str:
    """A value as code; one too long to read is cut, and its length told."""
    if len(example) <= _SHOWN:
        return code(example)
    return f"{code(example[:_SHOWN] + '…')} ({len(example)} caractères)"


def _read_as(here: str, book: TypeBook, place: Place, member: Member) -> str:
    """What the catalogue reads an element as to which the schema gives no type."""
    if member.type.builtin != "anyType":
        return ""
    words = {
        book.type_link(here, Key(row.type_schema, row.type_ref))
        if row.type_schema and row.type_ref
        else html(row.type_name)
        for row in (found.row for found in book.occurrences(place))
        if row.type_name != member.type.words
    }
    return f"<br>MemHon le lit comme : {', '.join(sorted(words))}" if words else ""


def _particulars(here: str, book: TypeBook, member: Member) -> list[str]:
    words = constant_words(member.default, member.fixed)
    if member.namespace is None:
        words.append("dans aucun espace de noms")
    if member.reference is not None:
        there = (member.reference.schema, None, (member.reference.name,))
        words.append(f"élément global {book.place_link(here, there)}")
    if member.nillable:
        words.append(f"{code('xsi:nil')} admis")
    if member.abstract:
        words.append("abstrait : un substitut prend sa place")
    if member.substitutes:
        links = [
            book.place_link(here, (key.schema, None, (key.name,))) for key in member.substitutes
        ]
        words.append(f"substituts : {listed(links, 'éléments')}")
    return words


def _findings(here: str, member: Member, *, is_global: bool) -> str:
    optional = not any(least for least, _ in member.occurs)
    ids = set(facet_findings(member.type.literal, member.type.builtin, optional=optional))
    if not is_global:
        ids |= set(occurrence_findings(member.occurs, choice=bool(member.choice)))
    return findings_text(here, ids)
