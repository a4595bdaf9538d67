"""The clock of a sandbox: set in its store, so that every worker shows the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from memhon.clock import Clock, SystemClock
from memhon.errors import SandboxError, StoreError
from memhon.store import ClockState, Store

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_LAST = datetime(2050, 1, 1, tzinfo=UTC)
"""Between them the test certificates are valid."""
_SEEN_SECONDS = 0.05
"""Within this time a worker sees what another one set; a request asks for the time often."""
_Change: TypeAlias = Callable[[ClockState | None], ClockState | None]


class StoreClock:
    """Shows the time as it was set in a store, otherwise the machine's.

    Args:
        store: Where the setting lies.
        machine: The machine's time.

    Raises:
        StoreError: The store does not answer.
    """

    def __init__(self, store: Store, machine: Clock | None = None) -> None:
        self._store: Store | None = store
        self._machine = machine or SystemClock()
        self._lock = threading.Lock()
        self._state = store.clock_state()
        self._read_at = time.monotonic()

    def now(self) -> datetime:
        """The current instant of the sandbox, aware, in UTC.

        A store that does not answer changes nothing: the last known setting stays.
        """
        state = self._current()
        machine = self._machine.now()
        return machine if state is None else state.now(machine)

    def instants(self) -> tuple[datetime, ...]:
        """When a peer may be: now, and while the clock is set, at the machine's time too.

        The program of an editor cannot move its clock along with that of the sandbox.
        """
        state = self._current()
        machine = self._machine.now()
        return (machine,) if state is None else (state.now(machine), machine)

    def look(self) -> None:
        """See at once what was set in this process."""
        with self._lock:
            self._read_at = float("-inf")

    def detach(self) -> None:
        """Look no more at the store, which is about to be closed."""
        with self._lock:
            self._store = None

    def _current(self) -> ClockState | None:
        with self._lock:
            read_at = time.monotonic()
            if self._store is not None and read_at - self._read_at >= _SEEN_SECONDS:
                self._read_at = read_at
                try:
                    self._state = self._store.clock_state()
                except StoreError:
                    return self._state
            return self._state


def instants(clock: Clock) -> tuple[datetime, ...]:
    """The instants at which a peer may be, that of the sandbox first.

    Args:
        clock: Of the sandbox; one that was given to it is the only one that counts.
    """
    return clock.instants() if isinstance(clock, StoreClock) else (clock.now(),)


class Timekeeper:
    """Sets the clock of a store.

    Args:
        store: Where the setting lies.
        machine: The machine's time.
    """

    def __init__(self, store: Store, machine: Clock | None = None) -> None:
        self._store = store
        self._machine = machine or SystemClock()

    def state(self) -> ClockState | None:
        """How the clock was set; None: it shows the machine's time."""
        return self._store.clock_state()

    def now(self) -> datetime:
        """What the clock shows."""
        return self._shown(self._store.clock_state())

    def set(self, instant: datetime) -> datetime:
        """Set the clock, backwards too; it stands or runs on as before.

        Raises:
            SandboxError: No test certificate is valid then.
        """

        def change(before: ClockState | None) -> ClockState:
            return self._from(before, instant)

        return self._changed(change)

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by a duration, which may be negative.

        Raises:
            SandboxError: No test certificate is valid then.
        """

        def change(before: ClockState | None) -> ClockState:
            try:
                return self._from(before, self._shown(before) + by)
            except OverflowError:
                raise _far() from None

        return self._changed(change)

    def freeze(self) -> datetime:
        """Let the clock stand where it is."""
        return self._changed(lambda before: replace(self._here(before), frozen=True))

    def resume(self) -> datetime:
        """Let a clock that stands run on from there."""
        return self._changed(lambda before: replace(self._here(before), frozen=False))

    def follow_machine(self) -> datetime:
        """Show the machine's time again."""
        return self._changed(lambda _before: None)

    def _changed(self, change: _Change) -> datetime:
        return self._shown(self._store.set_clock(change))

    def _here(self, before: ClockState | None) -> ClockState:
        return self._from(before, self._shown(before))

    def _from(self, before: ClockState | None, instant: datetime) -> ClockState:
        if not _FIRST <= instant < _LAST:
            raise _far()
        frozen = before is not None and before.frozen
        return ClockState(instant.astimezone(UTC), self._machine.now(), frozen)

    def _shown(self, state: ClockState | None) -> datetime:
        machine = self._machine.now()
        return machine if state is None else state.now(machine)


def _far() -> SandboxError:
    first, last = _FIRST.year, _LAST.year
    return SandboxError(f"l'horloge du bac à sable va de {first} à {last - 1}")
