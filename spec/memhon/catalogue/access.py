"""The access log as data: the fields that the EHDS names, and the words of the entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from memhon.catalogue.journal import Word
from memhon.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class AccessField:
    """One thing that the EHDS wants recorded at each access."""

    letter: str
    """Of the list in the source."""
    text: str
    """French."""
    columns: tuple[str, ...]
    """Names of the columns that answer it."""
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccessColumn:
    """One column of the log."""

    name: str
    title: Mapping[str, str]
    """Short; ``fr`` and ``en``."""
    text: str
    """What stands there, French."""


@dataclass(frozen=True, slots=True)
class AccessWord(Word):
    """One word of an entry."""

    text: str
    """What it means, French, without a capital and without a full stop."""


@dataclass(frozen=True, slots=True)
class AccessVocabulary:
    """What stands in the access log."""

    provenance: tuple[str, ...]
    fields: tuple[AccessField, ...]
    columns: tuple[AccessColumn, ...]
    """In the order in which they are shown."""
    roles: tuple[AccessWord, ...]
    categories: tuple[AccessWord, ...]
    origins: tuple[AccessWord, ...]
    """Interfaces; a network address may follow."""
    patient_elements: tuple[str, ...]
    """Local names of the elements of messages that say who the patient is."""

    def unknown(self, role: str, category: str, origin: str) -> str | None:
        """The first of three words that is not in its list; None when all are.

        Args:
            role: In which quality somebody read.
            category: What was read.
            origin: The interface, followed by a blank and an address where there is one.
        """
        asked = (self.roles, role), (self.categories, category), (self.origins, _first(origin))
        return next((word for words, word in asked if word not in _names(words)), None)


def vocabulary_of(table: Mapping[str, Any]) -> AccessVocabulary:
    """The vocabulary in ``access.toml``.

    Args:
        table: As read.

    Raises:
        CatalogueError: It is incomplete, or a field names a column that there is not.
    """
    try:
        made = AccessVocabulary(
            provenance=tuple(table["provenance"]),
            fields=tuple(_field(entry) for entry in table["field"]),
            columns=tuple(AccessColumn(**entry) for entry in table["column"]),
            roles=_words(table["role"]),
            categories=_words(table["category"]),
            origins=_words(table["origin"]),
            patient_elements=tuple(table["patient_elements"]),
        )
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"journal d'accès incomplet au catalogue : {error}") from error
    known = {column.name for column in made.columns}
    lost = {name for field in made.fields for name in field.columns} - known
    if lost:
        raise CatalogueError(f"colonnes inconnues du journal d'accès : {', '.join(sorted(lost))}")
    return made


def _field(entry: Mapping[str, Any]) -> AccessField:
    columns, provenance = tuple(entry["columns"]), tuple(entry["provenance"])
    return AccessField(entry["letter"], entry["text"], columns, provenance)


def _words(entries: Iterable[Mapping[str, Any]]) -> tuple[AccessWord, ...]:
    return tuple(AccessWord(**entry) for entry in entries)


def _names(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(word.name for word in words)


def _first(origin: str) -> str:
    return origin.partition(" ")[0]
