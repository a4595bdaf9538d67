"""Runs a hand-over again and again, by the clock of the sandbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from memhon.clock import Clock

LOOK_SECONDS = 0.25
"""Time of the machine between two looks at the clock of the sandbox, which may leap."""
_LOG = logging.getLogger("memhon.platform")


class Rounds:
    """Does something when the clock of the sandbox has gone on by an interval.

    A clock that stands lets nothing happen; one that leaps by an interval or more, or backwards,
    lets it happen at once. The work is never done twice at a time.

    Args:
        work: What is done; an error is logged, and the next round comes all the same.
        clock: Of the sandbox.
        interval: In the time of the sandbox.
        seconds: See ``LOOK_SECONDS``.
    """

    def __init__(
        self,
        work: Callable[[], object],
        clock: Clock,
        interval: timedelta,
        seconds: float = LOOK_SECONDS,
    ) -> None:
        self._work = work
        self._clock = clock
        self._interval = interval
        self._seconds = seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memhon-handover", daemon=True)

    def start(self) -> None:
        """Begin the first interval."""
        self._since = self._clock.now()
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done and end the thread."""
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()

    def due(self, now: datetime) -> bool:
        """Whether an interval is over; if so, the next one begins."""
        passed = now - self._since
        if timedelta() <= passed < self._interval:
            return False
        self._since = now
        return True

    def _run(self) -> None:
        while not self._done.wait(self._seconds):
            try:
                if self.due(self._clock.now()):
                    self._work()
            except Exception:
                _LOG.exception("hand-over failed")
