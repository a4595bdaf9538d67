"""The only place that draws identifiers: repeatable from a seed, otherwise unpredictable."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Iterable
from uuid import UUID


class Numbering:
    """Draws UUIDs and hexadecimal ids.

    Args:
        seed: The same seed draws the same ids in the same order; without one the operating
            system's randomness is used.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random = secrets.SystemRandom() if seed is None else random.Random(seed)
        self._lock = threading.Lock()

    def uuid(self) -> str:
        """A version 4 UUID, lower case."""
        return str(UUID(int=self._bits(128), version=4))

    def digits(self, count: int) -> str:
        """That many hexadecimal digits, lower case."""
        return f"{self._bits(4 * count):0{count}x}"

    def _bits(self, count: int) -> int:
        with self._lock:
            return self._random.getrandbits(count)


class Foretold(Numbering):
    """Draws UUIDs that are known beforehand, then those of another numbering.

    Args:
        first: The first UUIDs.
        then: Draws everything else.
    """

    def __init__(self, first: Iterable[str], then: Numbering) -> None:
        super().__init__(0)
        self._first = iter(tuple(first))
        self._then = then

    def uuid(self) -> str:
        """The next UUID that was foretold, then version 4 UUIDs."""
        return next(self._first, None) or self._then.uuid()

    def digits(self, count: int) -> str:
        """That many hexadecimal digits, lower case."""
        return self._then.digits(count)
