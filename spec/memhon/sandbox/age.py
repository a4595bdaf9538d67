"""Whether a person is a minor on a day, told from the matricule.

The matricule begins with year, month and day of birth; 00 stands for an unknown month or day
(wire-contract §5.1). Days are compared as triples of numbers, so that 29 February needs no special
case: in a year without that day, the person's age changes on 1 March.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TypeAlias

Day: TypeAlias = tuple[int, int, int]
"""Year, month, day."""

_EARLIEST_YEAR = 1


def is_minor(matricule: str, day: Day, adult_age: int) -> bool | None:
    """Whether the person is below the adult age on that day.

    Args:
        matricule: 13 digits.
        day: Calendar day of the act, in Luxembourg.
        adult_age: Years at which a person is an adult, from the birthday on.

    Returns:
        None when the matricule does not tell: no possible birth date, a birth after the day, or an
        unknown month or day that leaves both answers open.
    """
    span = _birth(matricule)
    if span is None:
        return None
    earliest, latest = span
    if earliest > day:
        return None
    answers = {day < (year + adult_age, month, date) for year, month, date in (earliest, latest)}
    return answers.pop() if len(answers) == 1 else None


def _birth(matricule: str) -> tuple[Day, Day] | None:
    """The earliest and the latest possible day of birth."""
    year, month, date = int(matricule[:4]), int(matricule[4:6]), int(matricule[6:8])
    if year < _EARLIEST_YEAR or month > 12 or (month == 0 and date != 0):
        return None
    first, last = (month or 1), (month or 12)
    if date == 0:
        return (year, first, 1), (year, last, monthrange(year, last)[1])
    if date > monthrange(year, month)[1]:
        return None
    return (year, month, date), (year, month, date)
