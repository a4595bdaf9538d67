"""Who called whom, call by call: one arrow there, one back, and the time that passed between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from memhon.catalogue import load
from memhon.client import Call, Outcome
from memhon.tracing.drawing import WIDTH, Drawing, Span, arrow, box, cross, drawing, line, rule
from memhon.tracing.reading import event_of, is_foreign, mentions
from memhon.tracing.words import Ending, day, ended, gap, hour

_LANES = {"client": "Votre logiciel", "exchange": "mySecu"}
_ALL_LANES = {
    "client": "Logiciel",
    "identity": "Identité",
    "tokens": "Jetons",
    "exchange": "mySecu",
}
_TOP = 44
_CALL = 60
_NOTE = 38
_PAUSE = 32
_LOST = (Outcome.UNANSWERED, Outcome.UNSENT)
TITLE = "Appels enregistrés"
_EMPTY = "Aucun appel enregistré."


@dataclass(frozen=True, slots=True)
class _Row:
    """One call, the calls of the security chain as one, or time that passes."""

    words: str
    """As text."""
    height: int
    calls: tuple[Call, ...] = ()


def sequence(calls: Sequence[Call], *, security: bool) -> Drawing:
    """The sequence diagram of some calls.

    Args:
        calls: In their order.
        security: Draws each call of the security chain; otherwise they become one note.
    """
    lanes = _ALL_LANES if security else _LANES
    places = _places(list(lanes))
    rows = list(_rows(calls, security=security))
    if not rows:
        return drawing(TITLE, _EMPTY, 30, [line(8, 20, [Span(_EMPTY, "note")])])
    height = _TOP + sum(row.height for row in rows) + 6
    parts = [part for lane in lanes for part in _head(places[lane], lanes[lane], height, places)]
    y = _TOP
    for row in rows:
        parts += _drawn(row, y, places)
        y += row.height
    return drawing(TITLE, "\n".join(row.words for row in rows), height, parts)


def _places(lanes: Sequence[str]) -> dict[str, int]:
    half = 50 if len(lanes) == 2 else 42
    step = (WIDTH - 2 * half) // (len(lanes) - 1)
    return {lane: half + step * number for number, lane in enumerate(lanes)}


def _head(place: int, name: str, height: int, places: dict[str, int]) -> Iterator[str]:
    half = 48 if len(places) == 2 else 40
    yield box(place - half, 4, 2 * half, 28)
    yield line(place, 23, [Span(name)], "middle", 13)
    # between the outer lanes there is text, which a line would cross
    if place in (min(places.values()), max(places.values())):
        yield rule((place, 32), (place, height))


def _rows(calls: Sequence[Call], *, security: bool) -> Iterator[_Row]:
    before: datetime | None = None
    for single, group in groupby(calls, key=lambda call: security or call.service == "exchange"):
        together = list(group)
        for some in [[call] for call in together] if single else [together]:
            yield from _pause(before, some[0].at)
            before = some[-1].at
            yield _call(some[0]) if single else _chain(some)


def _pause(before: datetime | None, now: datetime) -> Iterator[_Row]:
    later = gap(before, now) if before else ""
    dated = "" if before and day(before) == day(now) else day(now)
    # together with the time that passed, the name of the day would make the line too long
    short = dated.partition(" ")[2] if later else dated
    words = ", ".join(part for part in (later, short) if part)
    if words:
        yield _Row(f"— {words} —", _PAUSE)


def _call(call: Call) -> _Row:
    ending = _ended(call)
    actor = _actor(call)
    asked = f", demandé par {actor}" if actor else ""
    told = f"{ending.sign} {ending.words}"
    return _Row(f"{hour(call.at)}  {_named(call)}{asked}  {told}", _CALL, (call,))


def _ended(call: Call) -> Ending:
    kept = any(mention.moved for mention in mentions(call))
    return ended(call, foreign=is_foreign(call), kept=kept)


def _chain(calls: list[Call]) -> _Row:
    told = _chain_ended(calls)[0]
    return _Row(f"{hour(calls[0].at)}  {_counted(calls)}  {told}", _NOTE, tuple(calls))


def _chain_ended(calls: Sequence[Call]) -> tuple[str, str]:
    """The last call tells whether the chain did its work; a fine one needs no word."""
    last, ending = calls[-1], ended(calls[-1])
    if last.outcome is Outcome.ACCEPTED:
        return ending.sign, ending.tone
    return f"{ending.sign} {ending.words}", ending.tone


def _counted(calls: Sequence[Call]) -> str:
    return f"sécurité : {len(calls)} appel{'s' if len(calls) > 1 else ''}"


def _named(call: Call) -> str:
    return call.exchange or call.name


def _actor(call: Call) -> str:
    known = event_of(call)
    return known[1].actor if known else ""


def _drawn(row: _Row, y: int, places: dict[str, int]) -> Iterable[str]:
    if not row.calls:
        words = row.words.strip("— ")
        return [line(WIDTH // 2, y + 20, [Span(words, "note")], "middle")]
    if row.height == _NOTE:
        return _drawn_chain(row.calls, y, places)
    return _drawn_call(row.calls[0], y, places)


def _drawn_chain(calls: Sequence[Call], y: int, places: dict[str, int]) -> Iterator[str]:
    told, tone = _chain_ended(calls)
    left, right = places["client"] + 12, places["exchange"] - 12
    yield box(left, y + 6, right - left, 26, dashed=True)
    spans = [Span(f"{_counted(calls)} ", "note"), Span(told, tone)]
    yield line((left + right) // 2, y + 23, spans, "middle")


def _drawn_call(call: Call, y: int, places: dict[str, int]) -> Iterator[str]:
    ending = _ended(call)
    left, right = places["client"], places[call.service]
    there, back = y + 22, y + 50
    x, anchor = (left + right) // 2, "middle"
    if right - left < WIDTH // 2:
        x, anchor = left + 10, "start"
    yield line(x, there - 6, _label(call), anchor)
    lost = call.outcome in _LOST
    end = right if call.outcome is not Outcome.UNSENT else x
    yield arrow((left, there), (end, there), dashed=False)
    yield line(x, back - 6, [Span(f"{ending.sign} {ending.words}", ending.tone)], anchor)
    if not lost:
        yield arrow((right, back), (left, back), ending.tone, dashed=True)
    elif call.outcome is Outcome.UNANSWERED:
        yield rule((right, back), (left + 22, back))
        yield cross(left + 16, back, ending.tone)


def _label(call: Call) -> list[Span]:
    actor = _actor(call)
    exchange = load().exchange(call.exchange) if call.exchange else None
    name = Span(call.exchange, "wire") if exchange and call.exchange else Span(call.name)
    asked = [Span(f" · {actor}", "note")] if actor else []
    return [Span(f"{hour(call.at)} ", "note"), name, *asked]
