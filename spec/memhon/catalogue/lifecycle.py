"""The life of what the sandbox remembers, as a table: state, event, condition, next state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from memhon.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Event:
    """Something that moves a life on: the request of one exchange, or time that passes."""

    id: str
    exchange: str
    """Id of the exchange; empty for the clock."""
    title: str
    """French."""
    actor: str
    """French: who asks."""
    asked: tuple[str, ...] = ()
    """Local names of the elements of the request that hold identifiers of what it is about."""
    told: tuple[str, ...] = ()
    """The same in the answer."""
    item: str = ""
    """Local name of the repeated element of an answer about several; empty: it is about one."""
    state: str = ""
    """Local name of the element of the answer that tells the state; empty: none does."""
    group: str = ""
    """Local name of the element of the request by which several belong together; may be empty."""
    echo: Mapping[str, str] = field(default_factory=dict)
    """Element of the request → element of the answer that repeats its value."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What happens on one event under one condition."""

    id: str
    """Stable id, e.g. ``consentement-donne``."""
    event: str
    """Id of the event."""
    states: tuple[str, ...]
    """States from which it starts; empty: nothing exists that the request could mean."""
    condition: str
    """French (Markdown code spans)."""
    to: str | None = None
    """The next state; None: nothing changes."""
    refusal: str | None = None
    """Id of the anomaly that refuses; None: the request is fulfilled."""
    when: Mapping[str, str] = field(default_factory=dict)
    """Local name of an element of the request → value with which the row is meant."""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One table of transitions; rows of one event are tried in their order."""

    id: str
    family: str
    """``ra`` or ``pid``."""
    title: str
    """French."""
    statement: str
    """French: the whole life in two sentences."""
    states: str
    """Id of the code list of the states."""
    final: tuple[str, ...]
    """States that are never left."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    events: tuple[Event, ...]
    transitions: tuple[Transition, ...]

    def event(self, event_id: str) -> Event:
        """The event of that id."""
        return next(event for event in self.events if event.id == event_id)


def lifecycle_of(table: Mapping[str, Any]) -> Lifecycle:
    """A life from its file.

    Raises:
        CatalogueError: A key is missing or unknown.
    """
    lists = ("final", "provenance", "event", "transition")
    try:
        return Lifecycle(
            **{key: value for key, value in table.items() if key not in lists},
            final=tuple(table["final"]),
            provenance=tuple(table["provenance"]),
            events=tuple(_event(entry) for entry in table["event"]),
            transitions=tuple(_transition(entry) for entry in table["transition"]),
        )
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"cycle de vie incomplet au catalogue : {error}") from error


def _event(entry: Mapping[str, Any]) -> Event:
    lists = {key: tuple(entry[key]) for key in ("asked", "told") if key in entry}
    return Event(**{**entry, **lists})


def _transition(entry: Mapping[str, Any]) -> Transition:
    rest = {key: value for key, value in entry.items() if key != "from"}
    return Transition(states=tuple(entry["from"]), **rest)


def check_life(life: Lifecycle, states: Collection[str], anomalies: Mapping[str, Any]) -> None:
    """Compare a life with the states and the anomalies that the catalogue knows.

    Args:
        life: The table.
        states: Values of its code list.
        anomalies: Registered findings by id.

    Raises:
        CatalogueError: An id stands twice, a row names what does not exist, leaves a final state or
            both moves and refuses, a state is never reached, or an anomaly is not that exchange's.
    """
    events = {event.id: event.exchange for event in life.events}
    _once(life, [row.id for row in life.transitions])
    _once(life, list(events))
    for row in life.transitions:
        named = {*row.states, *([row.to] if row.to else ())}
        if row.event not in events or not named <= set(states):
            raise _wrong(life, row.id)
        if row.to and (row.refusal or set(row.states) & set(life.final)):
            raise _wrong(life, row.id)
        known = anomalies.get(row.refusal) if row.refusal else None
        if row.refusal and (known is None or events[row.event] not in known.exchanges):
            raise _wrong(life, row.id)
    reached = {row.to for row in life.transitions if row.to}
    if reached != set(states) or not set(life.final) <= reached:
        raise _wrong(life, ", ".join(sorted(set(states) ^ reached)) or life.states)


def _once(life: Lifecycle, ids: Iterable[str]) -> None:
    for identifier, count in Counter(ids).items():
        if count > 1:
            raise _wrong(life, identifier)


def _wrong(life: Lifecycle, where: str) -> CatalogueError:
    return CatalogueError(f"cycle de vie {life.id} incohérent : {where}")
