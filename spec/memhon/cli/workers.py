"""Processes that judge for ``--jobs``: one end that asks, one end that answers.

A worker needs nothing of its parent but what is sent to it, so it may be a fresh interpreter.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeAlias

from memhon.cli.inputs import Input
from memhon.cli.reading import Settings, judge
from memhon.errors import MemhonError
from memhon.findings import Check, CheckStatus, Report, Verdict

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

Chunk: TypeAlias = Sequence[int]
"""Places among the inputs; so little is sent that a pipe always has room for it."""
Answer: TypeAlias = list[tuple[Report, ...]]
"""The reports of each input of a chunk."""

Packed: TypeAlias = list[tuple[Any, ...]]
"""Reports on their way between two processes."""
_READY = "ready"


class Worker:
    """The asking end: a process, and the chunks that it has not answered yet."""

    def __init__(self, inputs: Sequence[Input], settings: Settings) -> None:
        context = _context()
        self.connection, theirs = context.Pipe()
        arguments = (theirs, inputs, settings)
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()
        self.ready = False
        self.outstanding: deque[Chunk] = deque()

    def send(self, chunk: Chunk) -> bool:
        """Hand over a chunk; False when the process is gone."""
        self.outstanding.append(chunk)
        try:
            self.connection.send(chunk)
        except OSError:
            return False
        return True

    def receive(self) -> tuple[Chunk, Answer]:
        """A chunk and its answer; both empty when the worker only says that it is there.

        Raises:
            EOFError: The process is gone.
            OSError: Likewise.
            MemhonError: The toolkit itself is broken.
        """
        said: list[Packed] | MemhonError | str = self.connection.recv()
        if isinstance(said, MemhonError):
            raise said
        if isinstance(said, str):
            self.ready = True
            return (), []
        chunk = self.outstanding.popleft()
        return chunk, [unpack(packed) for packed in said]

    def close(self) -> None:
        """End the process; nothing that it still computes is wanted."""
        self.connection.close()
        self.process.kill()
        self.process.join()

    @property
    def ending(self) -> str:
        """How the process ended, for the finding."""
        self.process.join(1)
        code = self.process.exitcode
        return signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"


def _context() -> SpawnContext | ForkContext:
    """How a worker begins: as a copy of this process where that is safe, otherwise afresh.

    A copy has everything loaded, a fresh interpreter needs a tenth of a second for that. Copying is
    safe on Linux as long as no thread could hold a lock at that moment.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return get_context("fork")
    return get_context("spawn")


def with_news(workers: Sequence[Worker], seconds: float) -> Iterator[Worker]:
    """The workers that have said something or have ended, after at most that many seconds."""
    by_connection = {id(worker.connection): worker for worker in workers}
    for connection in wait([worker.connection for worker in workers], seconds):
        yield by_connection[id(connection)]


def serve(connection: Connection, inputs: Sequence[Input], settings: Settings) -> None:
    """The answering end, in a process of its own: judge chunks until the asking end is gone."""
    # the terminal sends Ctrl-C to every process; the parent decides what it means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        connection.send(_READY)
        while True:
            chunk: Chunk = connection.recv()
            connection.send(_answer([inputs[place] for place in chunk], settings))
    except (EOFError, OSError):
        os._exit(0)


def _answer(inputs: Sequence[Input], settings: Settings) -> list[Packed] | MemhonError:
    try:
        return [pack(judge(entry, settings)) for entry in inputs]
    except MemhonError as error:
        return error


def pack(reports: Sequence[Report]) -> Packed:
    """The reports as plain values, which travel four times as fast as objects."""
    return [
        (
            report.verdict.value,
            report.exchange,
            report.direction,
            report.version,
            report.findings,
            [(check.layer, check.status.value, check.milliseconds) for check in report.checks],
            report.source,
        )
        for report in reports
    ]


def unpack(packed: Packed) -> tuple[Report, ...]:
    """The reports that were packed."""
    return tuple(
        Report(
            Verdict(verdict),
            exchange,
            direction,
            version,
            findings,
            tuple(Check(layer, CheckStatus(status), spent) for layer, status, spent in checks),
            source,
        )
        for verdict, exchange, direction, version, findings, checks, source in packed
    )


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
