"""How the elements of a message are named on pages: words, ids and paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memhon.schemas import Row
from memhon.site.markup import slug

WORDS = {"request": "requête", "response": "réponse"}
SECTIONS = {"request": "requete", "response": "reponse"}
"""The same as ids and in addresses."""


def anchor(direction: str, path: str) -> str:
    """Id of an element's row, unique on the page of its exchange."""
    return f"{SECTIONS[direction]}-{slug(path)}"


def written(row: Row, prefixes: Mapping[str, str]) -> str:
    """The name as the field writes it; an element without a namespace has no prefix.

    Args:
        row: The element.
        prefixes: Prefixes of the field with their namespaces.
    """
    for prefix, uri in prefixes.items():
        if row.namespace == uri:
            return f"{prefix}:{row.name}"
    return row.name


def xpaths(rows: Sequence[Row], prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """The XPath of each row of a message, from its document element.

    Args:
        rows: Depth first.
        prefixes: Prefixes of the field with their namespaces.
    """
    steps: list[str] = []
    found = []
    for row in rows:
        steps[row.depth :] = [written(row, prefixes)]
        found.append("/" + "/".join(steps))
    return tuple(found)
