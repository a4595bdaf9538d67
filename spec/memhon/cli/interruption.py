"""Ctrl-C and a polite kill while work is under way: stop after the file in hand, then report."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at the first Ctrl-C or kill; a second one acts as if nobody had listened.

    Args:
        stop: What asks the work to end; called in the main thread between two instructions.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = (signal.SIGINT, signal.SIGTERM)

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        for name in names:
            signal.signal(name, before[name])
        stop()

    before = {name: signal.signal(name, interrupted) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
