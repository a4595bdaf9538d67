"""What stands twice in journals: of several lines the earliest counts, wherever it stands."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from memhon.findings import make
from memhon.usage.bad_lines import BadLines
from memhon.usage.diagnosing import about_end, mended
from memhon.usage.lines import Lines
from memhon.usage.pattern import instant_of, line_pattern
from memhon.usage.placing import Cell, Place

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CELLS = 1 << 32
"""More cells than there are; packs the number of a cell below an instant."""
NO_NOTE = 0
"""Stands for the hash of a fee note where an event names none."""


def suspected(events: array[int], notes: array[int]) -> bytearray:
    """One octet for each event: 1 where its hash, or that of its fee note, occurs twice.

    Args:
        events: Hashes of the identifiers.
        notes: Hashes of the fee notes with their kinds; ``NO_NOTE`` where there is none.
    """
    marks = bytearray(len(events))
    for hashes in (events, notes):
        repeated = {first for first, second in pairwise(sorted(hashes)) if first == second}
        repeated.discard(NO_NOTE)
        for place, value in enumerate(hashes) if repeated else ():
            if value in repeated:
                marks[place] = 1
    return marks


class Repeats:
    """Takes back what was counted more than once.

    Args:
        suspects: Marks the events that may repeat, over all journals.
        cells: What was counted.
        place: Where an event counts.
        bad: Remembers an identifier that names two events.
    """

    def __init__(
        self, suspects: bytearray, cells: dict[Cell, int], place: Place, bad: BadLines
    ) -> None:
        self.count = 0
        """Events that were taken back."""
        self._suspects, self._read = suspects, 0
        self._counted, self._place, self._bad = cells, place, bad
        self._known: dict[bytes, int] = {}
        self._earliest: dict[bytes, int] = {}
        self._numbers: dict[Cell | None, int] = {}
        self._cells: list[Cell | None] = []

    def read(self, journal: Lines) -> None:
        """Look at the suspects of one journal; the journals come in the order of their counting."""
        match, number = line_pattern().fullmatch, 0
        # The header is no event.
        before = self._read - 1
        for lines in journal.pieces():
            first = before + number
            place = self._suspects.find(1, max(first, self._read), first + len(lines))
            while place >= 0:
                line = lines[place - first]
                found = match(line) or mended(line)
                if found is not None:
                    self._look(found.groups(), number + place - first + 1)
                place = self._suspects.find(1, place + 1, first + len(lines))
            number += len(lines)
        self._read = before + number
        self._bad.extend(about_end(journal, number))

    def _look(self, fields: tuple[bytes, ...], at: int) -> None:
        event, instant, pair, sender, note, form = fields
        row = self._place(instant, pair, sender)
        cell = None if row is None else (row, pair, form)
        if self._is_new(event.lower(), fields, cell, at) and note:
            self._keep_earliest(b";".join((pair, sender, note.lower())), instant, cell)

    def _is_new(self, event: bytes, fields: tuple[bytes, ...], cell: Cell | None, at: int) -> bool:
        content = hash(fields)
        known = self._known.get(event)
        if known is None:
            self._known[event] = content
            return True
        if known == content:
            self._take_back(cell)
        else:
            self._bad.extend((make("USE-012", line=at, column=1, element="identifiant"),))
        return False

    def _keep_earliest(self, note: bytes, instant: bytes, cell: Cell | None) -> None:
        number = self._numbers.setdefault(cell, len(self._cells))
        if number == len(self._cells):
            self._cells.append(cell)
        since = (instant_of(instant) - _EPOCH) // timedelta(microseconds=1)
        this = since * _CELLS + number
        known = self._earliest.get(note)
        if known is None:
            self._earliest[note] = this
        elif this // _CELLS < known // _CELLS:
            self._earliest[note] = this
            self._take_back(self._cells[known % _CELLS])
        else:
            self._take_back(cell)

    def _take_back(self, cell: Cell | None) -> None:
        self.count += 1
        if cell is not None:
            self._counted[cell] -= 1
