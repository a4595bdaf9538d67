"""Many inputs → their reports, in the order of the inputs, with or without further processes.

With ``--jobs N`` this process judges as well and N - 1 workers help it, so that nobody waits while
interpreters start.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from memhon.cli.inputs import Input
from memhon.cli.reading import Settings, judge, unjudged
from memhon.findings import Report, Verdict, make

if TYPE_CHECKING:
    from memhon.cli.workers import Chunk, Worker

_CHUNK = 64
_AHEAD = 2
_WAIT = 0.1

Watcher = Callable[["Batch"], None]
"""Called now and then with the batch under way."""


class Batch:
    """The judgement of many inputs; what is done is kept when the rest is given up.

    Args:
        inputs: What to judge.
        settings: What is asked of every message.
        jobs: Processes that judge, this one included.
    """

    def __init__(self, inputs: Sequence[Input], settings: Settings, jobs: int = 1) -> None:
        self.settings = settings
        self.stopped = False
        self.judged = 0
        self.faulty = 0
        self._results: list[tuple[Report, ...] | None] = [None] * len(inputs)
        self._inputs = inputs
        self._waiting = deque(range(len(inputs)))
        self._suspects: deque[int] = deque()
        self._helpers = min(jobs, len(inputs)) - 1
        self._jobs = jobs
        self._workers: list[Worker] = []

    @property
    def total(self) -> int:
        """How many inputs there are."""
        return len(self._results)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports there are, in the order of the inputs."""
        return tuple(report for result in self._results if result for report in result)

    def stop(self) -> None:
        """Judge nothing more; what is done stays."""
        self.stopped = True

    def run(self, watcher: Watcher) -> None:
        """Judge until everything is done or ``stop`` was called.

        Raises:
            MemhonError: The toolkit itself is broken, e.g. its catalogue.
        """
        try:
            _collect_seldom()
            self._hire()
            while self.judged < self.total and not self.stopped:
                self._feed()
                self._listen()
                self._work()
                watcher(self)
        except KeyboardInterrupt:
            self.stopped = True
        finally:
            for worker in self._workers:
                worker.close()

    def _hire(self) -> None:
        if self._helpers < 1:
            return
        from memhon.cli.workers import Worker

        for _ in range(self._helpers):
            try:
                self._workers.append(Worker(self._inputs, self.settings))
            except OSError:
                # the system grants no further process; fewer do the same work
                return

    def _feed(self) -> None:
        for worker in tuple(self._workers):
            while len(worker.outstanding) < _AHEAD:
                chunk = self._next_for(worker)
                if not chunk:
                    break
                if not worker.send(chunk):
                    self._lost(worker)
                    break

    def _next_for(self, worker: Worker) -> Chunk:
        """A suspect travels alone, so that it can only take itself down."""
        if any(len(chunk) == 1 for chunk in worker.outstanding):
            return ()
        if self._suspects:
            return () if worker.outstanding else (self._suspects.popleft(),)
        return self._chunk()

    def _chunk(self) -> Chunk:
        """Less and less towards the end, so that all finish together."""
        share = len(self._waiting) // (4 * self._jobs)
        size = min(max(share, 1), _CHUNK, len(self._waiting))
        return [self._waiting.popleft() for _ in range(size)]

    def _listen(self) -> None:
        if not self._workers:
            return
        from memhon.cli.workers import with_news

        for worker in with_news(self._workers, 0 if self._waiting else _WAIT):
            try:
                chunk, answer = worker.receive()
            except (EOFError, OSError):
                self._lost(worker)
                continue
            for place, reports in zip(chunk, answer, strict=True):
                self._keep(place, reports)

    def _work(self) -> None:
        if not self._workers:
            self._waiting.extend(self._suspects)
            self._suspects.clear()
        for place in self._chunk():
            if self.stopped:
                return
            self._keep(place, judge(self._inputs[place], self.settings))

    def _keep(self, place: int, reports: tuple[Report, ...]) -> None:
        self._results[place] = reports
        self.judged += 1
        self.faulty += any(report.verdict is not Verdict.VALID for report in reports)

    def _lost(self, worker: Worker) -> None:
        """Find the input that ended a worker: what it held is judged again, one by one."""
        ending = worker.ending
        self._workers.remove(worker)
        worker.close()
        held = list(worker.outstanding)
        if not worker.ready:
            # it never began: its inputs are not to blame, and another one would fail as well
            self._waiting.extendleft(place for chunk in held for place in chunk)
            return
        first: Chunk = held.pop(0) if held else ()
        self._waiting.extendleft(place for chunk in held for place in chunk)
        if len(first) == 1:
            finding = make("FILE-004", detail=ending)
            name = self._inputs[first[0]].name
            self._keep(first[0], (unjudged(name, self.settings, finding),))
        else:
            self._suspects.extend(first)
        if self._waiting or self._suspects:
            self._helpers = 1
            self._hire()


def _collect_seldom() -> None:
    """Reports hold no circles: looking for some in all of them again and again is a tenth of it."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
