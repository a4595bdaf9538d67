"""The first octet at which two texts part, with what stands around it."""

from __future__ import annotations

from memhon.security.diagnosis.model import Difference
from memhon.security.diagnosis.visible import boundary

_BEFORE = 60
_AFTER = 100


def first_difference(ours: bytes, theirs: bytes) -> Difference | None:
    """Where two octet strings part; None when they are the same.

    Both contexts begin at the same place, so what they have in common stands before the difference.
    """
    if ours == theirs:
        return None
    offset = _common(ours, theirs)
    start = boundary(ours, max(0, offset - _BEFORE))
    return Difference(
        offset, *(text[start : boundary(text, offset + _AFTER)] for text in (ours, theirs))
    )


def split(difference: Difference) -> tuple[bytes, bytes, bytes]:
    """What both contexts begin with, then the rest of ours, then the rest of theirs."""
    ours, theirs = difference.ours, difference.theirs
    common = boundary(ours, _common(ours, theirs))
    return ours[:common], ours[common:], theirs[common:]


def _common(ours: bytes, theirs: bytes) -> int:
    """Length of the common beginning, by halving: comparing slices runs in C."""
    low, high = 0, min(len(ours), len(theirs))
    left, right = memoryview(ours), memoryview(theirs)
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
