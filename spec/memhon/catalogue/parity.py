"""How far the sandbox behaves as the real systems do, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from memhon.catalogue.lifecycle import Lifecycle
from memhon.catalogue.model import Profile
from memhon.catalogue.texts import FindingText
from memhon.errors import CatalogueError

_ASSUMED = "hypothese"


class Verdict(StrEnum):
    """What is known of the real systems' behaviour."""

    SAME = "same"
    """A public source shows it, and the sandbox does the same."""
    DIFFERENT = "different"
    """The sandbox does something else, knowingly."""
    UNKNOWN = "unknown"
    """Nothing public says what the real systems do; the sandbox does what we assume."""


@dataclass(frozen=True, slots=True)
class Parity:
    """One behaviour, compared."""

    id: str
    """Stable id, the anchor on its page."""
    topic: str
    """Title under which it is listed, French."""
    title: str
    """French."""
    verdict: Verdict
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    statement: str
    """French: what the real systems do as far as it is known, and what the sandbox does."""
    covers: tuple[str, ...] = ()
    """What it answers for: ``findings/<id>``, ``transitions/<life>/<id>``, ``engine/<id>``,
    ``settings/<profile>/<name>``, ``tariffs/<act>``, ``codelists/<id>`` or ``exchanges/<id>``."""


_ANSWERED = ("fault", "desk", "notice", "platform")


def comparable_findings(findings: Iterable[FindingText]) -> tuple[str, ...]:
    """The findings whose parity is to be told: what the sandbox answers with."""
    return tuple(
        f"findings/{each.id}" for each in findings if each.exchanges or each.kind in _ANSWERED
    )


def comparable_transitions(lives: Iterable[Lifecycle]) -> tuple[str, ...]:
    """The transitions whose parity is to be told: all."""
    return tuple(f"transitions/{life.id}/{row.id}" for life in lives for row in life.transitions)


def comparable_settings(profiles: Iterable[Profile]) -> tuple[str, ...]:
    """The settings whose parity is to be told: all."""
    return tuple(f"settings/{profile.id}/{name}" for profile in profiles for name in profile.values)


def parity_of(entries: Iterable[Mapping[str, Any]], known: Collection[str]) -> tuple[Parity, ...]:
    """The entries of ``parity.toml``, in their order.

    Args:
        entries: As read.
        known: Everything that there is to cover.

    Raises:
        CatalogueError: An entry is incomplete, claims more than its sources carry, covers what does
            not exist, or an id or what is covered stands twice.
    """
    found = tuple(_entry(entry) for entry in entries)
    places = Counter(place for entry in found for place in entry.covers)
    ids = Counter(entry.id for entry in found)
    wrong = [name for counts in (ids, places) for name, count in counts.items() if count > 1]
    wrong += sorted(set(places) - set(known))
    if wrong:
        raise CatalogueError(f"parité : en double ou sans objet au catalogue : {', '.join(wrong)}")
    return found


def _entry(entry: Mapping[str, Any]) -> Parity:
    try:
        lists = {name: tuple(entry.get(name, ())) for name in ("provenance", "covers")}
        made = Parity(**{**entry, **lists, "verdict": Verdict(entry["verdict"])})
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"parité incomplète au catalogue : {error}") from error
    assumed = _ASSUMED in made.provenance
    needed = {Verdict.SAME: not assumed, Verdict.UNKNOWN: assumed}.get(made.verdict, True)
    if not made.provenance or not needed:
        raise CatalogueError(f"parité : le verdict de {made.id} ne suit pas de ses sources")
    return made
