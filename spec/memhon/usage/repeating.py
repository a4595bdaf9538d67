"""What stands twice in journals: of several lines the earliest counts, wherever it stands."""

from __future__ import annotations

from array import array
from bisect import bisect_left
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


def twice(hashes: array[int]) -> array[int]:
    """The values that occur more than once, in order."""
    ordered = sorted(hashes)
    return array("q", sorted({first for first, second in pairwise(ordered) if first == second}))


class Repeats:
    """Takes back what was counted more than once.

    Args:
        events: Hashes that came twice, of identifiers of events.
        notes: Hashes that came twice, of fee notes with their kinds.
        cells: What was counted.
        place: Where an event counts.
        bad: Remembers an identifier that names two events.
    """

    def __init__(
        self,
        events: array[int],
        notes: array[int],
        cells: dict[Cell, int],
        place: Place,
        bad: BadLines,
    ) -> None:
        self.count = 0
        """Events that were taken back."""
        self._events, self._notes = events, notes
        self._counted, self._place, self._bad = cells, place, bad
        self._known: dict[bytes, int] = {}
        self._earliest: dict[bytes, int] = {}
        self._numbers: dict[Cell | None, int] = {}
        self._cells: list[Cell | None] = []

    @property
    def suspected(self) -> bool:
        """Whether anything came twice."""
        return bool(self._events or self._notes)

    def read(self, journal: Lines) -> None:
        """Look at the lines of one journal whose hash came twice."""
        match, number = line_pattern().fullmatch, 0
        for lines in journal.pieces():
            for at, line in enumerate(lines, number + 1):
                found = match(line) or (at > 1 and mended(line)) or None
                if found is not None:
                    self._look(found.groups(), at)
            number += len(lines)
        self._bad.extend(about_end(journal, number))

    def _look(self, fields: tuple[bytes, ...], at: int) -> None:
        event, instant, pair, sender, note, form = fields
        of_event = event.lower()
        named_twice = _holds(self._events, hash(of_event))
        noted_twice = note and _holds(self._notes, hash((pair, sender, note.lower())))
        if not (named_twice or noted_twice):
            return
        row = self._place(instant, pair, sender)
        cell = None if row is None else (row, pair, form)
        if named_twice and not self._is_new(of_event, fields, cell, at):
            return
        if noted_twice:
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


def _holds(ordered: array[int], value: int) -> bool:
    place = bisect_left(ordered, value)
    return place < len(ordered) and ordered[place] == value
