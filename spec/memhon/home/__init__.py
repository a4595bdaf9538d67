"""Where the user's data lies; the only place that reads ``MEMHON_HOME``.

It must not know what lies there beyond the names of the folders.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """The folder of the user's MemHon data: ``MEMHON_HOME``, else the platform's data folder."""
    given = os.environ.get("MEMHON_HOME")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "memhon" if base else Path.home() / "AppData" / "Local" / "memhon"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "memhon"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "memhon"


def store_path() -> Path:
    """The store that ``memhon sandbox serve --store default`` uses."""
    return home() / "store.sqlite3"


def pki_path() -> Path:
    """The folder of test keys."""
    return home() / "pki"
