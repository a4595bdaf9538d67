"""The recorder: appends events to a journal, whole lines that are on the disk when it returns."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from memhon.catalogue import load
from memhon.clock import Clock, SystemClock
from memhon.errors import JournalError
from memhon.findings import Finding, make
from memhon.usage.appending import append
from memhon.usage.diagnosing import about_line
from memhon.usage.pattern import instant_of, lacking_kinds, line_pattern


class Journal:
    """A usage journal that is written to; safe to use from several threads and processes.

    A line of which a power cut left a part was never acknowledged: the next record replaces it.

    Args:
        path: The file; it is made with its header on the first record, readable by its owner.
        clock: Gives the instant where none is given; the machine's by default.
    """

    def __init__(self, path: str | Path, *, clock: Clock | None = None) -> None:
        self.path = Path(path)
        self._clock: Clock = clock or SystemClock()
        self._lock = threading.Lock()

    def record(
        self,
        kind: str,
        *,
        family: str,
        practitioner: str,
        note: str = "",
        form: str = "",
        at: datetime | None = None,
        event: str | None = None,
    ) -> str:
        """Append one event.

        Args:
            kind: What happened, e.g. ``depot`` or ``paiement``.
            family: ``ra``, ``pid`` or ``aucune``.
            practitioner: Code of the billing provider.
            note: Identifier of the fee note in your software; never a national number or a name.
            form: ``numerique``, ``papier``, or empty when it is not declared.
            at: Instant with a zone; now by default.
            event: Identifier of the event; a random UUID by default. Give your own to be able to
                record again after a failure: the same event counts once.

        Returns:
            The identifier of the event, once its line is on the disk.

        Raises:
            JournalError: A value is not allowed, or the file is no usage journal; nothing was
                written.
            OSError: The file cannot be written.
        """
        name = event or str(uuid4())
        values = (name, _written(at or self._clock.now()), kind, family, practitioner, note, form)
        line = _line(values)
        with self._lock:
            append(self.path, line)
        return name


def _written(at: datetime) -> str:
    """An instant as a line has it; one without a zone stays so, and is refused with the line."""
    if at.tzinfo is None:
        return at.isoformat()
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _line(values: tuple[str, ...]) -> bytes:
    line = load().journal.delimiter.join(values).encode("utf-8", "backslashreplace")
    found = None if line.endswith(b"\r") else line_pattern().fullmatch(line)
    good = found is not None and bool(found[5] or found[3] in lacking_kinds())
    if found is None or not good or _has_no_day(found[2]):
        findings = _findings(line)
        raise JournalError(findings=findings, places=("",) * len(findings))
    return line + b"\n"


def _findings(line: bytes) -> tuple[Finding, ...]:
    """Why a line is not written; what a reader would forgive is not written either."""
    if (place := line.find(b'"')) >= 0:
        return (make("USE-006", line=1, column=place + 1),)
    return about_line(line + b" " if line.endswith(b"\r") else line, 1)


def _has_no_day(instant: bytes) -> bool:
    try:
        instant_of(instant)
    except ValueError:
        return True
    return False
