"""The fields of a message as a table that becomes cards on a phone."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.schemas import Row
from memhon.site.markup import code, html, inline, slug
from memhon.site.provenance import badges

WORDS = {"request": "requête", "response": "réponse"}
_HEAD = ("Élément", "Nombre", "Type et contraintes", "Signification et source")


def anchor(direction: str, path: str) -> str:
    """Id of an element's row, unique on the page of its exchange."""
    word = {"request": "requete", "response": "reponse"}[direction]
    return f"{word}-{slug(path)}"


def field_table(
    here: str, direction: str, rows: tuple[Row, ...], prefixes: Mapping[str, str]
) -> str:
    """The table of one message.

    Args:
        here: Address of the page, for the links of the badges.
        direction: ``request`` or ``response``.
        rows: Depth first.
        prefixes: Prefixes of the field, by name; shown before the names.
    """
    shown = {uri: prefix for prefix, uri in prefixes.items()}
    body = "\n".join(_row(here, direction, row, shown) for row in rows)
    head = "".join(f'<th role="columnheader" scope="col">{title}</th>' for title in _HEAD)
    label = f"Éléments de la {WORDS[direction]}"
    return (
        f'<table class="fields" role="table" aria-label="{label}">\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>'
    )


def _row(here: str, direction: str, row: Row, prefixes: Mapping[str, str]) -> str:
    row_id = anchor(direction, row.path)
    prefix = prefixes.get(row.namespace) if row.namespace else None
    name = f"{prefix}:{row.name}" if prefix else row.name
    choice = '<span class="field-note">au choix</span>' if row.choice else ""
    facets = " ; ".join(html(facet) for facet in row.facets)
    cells = (
        html(row.cardinality) + choice,
        html(row.type_name) + (f'<br><span class="facets">{facets}</span>' if facets else ""),
        f'{inline(row.documentation)}<span class="sources">{badges(here, row.provenance)}</span>',
    )
    columns = "".join(f'<td role="cell">{cell}</td>' for cell in cells)
    return (
        f'<tr role="row" id="{row_id}" style="--depth:{row.depth}">'
        f'<th role="rowheader" scope="row" title="{html(row.path)}">'
        f'<a class="field-link" href="#{row_id}">{code(name)}</a></th>{columns}</tr>'
    )
