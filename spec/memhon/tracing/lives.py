"""The lives that recorded calls tell of, state by state; nothing is assumed in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from memhon.catalogue import Lifecycle
from memhon.client import Call
from memhon.tracing.reading import Mention, mentions


@dataclass(frozen=True, slots=True)
class Stay:
    """The time that something spent in one state."""

    state: str | None
    """None: no answer told it yet."""
    cause: Mention | None
    """The call that led here or showed it; None at the beginning."""
    meanwhile: tuple[Mention, ...]
    """Calls about it that changed nothing."""

    @property
    def shown(self) -> bool:
        """Whether the state was only found out, by a call that did not lead to it."""
        return self.cause is not None and self.cause.moved is None


@dataclass(frozen=True, slots=True)
class Life:
    """What became of one thing, as far as it was recorded."""

    table: Lifecycle
    ids: tuple[str, ...]
    """By what it is known, in the order in which the calls told it."""
    groups: frozenset[str]
    """By what it belongs with others."""
    stays: tuple[Stay, ...]


def lives(calls: Iterable[Call]) -> tuple[Life, ...]:
    """Every life that calls tell of, in the order in which they were first mentioned."""
    told = [mention for call in calls for mention in mentions(call)]
    subjects: list[list[Mention]] = []
    for mention in told:
        same = [subject for subject in subjects if any(_same(one, mention) for one in subject)]
        merged = [one for subject in same for one in subject]
        place = subjects.index(same[0]) if same else len(subjects)
        subjects = [subject for subject in subjects if subject not in same]
        subjects.insert(place, [*merged, mention])
    order = {id(mention): number for number, mention in enumerate(told)}
    return tuple(_life(sorted(own, key=lambda one: order[id(one)])) for own in subjects)


def _same(one: Mention, other: Mention) -> bool:
    return one.life is other.life and not one.ids.isdisjoint(other.ids)


def _life(own: list[Mention]) -> Life:
    ids = dict.fromkeys(key for mention in own for key in sorted(mention.ids))
    groups = frozenset(mention.group for mention in own if mention.group)
    return Life(own[0].life, tuple(ids), groups, tuple(_stays(own)))


def _stays(own: list[Mention]) -> list[Stay]:
    stays = [Stay(None, None, ())]
    for mention in own:
        state = mention.moved or mention.found
        here = stays[-1]
        if state is not None and state != here.state:
            stays.append(Stay(state, mention, ()))
        else:
            stays[-1] = Stay(here.state, here.cause, (*here.meanwhile, mention))
    return stays if stays[0].meanwhile or len(stays) == 1 else stays[1:]
