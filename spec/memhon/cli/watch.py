"""``memhon validate --watch``: judge each file that appears or changes, until it is stopped.

The folders are looked at several times a second; a file is judged once it rests. A file that looks
unfinished gets a little longer, because its writer may only have paused.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from memhon.cli.delivery import Delivery
from memhon.cli.exits import Exit
from memhon.cli.inputs import Input, gather
from memhon.cli.interruption import interruptible
from memhon.cli.reading import Settings, judge
from memhon.clock import SystemClock
from memhon.findings import Report

INTERVAL = 0.15
"""Seconds between two looks."""
PATIENCE = 0.6
"""Seconds that an unfinished file must rest before it is called so."""
_UNFINISHED = frozenset({"FILE-001", "FILE-002", "FORM-001", "FORM-003", "ZIP-001"})
_WORDS = {
    "fr": {
        "watching": "Surveillance de {places} : {count} fichiers présents. Ctrl-C pour arrêter.",
        "stopped": "Surveillance arrêtée : {count} contrôles faits.",
        "gone": "{name} : supprimé",
    },
    "en": {
        "watching": "Watching {places}: {count} files there. Ctrl-C stops it.",
        "stopped": "Watching stopped: {count} checks done.",
        "gone": "{name}: deleted",
    },
}
Signature: TypeAlias = tuple[int, int, int]
"""Inode, size and time of modification: what changes when a file does."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was at the last look."""

    entry: Input
    """The file, or why it cannot be opened."""
    signature: Signature
    """What it looked like."""
    since: float
    """When it began to look like that, in seconds of the monotonic clock."""
    judged: bool
    """Whether its report was given."""


class Watch:
    """The files below some places, and what is known of each.

    Args:
        words: Files, folders and patterns, as on the command line.
        but: A path that is left out: the report being written.
    """

    def __init__(self, words: Sequence[str], but: str | None = None) -> None:
        self._words = tuple(words)
        self._but = but
        self.seen: dict[str, Seen] = {}

    def start(self) -> None:
        """Take what is there as known: only what happens from now on is judged."""
        self.seen = {
            entry.name: Seen(entry, signature, 0.0, judged=True)
            for entry, signature in self._look()
        }

    def look(self, now: float) -> tuple[list[Input], list[str]]:
        """The files at rest that have no report yet, and the names of those that are gone.

        Args:
            now: Seconds of the monotonic clock.
        """
        before, self.seen = self.seen, {}
        ready = []
        for entry, signature in self._look():
            known = before.pop(entry.name, None)
            if known is None or known.signature != signature:
                known = Seen(entry, signature, now, judged=False)
            elif not known.judged:
                ready.append(entry)
            self.seen[entry.name] = known
        return ready, sorted(before)

    def settle(self, name: str, reports: Iterable[Report], now: float) -> bool:
        """Whether these reports may be given; an unfinished file is left for a later look."""
        known = self.seen[name]
        found = {finding.id for report in reports for finding in report.findings}
        if found & _UNFINISHED and now - known.since < PATIENCE:
            return False
        self.seen[name] = replace(known, judged=True)
        return True

    def _look(self) -> Iterator[tuple[Input, Signature]]:
        for entry in gather(self._words, most=0, but=self._but).inputs:
            try:
                state = os.stat(entry.name)  # noqa: PTH116 - often, and of many
            except OSError:
                yield entry, (0, 0, 0)
            else:
                yield entry, (state.st_ino, state.st_size, state.st_mtime_ns)


def watch(words: Sequence[str], settings: Settings, delivery: Delivery) -> Exit:
    """Judge what appears or changes below the words until Ctrl-C.

    Returns:
        Fine after Ctrl-C; usage when a word names nothing that could be watched.
    """
    absent = [word for word in words if not _watchable(word)]
    if absent:
        print(f"memhon : rien à surveiller : {', '.join(absent)}", file=sys.stderr)
        return Exit.USAGE
    stop = threading.Event()
    watched = Watch(words, delivery.output)
    said, count = _WORDS[delivery.lang], 0
    latest: dict[str, tuple[Report, ...]] = {}
    with interruptible(stop.set):
        watched.start()
        print(said["watching"].format(places=", ".join(words), count=len(watched.seen)), flush=True)
        while not stop.wait(INTERVAL):
            ready, gone = watched.look(time.monotonic())
            fresh = dict(_judged(watched, ready, settings, stop))
            for reports in fresh.values():
                _show(reports, delivery)
            for name in gone:
                latest.pop(name, None)
                print(said["gone"].format(name=name), flush=True)
            count += len(fresh)
            latest |= fresh
            if delivery.output and (fresh or gone):
                _write(latest, delivery)
    print(said["stopped"].format(count=count), flush=True)
    return Exit.FINE


def _judged(
    watched: Watch, ready: Iterable[Input], settings: Settings, stop: threading.Event
) -> Iterator[tuple[str, tuple[Report, ...]]]:
    for entry in ready:
        if stop.is_set():
            return
        reports = judge(entry, settings)
        if watched.settle(entry.name, reports, time.monotonic()):
            yield entry.name, reports


def _watchable(word: str) -> bool:
    return os.path.exists(word) or any(sign in word for sign in "*?[")  # noqa: PTH110


def _show(reports: Sequence[Report], delivery: Delivery) -> None:
    time_of_day = SystemClock().now().astimezone().strftime("%H:%M:%S")
    for report in reports:
        if delivery.form == "text" or delivery.output:
            print(f"\n{time_of_day}  {delivery.as_text(report)}", flush=True)
        else:
            print(delivery.one(report), flush=True)


def _write(latest: dict[str, tuple[Report, ...]], delivery: Delivery) -> None:
    reports = [report for name in sorted(latest) for report in latest[name]]
    try:
        delivery.write(reports, len(reports))
    except OSError as error:
        print(
            f"memhon : écriture impossible : {delivery.output} ({error.strerror})", file=sys.stderr
        )
