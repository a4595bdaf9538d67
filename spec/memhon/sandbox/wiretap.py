"""Keeps what goes over the wire for the desk, without making an answer wait for it."""

from __future__ import annotations

import logging
import re
import threading
from collections import deque
from dataclasses import replace

from memhon.errors import StoreError
from memhon.sandbox.switchboard import Effect
from memhon.sandbox.voice import Answer
from memhon.store import Store, WireBounds, WireExchange

PAUSE_SECONDS = 0.1
"""How long a first exchange waits for others that are written with it."""
HIDDEN = b"[masque par MemHon]"
"""Stands where a password, a token or a key stood."""
_BOUNDS = WireBounds()
_CORRELATION = re.compile(rb"Correlation-ID:\s*(Id-[0-9a-f]{24})")
_PASSWORD = re.compile(
    rb"(<(?:[\w.-]+:)?(Password|BinarySecret)(?:\s[^>]*)?(?<!/)>).*?(</(?:[\w.-]+:)?\2\s*>|\Z)",
    re.DOTALL,
)
_TOKEN = re.compile(
    rb"(<(?:[\w.-]+:)?BinarySecurityToken(?:\s[^>]*)?(?<!/)>)(.*?)"
    rb"(</(?:[\w.-]+:)?BinarySecurityToken\s*>|\Z)",
    re.DOTALL,
)
_CERTIFICATE = b"#X509v3"
_LOG = logging.getLogger("memhon.sandbox")


class Wiretap:
    """Takes exchanges at once and writes them in batches, in a thread of its own.

    Args:
        store: Where they are kept.
        bounds: How much waits at most, and how much is kept; the oldest go first.
        pause: See ``PAUSE_SECONDS``.
    """

    def __init__(
        self, store: Store, bounds: WireBounds = _BOUNDS, *, pause: float = PAUSE_SECONDS
    ) -> None:
        self._store = store
        self._bounds = bounds
        self._pause = pause
        self._waiting: deque[WireExchange] = deque()
        self._size = 0
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memhon-wiretap", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def keep(self, exchange: WireExchange) -> None:
        """Take an exchange; never waits for the store, never raises."""
        with self._changed:
            self._waiting.append(exchange)
            self._size += _size(exchange)
            while len(self._waiting) > self._bounds.count or self._size > self._bounds.size:
                self._size -= _size(self._waiting.popleft())
            self._changed.notify()

    def stop(self) -> None:
        """Write what waits and end the thread; the store is still open."""
        self._stopped.set()
        with self._changed:
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopped.is_set())
            # Not inside the lock: others are taken meanwhile.
            self._stopped.wait(self._pause)
            self._write()
        self._write()

    def _write(self) -> None:
        with self._changed:
            taken, self._size = list(self._waiting), 0
            self._waiting.clear()
        try:
            self._store.wire.add([_without_secrets(each) for each in taken], self._bounds)
        except StoreError:
            _LOG.warning("%s exchanges not kept for the desk", len(taken))


def sent(answer: Answer, exchange: WireExchange) -> WireExchange:
    """The exchange with what became of it: the switchboard may have broken the answer.

    Args:
        answer: As it was computed.
        exchange: With everything that does not follow from the answer.
    """
    effect = None if answer.met is None else answer.met.effect
    data, status = answer.data, answer.status
    if effect is Effect.CUT:
        data, status = b"", 0
    elif effect is Effect.HALF:
        data = data[: len(data) // 2]
    told = (*answer.outcome, *(() if effect is None else (effect.value,)))
    found = _CORRELATION.search(answer.data[:4096])
    return replace(
        exchange,
        correlation_id=found[1].decode() if found else "",
        exchange=answer.exchange or exchange.exchange,
        outcome=" ".join(dict.fromkeys(told)),
        http_status=status,
        response=data,
    )


def _size(exchange: WireExchange) -> int:
    return len(exchange.request) + len(exchange.response)


def _without_secrets(exchange: WireExchange) -> WireExchange:
    request, response = hidden(exchange.request), hidden(exchange.response)
    return replace(exchange, request=request, response=response)


def hidden(data: bytes) -> bytes:
    """A message without passwords, tokens and keys; every other byte is as it was.

    In an encoding of two bytes for a letter nothing would be found, so that nothing is kept.
    """
    if b"\0" in data:
        return HIDDEN
    data = _PASSWORD.sub(lambda found: found[1] + HIDDEN + found[3], data)
    return _TOKEN.sub(
        lambda found: found[0] if _CERTIFICATE in found[1] else found[1] + HIDDEN + found[3], data
    )
