"""The only place that draws identifiers: repeatable from a seed, otherwise unpredictable."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable
from typing import TypeAlias
from uuid import UUID

from memhon.errors import StoreError
from memhon.store import Store

BLOCK = 1_000
"""Ranks taken from a store at once: about a hundred requests for one write."""
Reserve: TypeAlias = Callable[[int], int]
"""Takes that many ranks for oneself; gives the first."""


class Numbering:
    """Draws UUIDs and hexadecimal ids; safe to use from several threads.

    Args:
        seed: The same seed draws the same ids in the same order; without one the operating
            system's randomness is used.
        reserve: Where ranks come from that nobody else has, now or after a restart; without it they
            are counted here from zero.
    """

    def __init__(self, seed: int | str | None = None, reserve: Reserve | None = None) -> None:
        self._seed = seed
        self._ranks = _Ranks(reserve)

    def uuid(self) -> str:
        """A version 4 UUID, lower case.

        Raises:
            StoreError: No rank can be had; nobody gets an id that may be given twice.
        """
        return str(UUID(bytes=self._octets(16), version=4))

    def digits(self, count: int) -> str:
        """That many hexadecimal digits, lower case.

        Raises:
            StoreError: No rank can be had.
        """
        return self._octets(-(-count // 2)).hex()[:count]

    def _octets(self, count: int) -> bytes:
        if self._seed is None:
            return secrets.token_bytes(count)
        # Each id follows from its rank alone: processes share a seed by sharing out the ranks.
        return hashlib.shake_256(f"{self._seed}/{self._ranks.take()}".encode()).digest(count)


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


class Undaunted(Numbering):
    """Draws the ids of one answer, which has to leave even when the store does not answer.

    What such ids name is the envelope. Had they to come from the store, neither the fault that
    tells of its silence nor the answer to a deposit that was just kept could be written.

    Args:
        usual: Draws as long as it can; then ids are unpredictable.
    """

    def __init__(self, usual: Numbering) -> None:
        super().__init__()
        self._usual: Numbering | None = usual

    def _octets(self, count: int) -> bytes:
        usual = self._usual
        try:
            return super()._octets(count) if usual is None else usual._octets(count)
        except StoreError:
            # Asked once for an answer: the next draw would wait for the store as long again.
            self._usual = None
            return super()._octets(count)


def numbering_in(store: Store, seed: int | None) -> Numbering:
    """The numbering of a sandbox: all that work on its store share the ranks of a seed.

    Args:
        store: Hands out the ranks; not asked without a seed.
        seed: See ``Numbering``.
    """
    return Numbering(seed, lambda count: store.reserve_numbers(str(seed), count))


class _Ranks:
    """Hands out ranks one by one, from a block that was taken."""

    def __init__(self, reserve: Reserve | None) -> None:
        self._reserve = reserve
        self._lock = threading.Lock()
        self._next = self._end = 0
        self._failures = 0

    def take(self) -> int:
        failures = self._failures
        with self._lock:
            if self._reserve is not None and self._next == self._end:
                self._refill(self._reserve, failures)
            rank = self._next
            self._next += 1
            return rank

    def _refill(self, reserve: Reserve, failures: int) -> None:
        if failures != self._failures:
            # Whoever had the lock has waited for the store in vain; the queue does not do it again.
            raise StoreError("le dépôt de données ne répond pas : numérotation impossible")
        try:
            self._next = reserve(BLOCK)
        except StoreError:
            self._failures += 1
            raise
        self._end = self._next + BLOCK
