"""The JSON that a request brings along, read without any leniency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memhon.findings import make
from memhon.platform.callers import PlatformError
from memhon.sandbox import WishError, keys, read_wish


def read_object(data: bytes, allowed: Mapping[str, type]) -> dict[str, Any]:
    """An object of known keys, each with a value of its kind.

    Args:
        data: The body as sent.
        allowed: Kind by key.

    Raises:
        PlatformError: It is something else (400); nothing is guessed.
    """
    try:
        return dict(keys(read_wish(data), allowed))
    except WishError as error:
        detail = error.finding.text("fr")
        raise PlatformError(400, make("PLA-034", detail=detail), (error.finding,)) from None
