"""The usage journal as data: its columns, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from memhon.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the journal."""

    name: str
    """As it stands in the header."""
    text: str
    """What belongs there, French."""
    pattern: str = ""
    """Regular expression of a whole value; empty where only listed words are allowed."""
    identifier: bool = False
    """Whether the editor chooses the value, so that it could name a person."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a column: a family or a form."""

    name: str
    title: Mapping[str, str]
    """``fr`` and ``en``."""


@dataclass(frozen=True, slots=True)
class Kind(Word):
    """One kind of event; what is counted are fee notes, each once for a kind."""

    text: str = ""
    """When it is to be recorded, French."""
    families: tuple[str, ...] = ()
    """Families in which it happens."""
    exchange: str = ""
    """Id of the exchange whose answer tells it; empty when there is none, or more than one."""
    hands_over: bool = False
    """Whether the fee note leaves the practice with it, so that its form counts."""
    note_may_lack: bool = False
    """Whether it may name no fee note."""


@dataclass(frozen=True, slots=True)
class JournalFormat:
    """The form of a usage journal: UTF-8, a header, then one event on each line."""

    delimiter: str
    longest_line: int
    """Bytes of a line at most."""
    listed: int
    """Bad lines that a refusal lists at most."""
    columns: tuple[Column, ...]
    """In their order."""
    kinds: tuple[Kind, ...]
    families: tuple[Word, ...]
    forms: tuple[Word, ...]
    provenance: tuple[str, ...]
    demo: bytes = b""
    """A fictitious journal of three months."""

    @property
    def header(self) -> str:
        """The first line, without its end."""
        return self.delimiter.join(column.name for column in self.columns)

    @property
    def exchanges(self) -> frozenset[str]:
        """Ids of the exchanges whose answers are recorded."""
        return frozenset(kind.exchange for kind in self.kinds if kind.exchange)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def journal_of(table: Mapping[str, Any], demo: bytes) -> JournalFormat:
    """The format in ``journal.toml``.

    Args:
        table: As read.
        demo: A fictitious journal.

    Raises:
        CatalogueError: It is incomplete.
    """
    try:
        return JournalFormat(
            delimiter=table["delimiter"],
            longest_line=table["longest_line"],
            listed=table["listed"],
            columns=tuple(Column(**entry) for entry in table["column"]),
            kinds=tuple(
                Kind(**{**entry, "families": tuple(entry["families"])}) for entry in table["kind"]
            ),
            families=_words(table["family"]),
            forms=_words(table["form"]),
            provenance=tuple(table["provenance"]),
            demo=demo,
        )
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"format du journal incomplet au catalogue : {error}") from error


def _words(entries: Iterable[Mapping[str, Any]]) -> tuple[Word, ...]:
    return tuple(Word(**entry) for entry in entries)
