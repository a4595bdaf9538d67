"""Words of the command line → the inputs they stand for: files, folders, patterns, ``-``.

Nothing is opened here. What a folder cannot show is an input too, with its finding: it must not be
left out in silence.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memhon.findings import Finding, make

SUFFIXES = (".xml", ".zip")
"""What is picked from a folder; a file that is named itself may be called anything."""
_KINDS = (
    (stat.S_ISFIFO, "FIFO"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISDIR, "link to a folder"),
)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to judge: a file, an archive, or the standard input."""

    name: str
    """What the report calls it."""
    data: bytes | None = None
    """The content, where it is no file."""
    refusal: Finding | None = None
    """Why it cannot be opened, where that is known already."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line stands for."""

    inputs: tuple[Input, ...]
    """In the order of the words, a folder sorted by path, each once."""
    missing: tuple[str, ...]
    """Words that name nothing, or a folder with nothing to judge."""


def gather(words: Sequence[str], *, most: int, but: str | None = None) -> Given:
    """What the words stand for.

    Args:
        words: Files, folders, patterns with ``*``, ``?`` or ``[``, or ``-``.
        most: Bytes taken from the standard input.
        but: A path that is left out of folders and patterns: the report being written.
    """
    found: dict[str, Input] = {}
    missing = []
    left_out = os.path.abspath(but) if but else None  # noqa: PTH100 - resolves no link
    for word in words:
        inputs = [
            entry
            for entry in _of_word(word, most)
            if left_out is None or os.path.abspath(entry.name) != left_out  # noqa: PTH100
        ]
        if not inputs:
            missing.append(word)
        for entry in inputs:
            found.setdefault(entry.name, entry)
    return Given(tuple(found.values()), tuple(missing))


def walk(folder: str) -> Iterator[Input]:
    """The messages and archives below a folder, sorted by path; links to folders are not entered.

    Args:
        folder: The folder, as the reader wrote it.
    """
    folders = []
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder, refusal=unreadable(error))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.path)
        elif entry.name.lower().endswith(SUFFIXES):
            # a regular file shows itself as one without being asked for
            yield Input(entry.path) if entry.is_file(follow_symlinks=False) else _odd(entry)
    for path in folders:
        yield from walk(path)


def unreadable(error: OSError) -> Finding:
    """The finding for what the system said."""
    import errno

    return make("FILE-001", detail=errno.errorcode.get(error.errno or 0, type(error).__name__))


def _of_word(word: str, most: int) -> Iterator[Input]:
    if word == "-":
        yield Input("entrée standard", data=sys.stdin.buffer.read(most + 1))
    elif os.path.isdir(word):  # noqa: PTH112
        yield from walk(word)
    elif os.path.lexists(word):
        yield Input(word)
    elif any(sign in word for sign in "*?["):
        yield from _of_pattern(word)


def _of_pattern(pattern: str) -> Iterator[Input]:
    """The shell of Windows hands patterns on, and every shell does so with a quoted one."""
    import glob

    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - keeps the spelling
        if not os.path.isdir(name):  # noqa: PTH112
            yield Input(name)
        elif "**" not in pattern:
            yield from walk(name)


def _odd(entry: os.DirEntry[str]) -> Input:
    """A link, judged by what it leads to; or no file at all."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return Input(entry.path, refusal=unreadable(error))
    kind = next((kind for is_kind, kind in _KINDS if is_kind(mode)), None)
    return Input(entry.path, refusal=make("FILE-003", found=kind) if kind else None)
