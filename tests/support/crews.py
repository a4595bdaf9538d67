"""The processes of a sandbox that answers with several: who they are, and one of them alone."""

import multiprocessing
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
def only(pid: int) -> Iterator[None]:
    """Let the others stand still: whatever is sent meanwhile is answered by this worker."""
    others = own_workers() - {pid}
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        # A process on the other core runs on for a moment, and may take a connection meanwhile.
        await_that(lambda: others <= _in_state("T"))
        yield
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)


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
