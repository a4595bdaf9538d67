"""Keeps what was refused for its security as long as the desk may explain it."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from memhon.clock import Clock
from memhon.errors import StoreError
from memhon.store import RefusedMessage, Store

PATH = "/_sandbox/diagnostic/"
"""Of the desk; a correlation id follows."""
LIFE = timedelta(minutes=30)
SWEEP_SECONDS = 30.0
_FAMILY = "SEC-"
_LOG = logging.getLogger("memhon.sandbox")


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Keeps refused messages and says where they are explained; safe to use from many threads."""

    store: Store
    clock: Clock
    desk: str
    """Address of the desk, without a path."""

    def keep(self, correlation_id: str, fault: str, data: bytes) -> str | None:
        """Keep a message that was refused for its security; never raises.

        Args:
            correlation_id: Of the fault.
            fault: Id of the finding that names the fault.
            data: The message as received.

        Returns:
            The address that explains it; None when the fault is of another family, or when the
            message could not be kept.
        """
        if not fault.startswith(_FAMILY):
            return None
        now = self.clock.now()
        message = RefusedMessage(correlation_id, fault, now, now + LIFE, data)
        try:
            kept = self.store.refused.add(message, now)
        except StoreError:
            _LOG.warning("refused message not kept, %s", correlation_id)
            return None
        return f"{self.desk}{PATH}{correlation_id}" if kept else None

    def sweep(self) -> None:
        """Delete what has expired; never raises."""
        self._forget(self.clock.now())

    def clear(self) -> None:
        """Delete everything; never raises."""
        self._forget(None)

    def _forget(self, now: datetime | None) -> None:
        try:
            self.store.refused.forget(now)
        except StoreError:
            _LOG.warning("refused messages not deleted, the store does not answer")


class Sweeper:
    """Deletes what has expired even when nobody calls, in a thread of its own.

    Args:
        diagnostics: What is swept.
        seconds: Time of the machine between two looks at the clock of the sandbox.
    """

    def __init__(self, diagnostics: Diagnostics, seconds: float = SWEEP_SECONDS) -> None:
        self._diagnostics = diagnostics
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memhon-sweeper", daemon=True)

    def start(self) -> None:
        """Sweep now, and then at intervals."""
        self._diagnostics.sweep()
        self._thread.start()

    def stop(self) -> None:
        """End the thread and delete what is left: nobody will explain it any more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()
        self._diagnostics.clear()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            self._diagnostics.sweep()
