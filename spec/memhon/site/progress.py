"""One line on stderr for each step of the build, with its seconds."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Prints the steps; colour only on a terminal and without ``NO_COLOR``.

    Args:
        stream: Where the lines go, stderr by default.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._colour = self._stream.isatty() and not os.environ.get("NO_COLOR")

    @classmethod
    def silent(cls) -> Progress:
        """One that prints nothing."""
        return cls(io.StringIO())

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time a step; remarks appended to the list given are printed at its end."""
        remarks: list[str] = []
        start = time.perf_counter()
        try:
            yield remarks
        except BaseException:
            self.line(f"{name} : échec après {_seconds(start)}", "31")
            raise
        said = f" ({' ; '.join(remarks)})" if remarks else ""
        self.line(f"{name} : {_seconds(start)}{said}", "32")

    def line(self, text: str, colour: str = "36") -> None:
        """Print one line at once."""
        shown = f"\x1b[{colour}m{text}\x1b[0m" if self._colour else text
        print(shown, file=self._stream, flush=True)


def _seconds(start: float) -> str:
    return f"{time.perf_counter() - start:.1f} s".replace(".", ",")
