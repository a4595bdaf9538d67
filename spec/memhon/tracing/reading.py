"""What a recorded call was about: identifiers and states, where the catalogue says they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from memhon import intake, soap
from memhon.catalogue import Event, Lifecycle, load
from memhon.client import Call, Outcome
from memhon.errors import MessageError

_NOTHING = str(UUID(int=0))
_BELIEVED = (Outcome.ACCEPTED, Outcome.REFUSED)
"""Outcomes whose answer is worth reading."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one call says about one thing that has a life."""

    call: Call
    life: Lifecycle
    event: Event
    ids: frozenset[str]
    """By what it is known, in lower case."""
    group: str
    """By what it belongs with others; may be empty."""
    foreign: bool
    """Whether the answer belongs to another call; then it says nothing."""
    moved: str | None
    """State into which the answer says that the call led."""
    found: str | None
    """State in which the answer shows that it was."""


def event_of(call: Call) -> tuple[Lifecycle, Event] | None:
    """The life that a business call moves on, and how; None for any other call."""
    for life in load().lifecycles.values():
        for event in life.events:
            if call.exchange and event.exchange == call.exchange:
                return life, event
    return None


def mentions(call: Call) -> tuple[Mention, ...]:
    """Everything that a call says about what has a life."""
    known = event_of(call)
    request = _element(call.request, call.exchange)
    if known is None or request is None:
        return ()
    life, event = known
    answer = _answer(call)
    foreign = is_foreign(call)
    believed = None if foreign else answer
    group = _value(request, event.group)
    asked = _ids(request, event.asked)
    told = [believed] if not event.item else list(_items(believed, event.item))
    found = []
    for part in told:
        ids = asked | (_ids(part, event.told) if part is not None else frozenset())
        if ids:
            moved = _moved(life, event, call, request, born=bool(ids - asked))
            state = None if foreign else _told(part, event, call) or _shown(life, event, call)
            found.append(Mention(call, life, event, ids, group, foreign, moved, state))
    return tuple(found)


def is_foreign(call: Call) -> bool:
    """Whether the answer repeats other identifiers than those of its request."""
    known, answer = event_of(call), _answer(call)
    request = _element(call.request, call.exchange)
    if known is None or answer is None or request is None:
        return False
    pairs = [(_value(request, one), _value(answer, two)) for one, two in known[1].echo.items()]
    return any(sent and back and sent != back for sent, back in pairs)


def _answer(call: Call) -> soap.Element | None:
    if call.step is None or call.outcome not in _BELIEVED:
        return None
    return _element(call.step.response, call.exchange)


def _moved(
    life: Lifecycle, event: Event, call: Call, request: soap.Element, *, born: bool
) -> str | None:
    """Where the table says that a fulfilled request leads.

    An answer that names something new brought it about, whatever anomalies it carries.
    """
    if event.told and not event.item:
        rows = [row for row in life.transitions if row.event == event.id and not row.states]
        return next((row.to for row in rows if row.to), None) if born else None
    if call.outcome is not Outcome.ACCEPTED or is_foreign(call):
        return None
    for row in life.transitions:
        meant = all(_value(request, name) == value for name, value in row.when.items())
        if row.event == event.id and row.states and row.to and meant:
            return row.to
    return None


def _told(answer: soap.Element | None, event: Event, call: Call) -> str | None:
    """The state that an answer names; one that refuses has to fill the place somehow."""
    if answer is None or call.outcome is not Outcome.ACCEPTED:
        return None
    return _value(answer, event.state) or None


def _shown(life: Lifecycle, event: Event, call: Call) -> str | None:
    """The state that a refusal gives away, where it is possible in no other."""
    if event.told and not event.item:
        return None
    for code in call.refusals:
        rows = [row for row in life.transitions if (row.event, row.refusal) == (event.id, code)]
        states = {state for row in rows for state in row.states}
        if len(states) == 1:
            return states.pop()
    return None


def _element(data: bytes, exchange: str | None) -> soap.Element | None:
    try:
        return intake.recognise(intake.read(data).root, exchange=exchange).element
    except MessageError:
        return None


def _items(answer: soap.Element | None, name: str) -> Iterable[soap.Element]:
    return () if answer is None else answer.iter(f"{{*}}{name}")


def _ids(element: soap.Element, names: Iterable[str]) -> frozenset[str]:
    return frozenset(_value(element, name) for name in names) - {"", _NOTHING}


def _value(element: soap.Element, name: str) -> str:
    """Text of the first element of a name; identifiers are compared without regard to case."""
    node = next(element.iter(f"{{*}}{name}"), None) if name else None
    text = "" if node is None else (node.text or "").strip()
    return text.lower() if _is_identifier(text) else text


def _is_identifier(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
