"""French words for instants, for the time between them and for how a call ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from memhon.client import Call, Outcome
from memhon.errors import CatalogueError
from memhon.findings import explain

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juill.", "août", "sept.", "oct.", "nov.", "déc."),
)
_NUMBERS = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_UNITS = (("jour", 86_400, False), ("heure", 3_600, True), ("minute", 60, True))
"""Name, seconds, and whether it is feminine."""
SHORTEST = timedelta(minutes=1)
"""A shorter time between two calls is not worth a word."""
_SHOWN = 2

_SIGNS = {
    Outcome.ACCEPTED: ("✓", "accepté", "good"),
    Outcome.REFUSED: ("✗", "refus", "bad"),
    Outcome.FAULT: ("✗", "faute", "bad"),
    Outcome.UNUSABLE: ("!", "inutilisable", "unsure"),
    Outcome.UNANSWERED: ("?", "sans réponse", "unsure"),
    Outcome.UNSENT: ("✗", "envoi impossible", "bad"),
}
"""Sign, word and tone: none of them is alone in saying how a call ended."""
_OTHER_CALL = ("!", "réponse d'un autre appel", "unsure")
_KEPT = ("✗", "anomalie bloquante", "bad")
"""The answer names something new, although it carries an anomaly that blocks."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a call ended."""

    sign: str
    word: str
    tone: str
    """``good``, ``bad`` or ``unsure``."""
    ids: str = ""
    """Of what decided, or of what was remarked."""
    status: str = ""
    """HTTP status, where it is not 200."""

    @property
    def words(self) -> str:
        """E.g. « faute : SEC-041 (HTTP 500) »."""
        known = f" : {self.ids}" if self.ids else ""
        status = f" ({self.status})" if self.status else ""
        return f"{self.word}{known}{status}"


def local(instant: datetime) -> datetime:
    """The time on the clocks of Luxembourg, by the rule of the European Union."""
    utc = instant.astimezone(UTC).replace(tzinfo=None)
    summer = _change(utc.year, 3) <= utc < _change(utc.year, 10)
    return utc + timedelta(hours=2 if summer else 1)


def _change(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)  # noqa: DTZ001 -- both months have 31 days; compared in UTC
    return last - timedelta(days=(last.weekday() + 1) % 7)


def day(instant: datetime) -> str:
    """E.g. « mercredi 4 mars 2026 »."""
    at = local(instant)
    return f"{_DAYS[at.weekday()]} {_first(at.day)} {_MONTHS[at.month - 1]} {at.year}"


def hour(instant: datetime) -> str:
    """E.g. « 09:30 »; the seconds when they are not zero."""
    at = local(instant)
    return at.strftime("%H:%M:%S" if at.second else "%H:%M")


def moment(instant: datetime) -> str:
    """E.g. « 4 sept. 2026, 09:30 »."""
    at = local(instant)
    return f"{_first(at.day)} {_SHORT_MONTHS[at.month - 1]} {at.year}, {hour(instant)}"


def _first(number: int) -> str:
    return "1er" if number == 1 else str(number)


def gap(before: datetime, after: datetime) -> str:
    """E.g. « deux jours plus tard »; empty when the time is short or runs backwards."""
    return _later(after - before) if after - before >= SHORTEST else ""


def _later(by: timedelta) -> str:
    rest = int(by.total_seconds())
    parts: list[str] = []
    for name, seconds, feminine in _UNITS:
        count, rest = divmod(rest, seconds)
        if count and len(parts) < 2:
            parts.append(_counted(count, name, feminine=feminine))
    return f"{' et '.join(parts)} plus tard"


def _counted(count: int, name: str, *, feminine: bool) -> str:
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    if count == 1:
        return f"{number}e {name}" if feminine else f"{number} {name}"
    return f"{number} {name}s"


def ended(call: Call, *, foreign: bool = False, kept: bool = False) -> Ending:
    """How a call ended.

    Args:
        call: The call.
        foreign: Whether its answer belongs to another call.
        kept: Whether its answer names something new.
    """
    if foreign:
        return Ending(*_OTHER_CALL)
    kept = kept and call.outcome is Outcome.REFUSED
    sign, word, tone = _KEPT if kept else _SIGNS[call.outcome]
    if call.outcome is Outcome.UNANSWERED:
        word = _why(call) or word
    status = f"HTTP {call.status}" if call.status not in (None, 200) else ""
    return Ending(sign, word, tone, _listed(call.refusals or call.remarks), status)


def _listed(ids: Sequence[str]) -> str:
    """Some ids, and how many more there are."""
    rest = len(ids) - _SHOWN
    return ", ".join(ids[:_SHOWN]) + (f" et {rest} de plus" if rest > 0 else "")


def _why(call: Call) -> str:
    """The title of what kept an answer away."""
    try:
        title = explain(call.refusals[0]).texts["fr"].title
    except (CatalogueError, IndexError):
        return ""
    return f"{title[0].lower()}{title[1:]}"
