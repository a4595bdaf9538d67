"""Octets as text in which nothing is invisible: blanks, line ends and odd characters are drawn."""

from __future__ import annotations

import re
import unicodedata

_DRAWN = {" ": "·", "\t": "→", "\r": "←", "\n": "↵"}
_OPEN, _CLOSE = "‹", "›"
_AMBIGUOUS = frozenset((*_DRAWN.values(), _OPEN, _CLOSE))
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_ODD = re.compile("[^\x21-\x7e]")
_UNDECODED = 0xDC80
_MOST = 16_000
_TAIL = 2_000


def visible(octets: bytes, *, lines: bool = False) -> str:
    """The octets as text; what a reader would not see is drawn.

    A blank is ``·``, a tabulator ``→``, CR ``←``, LF ``↵``; every other character without a shape
    is written ``‹U+00A0›``, an octet that is no UTF-8 ``‹0xE9›``. A character that looks like one
    of these drawings is written out too, so that the text has one meaning.

    Args:
        octets: Any octets; UTF-8 is expected.
        lines: Whether a true line end follows each ``↵``.
    """
    text = octets.decode("utf-8", errors="surrogateescape")
    shown = _ODD.sub(lambda match: _drawn(match[0]), text)
    return shown.replace("↵", "↵\n") if lines else shown


def _drawn(character: str) -> str:
    known = _DRAWN.get(character)
    if known is not None:
        return known
    code = ord(character)
    if _UNDECODED <= code <= _UNDECODED + 0x7F:
        return f"{_OPEN}0x{code - 0xDC00:02X}{_CLOSE}"
    if character in _AMBIGUOUS or unicodedata.category(character) in _HIDDEN:
        return f"{_OPEN}U+{code:04X}{_CLOSE}"
    return character


def shortened(octets: bytes, most: int = _MOST) -> tuple[bytes, int, bytes]:
    """Beginning, number of octets left out, and end; cut between characters.

    Args:
        octets: Any octets.
        most: Octets above which the middle is left out.
    """
    if len(octets) <= most:
        return octets, 0, b""
    tail = min(_TAIL, most // 4)
    first, last = boundary(octets, most - tail), boundary(octets, len(octets) - tail)
    return octets[:first], last - first, octets[last:]


def boundary(octets: bytes, place: int) -> int:
    """The place, or the next before it at which a UTF-8 character begins."""
    for nearer in range(place, max(place - 4, -1), -1):
        if nearer >= len(octets) or octets[nearer] & 0xC0 != 0x80:
            return nearer
    return place
