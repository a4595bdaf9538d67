"""Notebook files: read, checked, written; the only user of nbformat, which has no types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

_NBFORMAT: Any = nbformat


def read(path: Path) -> Any:
    """The notebook in a file, in format 4.

    Raises:
        Exception: Of nbformat, when the file is no notebook.
    """
    notebook = _NBFORMAT.read(path, as_version=4)
    _NBFORMAT.validate(notebook)
    return notebook


def text(notebook: Any) -> str:
    """The notebook as JSON with a line break at its end."""
    return f"{_NBFORMAT.writes(notebook, version=4)}\n"
