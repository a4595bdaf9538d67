"""How far the work is, on a terminal; in a pipe nothing of it."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

from memhon.cli.batch import Batch

_EVERY = 0.1
_WORDS = {
    "fr": "{judged} sur {total} – {faulty} à revoir",
    "en": "{judged} of {total} – {faulty} to look at",
}


class Progress:
    """One line that is written over itself and gone at the end.

    Args:
        lang: Language of the line.
        stream: Where it is shown; standard error by default.
    """

    def __init__(self, lang: str, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._words = _WORDS[lang]
        self._shown = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + _EVERY
        self._width = 0

    def __call__(self, batch: Batch) -> None:
        """Show how far the batch is, at most ten times a second."""
        if not self._shown or batch.total < 2 or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        line = self._words.format(judged=batch.judged, total=batch.total, faulty=batch.faulty)
        self._write(line.ljust(self._width))
        self._width = len(line)

    def clear(self) -> None:
        """Leave nothing behind."""
        if self._width:
            self._write(" " * self._width + "\r")

    def _write(self, line: str) -> None:
        self._stream.write(f"\r{line}")
        self._stream.flush()
