"""``memhon.Trace``: what clients did, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import overload

from memhon.client import Call
from memhon.tracing.drawing import Drawing
from memhon.tracing.lives import Life, lives
from memhon.tracing.sequence import sequence
from memhon.tracing.states import states


class Trace:
    """Every call that clients made, in order, also those that failed.

    Hand it to clients: ``sandbox.client(trace=trace)``. A notebook shows it as a sequence diagram.
    It keeps the messages as they were sent and received: for trials, not for a long service.

    Args:
        calls: What it holds at the beginning.
    """

    def __init__(self, calls: Iterable[Call] = ()) -> None:
        self._calls = list(calls)

    def add(self, call: Call) -> None:
        """Keep a call that has ended; clients do this."""
        self._calls.append(call)

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was recorded: the instant, exchange, messages and outcome of each call."""
        return tuple(self._calls)

    def sequence(self, *, security: bool = False) -> Drawing:
        """Who called whom: request, answer, outcome, and the time that passed.

        Args:
            security: Draws each call for an assertion or a token; otherwise they become one note.
        """
        return sequence(self.calls, security=security)

    def life(self, identifier: str) -> Drawing:
        """The states that something passed through, as far as answers told them.

        Args:
            identifier: Any identifier of a fee note or of a simulation, its sender's or that which
                an answer gave; one that several share shows them all.
        """
        wanted = identifier.strip().lower()
        found = [life for life in lives(self.calls) if _is(life, wanted)]
        nothing = f"Aucun appel enregistré ne parle de « {identifier} »."
        return states("États enregistrés", found, nothing)

    @overload
    def __getitem__(self, place: int) -> Call: ...

    @overload
    def __getitem__(self, place: slice) -> Trace: ...

    def __getitem__(self, place: int | slice) -> Call | Trace:
        """One call, or a part of the trace."""
        return Trace(self._calls[place]) if isinstance(place, slice) else self._calls[place]

    def __iter__(self) -> Iterator[Call]:
        """The calls in order."""
        return iter(self.calls)

    def __len__(self) -> int:
        """How many calls there are."""
        return len(self._calls)

    def _repr_html_(self) -> str:
        """The sequence diagram for a notebook."""
        return self.sequence().html

    def __repr__(self) -> str:
        """The calls as text."""
        return self.sequence().text


def _is(life: Life, wanted: str) -> bool:
    return wanted in life.ids or wanted in life.groups
