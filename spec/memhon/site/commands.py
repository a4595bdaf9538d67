"""The command line as values: what the page of the commands is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One option or one word that a command takes."""

    flags: tuple[str, ...]
    """Spellings with their hyphens; empty for a word that is known by its place."""
    name: str
    """Name of the value in the program, unique in its command."""
    metavar: str
    """What stands for the value, e.g. ``FICHIER``; empty for a switch."""
    default: str
    """What holds when the option is not given; empty when nothing does."""
    choices: tuple[str, ...]
    """The permitted values, where they are counted."""
    required: bool
    """Whether the command refuses to start without it."""
    repeated: bool
    """Whether several values may follow."""
    help: str
    """French."""

    @property
    def spelling(self) -> str:
        """What a person writes, e.g. ``--jobs N``."""
        value = f"{self.metavar}…" if self.repeated else self.metavar
        return " ".join(part for part in (", ".join(self.flags), value) if part)


@dataclass(frozen=True, slots=True)
class Command:
    """One command, with the commands below it."""

    name: str
    """All words, e.g. ``memhon site build``."""
    help: str
    """One line, French."""
    description: str
    """French."""
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    """Lines that can be typed."""
    codes: tuple[tuple[int, str], ...]
    """Exit codes and what they mean here, French; empty where a command only leads to others."""
    subcommands: tuple[Command, ...]

    def walk(self) -> Iterator[Command]:
        """The command itself, then everything below it in order."""
        yield self
        for command in self.subcommands:
            yield from command.walk()
