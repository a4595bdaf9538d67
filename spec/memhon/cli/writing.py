"""Bytes → a new file, whole or not at all; nothing that is there gives way unasked."""

from __future__ import annotations

import os
from pathlib import Path

from memhon.errors import MessageError
from memhon.findings import make


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file in one step.

    Args:
        path: Where; a link is not followed.
        data: The whole content.
        force: Whether a regular file of that name is replaced.

    Raises:
        MessageError: Something of that name is there already (``PDF-005``).
        OSError: The system refuses to write.
    """
    if os.path.lexists(path) and not (force and path.is_file() and not path.is_symlink()):
        raise MessageError(findings=(make("PDF-005", found=path.name),))
    beside = _beside(path)
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}")
