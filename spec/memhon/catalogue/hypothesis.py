"""What the project assumes for want of public information, and what would replace it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from memhon.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One assumption of ours."""

    id: str
    """Stable id, the anchor on the page of hypotheses."""
    topic: str
    """Title under which it is listed, French."""
    title: str
    statement: str
    """What we assume, French."""
    known: str
    """What is publicly known of it, French."""
    replaced_by: str
    """The document that would replace it, French."""
    since: date
    covers: tuple[str, ...]
    """What it answers for: a schema file, ``codelists/<id>``, ``findings/<family>``, ``tariffs``,
    ``forms/<id>`` or ``profiles/<id>/<setting>``."""
    shown: Mapping[str, str]
    """Name of a page → its address, with an anchor where there is one."""


def hypotheses_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Hypothesis, ...]:
    """The entries of ``hypotheses.toml``, in their order.

    Raises:
        CatalogueError: An entry is incomplete, or an id or what is covered stands twice.
    """
    found: dict[str, Hypothesis] = {}
    covered: set[str] = set()
    for entry in entries:
        try:
            made = Hypothesis(**{**entry, "covers": tuple(entry["covers"])})
        except (KeyError, TypeError) as error:
            raise CatalogueError(f"hypothèse incomplète au catalogue : {error}") from error
        if made.id in found or covered & set(made.covers):
            raise CatalogueError(f"hypothèse en double au catalogue : {made.id}")
        found[made.id] = made
        covered |= set(made.covers)
    return tuple(found.values())
