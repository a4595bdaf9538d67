"""How long the server waits and how much of a request's head it reads: uvicorn bounds neither.

Bodies are bounded by the application; here only what comes before one is seen.
"""

from __future__ import annotations

import asyncio
from typing import Any

from memhon.sandbox.peer import PeerProtocol

HEAD_BYTES = 65_536
"""Request line and header fields together."""
HEAD_SECONDS = 10.0
"""From the first byte of a connection, or of its next request, to the end of the head."""


class Bounded:
    """Goes before one of uvicorn's HTTP protocols in the order of base classes."""

    head_bytes = HEAD_BYTES
    head_seconds = HEAD_SECONDS
    _read = 0
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the clock."""
        super().connection_made(transport)  # type: ignore[misc]
        self._start()

    def data_received(self, data: bytes) -> None:
        """Count what is no body, and hang up on too much of it."""
        waiting = self._in_head()
        super().data_received(data)  # type: ignore[misc]
        if not self._in_head():
            self._stop()
            self._read = 0
            return
        self._read += len(data) if waiting else 0
        if self._read > self.head_bytes:
            self._hang_up()
        elif self._watch is None:
            self._start()

    def connection_lost(self, error: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(error)  # type: ignore[misc]

    def _in_head(self) -> bool:
        """Whether no request is being received or answered."""
        cycle: Any = getattr(self, "cycle", None)
        return cycle is None or bool(cycle.response_complete)

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(self.head_seconds, self._late)

    def _stop(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()

    def _late(self) -> None:
        self._watch = None
        if self._in_head():
            self._hang_up()

    def _hang_up(self) -> None:
        self._stop()
        transport: Any = getattr(self, "transport", None)
        if transport is not None:
            transport.abort()


def protocol(*, head_seconds: float = HEAD_SECONDS) -> type[asyncio.Protocol]:
    """The HTTP protocol of the sandbox, with these bounds.

    Args:
        head_seconds: How long the head of a request may take.
    """
    base: Any = PeerProtocol
    return type("BoundedProtocol", (Bounded, base), {"head_seconds": head_seconds})
