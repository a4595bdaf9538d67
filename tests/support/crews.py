"""The processes of a sandbox that answers with several: who they are, and one of them alone."""

import multiprocessing
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from memhon.errors import SandboxError

SECONDS = 60.0


def own_workers() -> set[int]:
    """The workers of the sandboxes of this process."""
    children = multiprocessing.active_children()
    return {child.pid or 0 for child in children if "memhon-worker" == child.name}


def workers_of(pid: int) -> set[int]:
    """The workers of a sandbox in a process of its own."""
    return {
        int(number)
        for number, parent, _, words in _processes()
        if int(parent) == pid and "spawn_main" in words
    }


def living(pids: set[int]) -> set[int]:
    """Those of some processes that run; one that only waits to be buried does not."""
    return pids & ({int(number) for number, *_ in _processes()} - _in_state("Z"))


def await_that(condition: Callable[[], object]) -> None:
    """Wait for something that comes sooner or later.

    Raises:
        AssertionError: It did not.
    """
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def only(pid: int, place: Path | None = None) -> Iterator[None]:
    """Let the others stand still: whatever is sent meanwhile is answered by this worker.

    Args:
        pid: The worker that answers.
        place: The store file of all. What went over the wire is written a moment after the answer,
            and nobody may be stopped while they hold the lock of the file.
    """
    others = own_workers() - {pid}
    try:
        await_that(lambda: _stopped(others, place))
        yield
    finally:
        _send(others, signal.SIGCONT)


def _stopped(others: set[int], place: Path | None) -> bool:
    """Stop them; False, and they go on, when one holds the lock of the file."""
    _send(others, signal.SIGSTOP)
    # A process on the other core runs on for a moment, and may take a connection meanwhile.
    await_that(lambda: others <= _in_state("T"))
    if place is None or _is_free(place):
        return True
    _send(others, signal.SIGCONT)
    return False


def _send(pids: set[int], what: signal.Signals) -> None:
    for pid in pids:
        os.kill(pid, what)


def _is_free(place: Path) -> bool:
    with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        connection.execute("ROLLBACK")
    return True


class Refuses:
    """A share of work that cannot begin."""

    def __call__(self, listener: socket.socket) -> "Refuses":
        raise SandboxError("le dépôt est en voyage")

    def stop(self) -> None:
        """Never called."""


class Ends:
    """A share of work that ends its process."""

    def __call__(self, listener: socket.socket) -> "Ends":
        os._exit(3)

    def stop(self) -> None:
        """Never called."""


@dataclass(frozen=True)
class Depends:
    """A share of work that can only begin while a file exists."""

    file: Path

    def __call__(self, listener: socket.socket) -> "Waits":
        if not self.file.exists():
            raise SandboxError("le dépôt est en voyage")
        return Waits()


class Waits:
    """A share of work that does nothing."""

    def __call__(self, listener: socket.socket) -> "Waits":
        return self

    def stop(self) -> None:
        """Nothing to let go of."""


def _in_state(letter: str) -> set[int]:
    return {int(number) for number, _, state, _ in _processes() if state.startswith(letter)}


def _processes() -> list[list[str]]:
    command = ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line.split(None, 3) for line in said.splitlines() if len(line.split(None, 3)) == 4]
