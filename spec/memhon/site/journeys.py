"""Journeys: executed notebooks that follow one thing through several exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from memhon.site.families import rank
from memhon.site.markup import html, link

KIND = "journey"
FOLDER = "parcours"


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey."""

    name: str
    """Of the notebook."""
    title: str
    """Its first line."""
    purpose: str
    """Its first paragraph."""
    exchanges: tuple[str, ...]
    """Ids of the exchanges that it touches."""
    executed: Any
    """The notebook with its outputs."""

    @property
    def address(self) -> str:
        """Address of its page, e.g. ``parcours/ra.md`` for the notebook ``parcours-ra``."""
        return f"{FOLDER}/{self.name.removeprefix(f'{FOLDER}-')}.md"


def journeys_of(executed: Mapping[str, Any]) -> tuple[Journey, ...]:
    """The journeys among notebooks; one family after the other, those of several families last."""
    found = []
    for name, notebook_ in executed.items():
        own = notebook_.metadata.get("memhon", {})
        if own.get("kind") == KIND:
            title, _, purpose = notebook_.cells[0].source.partition("\n")
            told = " ".join(purpose.split())
            found.append(
                Journey(name, title.lstrip("# "), told, tuple(own["exchanges"]), notebook_)
            )
    return tuple(sorted(found, key=_order))


def journey_link(here: str, journey: Journey) -> str:
    """A link to the page of a journey."""
    return f'<a href="{link(here, journey.address)}">{html(journey.title)}</a>'


def _order(journey: Journey) -> tuple[int, int, str]:
    families = {exchange.partition("-")[0] for exchange in journey.exchanges}
    return len(families), min(map(rank, families), default=0), journey.name
