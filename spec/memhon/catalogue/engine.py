"""The rules by which the sandbox judges a simulation, and what it claims back, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from memhon.errors import CatalogueError


class Subject(StrEnum):
    """What a rule judges."""

    LINE = "line"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class EngineRule:
    """One rule of the engine: when it is broken, the answer carries its finding."""

    id: str
    """Stable id, the anchor on its page."""
    title: str
    """French."""
    statement: str
    """What the rule does, French."""
    subject: Subject
    condition: str
    """Name of the test that says whether the rule is broken."""
    finding: str
    """Id of the finding that tells it."""
    blocks: bool
    """Whether nothing of the fee note is paid then; a line keeps its amounts at zero."""
    since: date
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    lifted_by: frozenset[str] = frozenset()
    """Contest codes after which a new simulation does without the rule."""
    acts: frozenset[str] = frozenset()
    """Acts that the condition is about, where it names some."""
    persons: tuple[str, ...] = ()
    """Ids of the fictitious persons that the condition is about, where it names some."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the insurance would claim back from a fictitious provider."""

    provider: str
    """Id of the provider."""
    amount: Decimal
    """All of it, in euros."""
    note: str
    """French."""


def engine_rules_of(entries: Iterable[Mapping[str, Any]]) -> tuple[EngineRule, ...]:
    """The rules in the order of their file.

    Raises:
        CatalogueError: A rule is incomplete, or an id stands twice.
    """
    found: dict[str, EngineRule] = {}
    for entry in entries:
        try:
            made = _rule(dict(entry))
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"règle du moteur incomplète au catalogue : {error}") from error
        if made.id in found:
            raise CatalogueError(f"règle du moteur en double au catalogue : {made.id}")
        found[made.id] = made
    return tuple(found.values())


def claims_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Claim, ...]:
    """The claims, one for a provider at most.

    Raises:
        CatalogueError: A provider has two.
    """
    made = [Claim(entry["provider"], Decimal(entry["amount"]), entry["note"]) for entry in entries]
    if len({claim.provider for claim in made}) != len(made):
        raise CatalogueError("deux créances d'un même prestataire au catalogue")
    return tuple(made)


def _rule(entry: dict[str, Any]) -> EngineRule:
    for name in ("lifted_by", "acts"):
        entry[name] = frozenset(entry.get(name, ()))
    for name in ("persons", "provenance"):
        entry[name] = tuple(entry.get(name, ()))
    return EngineRule(**{**entry, "subject": Subject(entry["subject"])})
