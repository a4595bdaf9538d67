"""The part of a page that describes one message: its facts and the tree of its elements."""

from __future__ import annotations

from memhon.catalogue import Message
from memhon.schemas import Row
from memhon.site.fields import SECTIONS, WORDS
from memhon.site.markup import folded, html, inline, link
from memhon.site.provenance import badges
from memhon.site.tree import TreeMaterial, tree


def message_part(message: Message, notes: tuple[str, ...], material: TreeMaterial) -> str:
    """Heading, facts, remarks of the schema and tree of one message.

    Args:
        message: The catalogue's entry.
        notes: Remarks at the head of its schema.
        material: What the tree is made of.
    """
    word = WORDS[message.direction]
    section = SECTIONS[message.direction]
    title = f"Notes du schéma ({len(notes)})" if len(notes) > 1 else "Note du schéma"
    remarks = "\n\n".join(inline(note) for note in notes)
    return "\n\n".join(
        part
        for part in (
            f"## {word.capitalize()} {{ #{section} }}",
            _facts(message, material),
            folded(title, remarks) if notes else "",
            tree(material),
        )
        if part
    )


def _facts(message: Message, material: TreeMaterial) -> str:
    here = material.here
    file = (
        f'<a href="{link(here, f"telechargements/schemas/{message.schema}")}">{message.schema}</a>'
    )
    page = material.types.schema(here, message.schema)
    if page:
        file += f' · <a href="{page}">types de ce schéma</a>'
    prefixes = "<br>".join(
        f"<code>{html(name)}</code> = <code>{html(uri)}</code>"
        for name, uri in message.prefixes.items()
    )
    facts = (
        ("Racine", f"<code>{message.prefix}:{message.root}</code>"),
        ("Schéma", file),
        ("Préfixes du terrain", prefixes),
        ("Espaces de noms", _forms(material.rows)),
        ("Source du message", badges(here, message.provenance)),
    )
    body = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="sheet">{body}</dl>'


def _forms(rows: tuple[Row, ...]) -> str:
    bare = sum(not row.qualified for row in rows)
    if not bare:
        return "tous les éléments sont qualifiés, écrits ici avec leur préfixe"
    named = len(rows) - bare
    first = (
        "seule la racine est qualifiée et écrite avec son préfixe"
        if named == 1
        else f"{named} éléments sont qualifiés et écrits avec leur préfixe"
    )
    rest = f"les {bare} autres éléments ne sont" if bare > 1 else "l'autre élément n'est"
    return (
        f"{first} ; {rest} dans <strong>aucun espace de noms</strong> : "
        "ni préfixe, ni espace par défaut"
    )
