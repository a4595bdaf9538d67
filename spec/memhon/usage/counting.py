"""Counts the events of journals, each fee note once for a kind.

The first reading counts every line and keeps only hashes of event and fee note. Where a hash came
twice, a second reading looks at the lines themselves and takes back what repeats.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from re import Match

from memhon.catalogue import load
from memhon.usage.bad_lines import BadLines
from memhon.usage.diagnosing import about_end, about_header, about_line, mended
from memhon.usage.lines import Lines
from memhon.usage.pattern import lacking_kinds, line_pattern
from memhon.usage.period import By, Period
from memhon.usage.placing import Cell, Place, placing
from memhon.usage.repeating import NO_NOTE, Repeats, suspected


@dataclass(frozen=True, slots=True)
class Counted:
    """What journals hold."""

    cells: dict[Cell, int]
    """Fee notes of the period."""
    read: int
    """Events read."""
    repeated: int
    """Events that were not counted again."""


def count_journals(paths: Sequence[Path], period: Period, by: By) -> Counted:
    """Count journals as one.

    Raises:
        JournalError: A line is bad.
        OSError: A file cannot be read.
    """
    bad, place, cells = BadLines(), placing(period, by), dict[Cell, int]()
    events, notes = array("q"), array("q")
    longest = load().journal.longest_line
    with ExitStack() as stack:
        journals = [stack.enter_context(Lines(path, longest)) for path in paths]
        for journal in journals:
            bad.begin(journal.path)
            _First(cells, events, notes, place, bad).read(journal)
        bad.refuse()
        read = len(events)
        suspects = suspected(events, notes)
        del events, notes
        repeats = Repeats(suspects, cells, place, bad)
        for journal in journals if 1 in suspects else ():
            bad.begin(journal.path)
            repeats.read(journal)
        bad.refuse()
    return Counted(cells, read, repeats.count)


@dataclass(frozen=True, slots=True)
class _First:
    """Counts every line of a journal."""

    cells: dict[Cell, int]
    events: array[int]
    """Hashes of the identifiers of events."""
    notes: array[int]
    """Hashes of fee notes with their kinds, one for each event."""
    place: Place
    bad: BadLines

    def read(self, journal: Lines) -> None:
        """Count one journal; what is bad about it is remembered."""
        number = 0
        for lines in journal.pieces():
            if not number:
                findings = about_header(lines[0])
                self.bad.extend(findings)
                if findings:
                    return
                lines[0] = b""
            self._count(lines, number + 1)
            number += len(lines)
        self.bad.extend(about_header(b"") if not number else about_end(journal, number))

    def _count(self, lines: list[bytes], number: int) -> None:
        match, lacking, place = line_pattern().fullmatch, lacking_kinds(), self.place
        cells, add_event, add_note = self.cells, self.events.append, self.notes.append
        for at, line in enumerate(lines, number):
            found = match(line)
            if found is None and (at == 1 or (found := self._mended(line, at)) is None):
                continue
            event, instant, pair, sender, note, form = found.groups()
            try:
                key = place(instant, pair, sender)
            except ValueError:
                self._refuse(line, at)
                continue
            if not note and pair not in lacking:
                self._refuse(line, at)
                continue
            if key is not None:
                cell = (key, pair, form)
                cells[cell] = cells.get(cell, 0) + 1
            add_event(hash(event.lower()))
            add_note(hash((pair, sender, note.lower())) if note else NO_NOTE)

    def _mended(self, line: bytes, at: int) -> Match[bytes] | None:
        """The line without quotation marks; None when it is bad, which is then remembered."""
        found = mended(line)
        if found is None:
            self._refuse(line, at)
        return found

    def _refuse(self, line: bytes, at: int) -> None:
        # To look for every reason takes much longer than to see that there is one.
        if self.bad.full:
            self.bad.one_more()
        else:
            self.bad.extend(about_line(line, at))
