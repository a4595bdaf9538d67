"""Several processes that answer on one port, and the one that looks after them."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Protocol, TypeAlias

from memhon.errors import MemhonError, SandboxError
from memhon.sandbox import HOST

_LOG = logging.getLogger("memhon.sandbox")
_START_SECONDS = 60.0
_STOP_SECONDS = 15.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 8.0
"""Seconds before another try, when a process ends without ever having answered."""
_GUARD = (
    " ; un programme qui démarre plusieurs processus est un fichier, et les démarre sous "
    '« if __name__ == "__main__": »'
)
# A copy of this process would hold its locks and its connections to the store.
_SPAWN = get_context("spawn")


class Running(Protocol):
    """What answers in one process."""

    def stop(self) -> None:
        """Finish running requests and let go of everything."""
        ...


Share: TypeAlias = Callable[[socket.socket], Running]
"""Begins to answer on a socket; is sent to another process, so it holds plain values only."""


class Workers:
    """Answers on one port with several processes, and replaces one that ends.

    Args:
        count: How many.
        listener: Their port; closed when they have stopped.
        share: What each of them does.
        tls: Whether they speak HTTPS.
    """

    def __init__(
        self, count: int, listener: socket.socket, share: Share, *, tls: bool = False
    ) -> None:
        self._listener = listener
        self._share = share
        self._count = count
        self._crew: list[_Worker] = []
        self._stopping = threading.Event()
        self._ring, self._bell = _SPAWN.Pipe(duplex=False)
        self._supervisor = threading.Thread(target=self._supervise, name="memhon-workers")
        self._supervisor.daemon = True
        scheme = "https" if tls else "http"
        self.url: str = f"{scheme}://{HOST}:{listener.getsockname()[1]}"
        """Address without a path."""

    def start(self) -> None:
        """Start and return as soon as all of them answer.

        Raises:
            SandboxError: One did not start; it says why.
        """
        try:
            for _ in range(self._count):
                self._crew.append(_Worker(self._listener, self._share))
            for worker in self._crew:
                worker.await_ready(_START_SECONDS)
        except BaseException:
            self.stop()
            raise
        self._supervisor.start()

    def stop(self) -> None:
        """Finish running requests, end the processes and close the port."""
        self._stopping.set()
        self._bell.close()
        if self._supervisor.is_alive():
            self._supervisor.join()
        for worker in self._crew:
            worker.dismiss()
        for worker in self._crew:
            worker.end(_STOP_SECONDS)
        self._crew.clear()
        self._ring.close()
        self._listener.close()

    def _supervise(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            # The bell is only ever closed, which wakes this thread.
            wait([self._ring, *(worker.sentinel for worker in self._crew)])
            for place, worker in enumerate(self._crew):
                if worker.alive or self._stopping.is_set():
                    continue
                pause = _FIRST_PAUSE if worker.answered else min(2 * pause, _LONGEST_PAUSE)
                self._replace(place, 0.0 if worker.answered else pause)

    def _replace(self, place: int, pause: float) -> None:
        gone = self._crew[place]
        _LOG.error("worker %s ended (%s); another one takes its place", gone.number, gone.ending)
        if self._stopping.wait(pause):
            return
        try:
            self._crew[place] = _Worker(self._listener, self._share)
        except OSError:
            # The one that is gone stays in its place, so this is tried again.
            _LOG.exception("no worker can be started")
            self._stopping.wait(_LONGEST_PAUSE)
        else:
            gone.end(0)


class _Worker:
    """One process, seen from the one that started it."""

    def __init__(self, listener: socket.socket, share: Share) -> None:
        self._connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=work, args=(theirs, listener, share), name="memhon-worker", daemon=True
        )
        try:
            with _interrupts_held():
                self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()
        self._said: str | None = None
        self._answered = False

    @property
    def sentinel(self) -> int:
        """Is ready when the process has ended."""
        return self._process.sentinel

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    @property
    def answered(self) -> bool:
        """Whether it ever came so far as to answer."""
        self._listen(0)
        return self._answered

    @property
    def number(self) -> int | None:
        """By which the operating system knows it."""
        return self._process.pid

    @property
    def ending(self) -> str:
        """How the process ended: what it said, a signal or a code."""
        self._listen(0)
        self._process.join(1)
        code = self._process.exitcode
        if self._said or code is None:
            return self._said or "sans réponse"
        return signal.Signals(-code).name if code < 0 else f"code {code}"

    def await_ready(self, seconds: float) -> None:
        """Wait until it answers.

        Raises:
            SandboxError: It does not.
        """
        self._listen(seconds)
        if not self._answered:
            why = self.ending
            # What an error in the caller's own script looks like, which is read again over there.
            hint = _GUARD if why == "code 1" else ""
            raise SandboxError(f"un processus du bac à sable n'a pas démarré : {why}{hint}")

    def dismiss(self) -> None:
        """Ask it to end."""
        self._connection.close()

    def end(self, seconds: float) -> None:
        """Wait until it has ended, and end it by force after that time."""
        self._connection.close()
        self._process.join(seconds)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()

    def _listen(self, seconds: float) -> None:
        try:
            if not self._connection.closed and self._connection.poll(seconds):
                self._said = self._connection.recv()
                self._answered = self._said is None
        except (EOFError, OSError):
            return


def work(connection: Connection, listener: socket.socket, share: Share) -> None:
    """Answer, in a process of its own, until the other end of the connection is gone.

    That end closes with the process that holds it, however it dies: nobody is left behind.
    """
    # The terminal sends Ctrl-C to every process; the one that started us decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    running: Running | None = None
    try:
        running = share(listener)
        connection.send(None)
        connection.recv()
    except (EOFError, OSError):
        return
    except MemhonError as error:
        with suppress(OSError):
            connection.send(str(error))
    finally:
        if running is not None:
            running.stop()


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A new process must not see a Ctrl-C before it can ignore it; ours only waits a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
