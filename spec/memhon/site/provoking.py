"""Breaks a message on purpose, in one place, without touching the bytes around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memhon.errors import MemhonError
from memhon.schemas import Row


def without_a_leaf(data: bytes, rows: Sequence[Row]) -> tuple[bytes, Row]:
    """The message without its first mandatory value, and the row of what is missing.

    Args:
        data: A valid message.
        rows: Its outline, depth first.

    Raises:
        MemhonError: No mandatory value of the outline stands in the message.
    """
    for number, row in enumerate(rows):
        deeper = number + 1 < len(rows) and rows[number + 1].depth > row.depth
        if row.depth == 0 or deeper or not row.minimum or row.choice:
            continue
        broken, count = _leaf(row.name, rb"\s*").subn(b"", data, count=1)
        if count:
            return broken, row
    raise MemhonError("aucune valeur obligatoire à retirer de l'exemple")


def with_value(data: bytes, name: str, value: str) -> bytes:
    """The message with another value in the first element of that local name.

    Raises:
        MemhonError: There is no such element.
    """
    changed, count = _leaf(name).subn(rb"\g<1>" + value.encode() + rb"\g<3>", data, count=1)
    if not count:
        raise MemhonError(f"pas d'élément « {name} » dans l'exemple")
    return changed


def _leaf(name: str, before: bytes = b"") -> re.Pattern[bytes]:
    local = re.escape(name.encode())
    tag = rb"(?:[\w.-]+:)?" + local
    return re.compile(before + rb"(<" + tag + rb"(?:\s[^<>]*)?>)([^<]*)(</" + tag + rb"\s*>)")
