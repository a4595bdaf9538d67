"""The lines of a journal, in pieces of bounded size: what it held when it was opened."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_PIECE = 1 << 20
UTF8_MARK = b"\xef\xbb\xbf"


class Lines:
    """An open journal; lines that are added meanwhile do not count.

    Args:
        path: The file.
        longest: Bytes of a line at most; a longer one comes in pieces.

    Raises:
        OSError: It cannot be opened or read.
    """

    def __init__(self, path: Path, longest: int) -> None:
        self.path = path
        self._longest = longest
        self._file = path.open("rb", buffering=0)
        self._size = os.fstat(self._file.fileno()).st_size
        self._sum: int | None = None
        self.changed = False
        """Whether the octets of a second reading were others than those of the first."""
        self.ended = True
        """Whether the last line has its end."""

    def pieces(self) -> Iterator[list[bytes]]:
        """The lines without their line feeds, many at a time, from the beginning."""
        self._file.seek(0)
        left, rest, found = self._size, b"", 0
        while left and (data := self._file.read(min(_PIECE, left))):
            left -= len(data)
            found = zlib.crc32(data, found)
            *lines, rest = (rest + data).split(b"\n")
            if len(rest) > _PIECE:
                lines, rest = [*lines, rest[: self._longest + 1]], b""
                yield lines
                return
            if lines:
                yield lines
        self.changed = self._sum not in (None, found) or left > 0
        self._sum = found
        self.ended = not rest
        if rest:
            yield [rest]

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()
