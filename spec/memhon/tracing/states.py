"""The states that something really passed through, from top to bottom, and what led to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from memhon.catalogue import load
from memhon.client import Outcome
from memhon.tracing.drawing import WIDTH, Drawing, Span, arrow, box, dot, drawing, line, rule
from memhon.tracing.lives import Life, Stay
from memhon.tracing.reading import Mention
from memhon.tracing.words import ended, moment

_BOX = 116
_LEFT = 6
_MIDDLE = _LEFT + _BOX // 2
_LIST = _LEFT + _BOX + 10
_LINE = 34
_STEP = 44
_HEAD = 26
_UNKNOWN = ("?", "état inconnu")


@dataclass(frozen=True, slots=True)
class _Told:
    """One call in two lines."""

    words: str
    tone: str
    details: str
    """Ids or status, and instant."""


def states(title: str, told: Sequence[Life], nothing: str) -> Drawing:
    """The diagram of some lives, one below the other.

    Args:
        title: What it shows.
        told: The lives.
        nothing: What to say when there is none.
    """
    parts: list[str] = []
    words: list[str] = []
    y = 4
    for number, life in enumerate(told):
        if number:
            y += 14
            parts.append(rule((_LEFT, y - 4), (WIDTH - _LEFT, y - 4)))
        name = _name(life, number, len(told))
        parts.append(line(_LEFT, y + 16, [Span(name[0]), Span(name[1], "note")], size=13))
        words.append("".join(name))
        y += _HEAD
        for place, stay in enumerate(life.stays):
            parts += _drawn(life, stay, y, first=place == 0)
            words += _words(life, stay)
            y += _height(life, stay, first=place == 0)
    if not told:
        return drawing(title, nothing, 30, [line(8, 20, [Span(nothing, "note")])])
    return drawing(title, "\n".join(words), y + 6, parts)


def _name(life: Life, number: int, count: int) -> tuple[str, str]:
    which = f" ({number + 1} sur {count})" if count > 1 else ""
    ids = ", ".join(f"{key[:8]}…" for key in life.ids)
    return f"{life.table.title}{which}", f" · {ids}"


def _top(stay: Stay, *, first: bool) -> int:
    """Room for what leads to the state."""
    if stay.cause is None:
        return 0
    return _STEP + 16 if first else _STEP


def _height(life: Life, stay: Stay, *, first: bool) -> int:
    return _top(stay, first=first) + max(46, _LINE * len(_merged(stay)) + 8)


def _drawn(life: Life, stay: Stay, y: int, *, first: bool) -> Iterator[str]:
    top = y + _top(stay, first=first)
    if stay.cause is not None:
        start = y
        if first:
            yield dot(_MIDDLE, y + 8)
            start = y + 14
        told = _told(stay.cause)
        found = "constaté : " if stay.shown else ""
        yield arrow((_MIDDLE, start), (_MIDDLE, top), dashed=stay.shown)
        at = top - 26
        yield line(_MIDDLE + 12, at, [Span(found, "note"), Span(told.words, told.tone)])
        yield line(_MIDDLE + 12, at + 15, [Span(told.details, "note")])
    value, label = _state(life, stay)
    size = max(46, _LINE * len(_merged(stay)) + 8)
    yield box(_LEFT, top, _BOX, size, dashed=stay.state is None)
    if stay.state in life.table.final:
        yield box(_LEFT + 4, top + 4, _BOX - 8, size - 8)
    middle = top + size // 2
    yield line(_MIDDLE, middle - 3, [Span(value, "wire")], "middle", 13)
    yield line(_MIDDLE, middle + 14, [Span(label, "note")], "middle")
    for number, told in enumerate(_merged(stay)):
        base = top + 18 + _LINE * number
        yield line(_LIST, base, [Span(told.words, told.tone)])
        yield line(_LIST + 2, base + 14, [Span(told.details, "note")])


def _state(life: Life, stay: Stay) -> tuple[str, str]:
    if stay.state is None:
        return _UNKNOWN
    code = load().code_list(life.table.states).code(stay.state)
    return stay.state, code.label if code else ""


def _told(mention: Mention) -> _Told:
    kept = mention.moved is not None
    ending = ended(mention.call, foreign=mention.foreign, kept=kept)
    fine = mention.call.outcome is Outcome.ACCEPTED and not mention.foreign
    word = "" if fine else f", {ending.word}"
    known = (ending.ids or ending.status, moment(mention.call.at))
    details = " · ".join(part for part in known if part)
    return _Told(f"{ending.sign} {mention.event.title}{word}", ending.tone, details)


def _merged(stay: Stay) -> list[_Told]:
    """What happened in a state; the same again, in the same minute, is only counted."""
    found = []
    for told, same in groupby(stay.meanwhile, key=_told):
        count = len(list(same))
        times = f", {count} fois" if count > 1 else ""
        found.append(_Told(told.words, told.tone, f"{told.details}{times}"))
    return found


def _words(life: Life, stay: Stay) -> Iterator[str]:
    if stay.cause is not None:
        told = _told(stay.cause)
        found = "constaté, " if stay.shown else ""
        yield f"  ↓ {found}{told.words} ({told.details})"
    value, label = _state(life, stay)
    final = ", définitif" if stay.state in life.table.final else ""
    yield f"  {value} ({label}{final})"
    for told in _merged(stay):
        yield f"      {told.words} ({told.details})"
