"""One line more at the end of a file, whole and on the disk, or the file as it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memhon.catalogue import load
from memhon.errors import JournalError
from memhon.findings import make
from memhon.usage.diagnosing import about_header
from memhon.usage.pattern import line_pattern

_TAIL = 1 << 16
"""Octets at the end of a file in which its last line has to begin."""


def append(path: Path, line: bytes) -> None:
    """Append a line to a journal; a new journal gets its header.

    Args:
        path: The file.
        line: With its line feed.

    Raises:
        JournalError: The file is no usage journal; it stays as it is.
        OSError: The file cannot be written; it holds what it held.
    """
    new = not path.exists()
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags, 0o600)
    try:
        with _alone(number):
            _append(number, path, line)
    finally:
        os.close(number)
    if new:
        _keep_name(path)


def _append(number: int, path: Path, line: bytes) -> None:
    size = os.fstat(number).st_size
    header = f"{load().journal.header}\n".encode()
    tail = _read(number, max(0, size - _TAIL), _TAIL)
    begun, rest = _last_line(tail, size)
    if begun == 0:
        if not header.startswith(rest.removesuffix(b"\r")):
            _refuse(path, rest)
        data = header + line
    else:
        _check_header(number, path)
        # A whole line that only lacks its end is kept; half a line was never acknowledged.
        whole = bool(rest) and line_pattern().fullmatch(rest) is not None
        begun, data = (size, b"\n" + line) if whole else (begun, line)
    if begun != size:
        os.ftruncate(number, begun)
    try:
        _write(number, data)
        os.fsync(number)
    except OSError:
        os.ftruncate(number, begun)
        raise


def _last_line(tail: bytes, size: int) -> tuple[int, bytes]:
    """Where the unfinished last line begins, and what there is of it."""
    place = tail.rfind(b"\n") + 1
    if not place and size > len(tail):
        raise JournalError(findings=(make("USE-014", line=None),), places=("",))
    return size - len(tail) + place, tail[place:]


def _check_header(number: int, path: Path) -> None:
    head = _read(number, 0, _TAIL).partition(b"\n")[0]
    if about_header(head):
        _refuse(path, head)


def _refuse(path: Path, head: bytes) -> None:
    findings = about_header(head)
    raise JournalError(findings=findings, places=(str(path),) * len(findings))


def _read(number: int, place: int, count: int) -> bytes:
    os.lseek(number, place, os.SEEK_SET)
    data = b""
    while len(data) < count and (more := os.read(number, count - len(data))):
        data += more
    return data


def _write(number: int, data: bytes) -> None:
    while data:
        data = data[os.write(number, data) :]


def _keep_name(path: Path) -> None:
    """Let the name of a new file survive a power cut; Windows does so by itself."""
    if sys.platform == "win32":
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40
    """No journal is so long: the lock is on an octet that nobody reads."""

    @contextmanager
    def _alone(number: int) -> Iterator[None]:
        """Hold the file against other processes."""
        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            os.lseek(number, _FAR, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    @contextmanager
    def _alone(number: int) -> Iterator[None]:
        """Hold the file against other processes."""
        fcntl.flock(number, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(number, fcntl.LOCK_UN)
