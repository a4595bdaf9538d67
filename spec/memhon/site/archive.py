"""Zip archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that the format knows: the date of a file in an archive says nothing here."""
_UNIX = 3
_MODE = 0o100644 << 16


def packed(files: Mapping[str, bytes], top: str) -> bytes:
    """An archive of files by path, in one folder named ``top``.

    Returns:
        The same bytes for the same files with one version of zlib.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{path}", _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path], compresslevel=9)
    return buffer.getvalue()
