"""The end of every help text: examples to type, then the exit codes; written and read back here."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

from memhon.cli.exits import Exit

_EXAMPLES = re.compile(r"^Exemples? :\n((?:  .*\n?)+)", re.MULTILINE)
_CODES = re.compile(r"^Codes de retour : (.*)\.\s*\Z", re.MULTILINE | re.DOTALL)
_WIDTH = 100


def closing(examples: Sequence[str], codes: Mapping[Exit, str] | None = None) -> str:
    """The text that follows the options in ``--help``.

    Args:
        examples: Lines that can be typed.
        codes: Exit codes and what they mean for this command, French; no semicolon in them.
    """
    head = "Exemples" if len(examples) > 1 else "Exemple"
    parts = [f"{head} :\n" + "\n".join(f"  {line}" for line in examples)]
    if codes:
        told = "\u00a0; ".join(f"{int(code)} {meaning}" for code, meaning in codes.items())
        lines = textwrap.fill(f"Codes de retour : {told}.", _WIDTH, break_on_hyphens=False)
        parts.append(lines.replace("\u00a0", " "))
    return "\n\n".join(parts)


def examples_of(text: str) -> tuple[str, ...]:
    """The examples of a closing text."""
    found = _EXAMPLES.search(text)
    return tuple(line[2:] for line in found[1].splitlines()) if found else ()


def codes_of(text: str) -> tuple[tuple[int, str], ...]:
    """The exit codes of a closing text, with their meaning."""
    found = _CODES.search(text)
    entries = " ".join(found[1].split()).split(" ; ") if found else []
    pairs = (entry.split(" ", 1) for entry in entries)
    return tuple((int(code), meaning) for code, meaning in pairs)
