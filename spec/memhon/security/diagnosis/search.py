"""Tries hypotheses: one step at a time, then two of different axes, within a budget of octets.

The order of ``table`` is the order of trial and, among causes of equally many changes, the order in
which they are told: what happens more often comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from memhon.catalogue import SigningProfile
from memhon.findings import Finding, make
from memhon.security.diagnosis.content import (
    base64_steps,
    line_steps,
    order_steps,
    remark_steps,
)
from memhon.security.diagnosis.forms import Form, Step, applied
from memhon.security.diagnosis.layout import blank_steps
from memhon.security.diagnosis.model import Cause
from memhon.security.diagnosis.nodes import Node
from memhon.security.diagnosis.places import place_steps
from memhon.security.diagnosis.prefixlists import named_lists, named_steps, other_steps
from memhon.security.diagnosis.targets import Target, match
from memhon.security.diagnosis.writing import (
    end_steps,
    method_steps,
    name_steps,
    octet_steps,
    scope_steps,
    source_steps,
)

OCTETS = 2_000_000_000
"""Octets that one diagnosis may canonicalise."""
CANDIDATES = 40_000
"""Candidates that one diagnosis may compute."""
_ENOUGH = 4
"""Pairs that fit, after which no further one is looked for."""


class Budget:
    """What a diagnosis may still spend: every question at most half of what is left."""

    def __init__(self, octets: int = OCTETS, candidates: int = CANDIDATES) -> None:
        self._left = [octets, candidates]
        self._least = [0, 0]
        self.exhausted = False
        """Whether any question ended before every hypothesis was tried."""

    def begin(self) -> None:
        """Begin a question."""
        self._least = [left // 2 for left in self._left]

    @property
    def ended(self) -> bool:
        """Whether this question has spent its share."""
        return any(left < least for left, least in zip(self._left, self._least, strict=True))

    def spend(self, octets: int) -> None:
        """Take one candidate from the budget.

        Args:
            octets: Its length.
        """
        self._left[0] -= octets
        self._left[1] -= 1
        self.exhausted = self.exhausted or self.ended


@dataclass(frozen=True, slots=True)
class Hit:
    """Steps whose octets fit."""

    steps: tuple[Step, ...]
    target: Target
    pieces: Sequence[bytes]

    @property
    def octets(self) -> bytes:
        """What was digested."""
        return b"".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: which form fits one of these targets."""

    form: Form
    targets: tuple[Target, ...]
    profile: SigningProfile | None
    first: tuple[Step, ...] = ()
    """Steps that are tried before the table."""
    signature: Node | None = None
    """The signature that the value belongs to."""


def table(asked: Asked) -> Iterator[Step]:
    """Every step, in the order of trial.

    Args:
        asked: The question.
    """
    form, lists = asked.form, named_lists(asked.profile)
    groups: tuple[Callable[[], Iterable[Step]], ...] = (
        lambda: asked.first,
        lambda: named_steps(form, lists),
        line_steps,
        end_steps,
        lambda: blank_steps(form),
        lambda: base64_steps(form),
        lambda: remark_steps(form),
        lambda: scope_steps(form),
        lambda: method_steps(form),
        lambda: source_steps(form),
        lambda: place_steps(form, asked.signature),
        lambda: octet_steps(form),
        lambda: name_steps(form),
        lambda: other_steps(form, lists),
        lambda: order_steps(form),
    )
    return chain.from_iterable(group() for group in groups)


def search(asked: Asked, budget: Budget) -> list[Hit]:
    """What fits: the form itself, else single steps, else pairs; in the order of the table.

    Args:
        asked: The question.
        budget: What may be spent.
    """
    if not asked.targets:
        return []
    budget.begin()
    plain = tried(asked, (), budget)
    if plain:
        return [plain]
    steps = list(table(asked))
    singles = [hit for step in steps if (hit := tried(asked, (step,), budget))]
    if singles:
        return singles
    found: list[Hit] = []
    for pair in _pairs(steps):
        if budget.ended or len(found) >= _ENOUGH:
            break
        hit = tried(asked, pair, budget)
        if hit:
            found.append(hit)
    return found


def _pairs(steps: Iterable[Step]) -> Iterator[tuple[Step, Step]]:
    free = [step for step in steps if not step.alone]
    for one, other in combinations(free, 2):
        if one.axis != other.axis:
            yield one, other


def tried(asked: Asked, steps: tuple[Step, ...], budget: Budget) -> Hit | None:
    """The form after some steps, if it fits one of the targets.

    Args:
        asked: The question.
        steps: Of different axes.
        budget: What may be spent.
    """
    if budget.ended:
        return None
    form = applied(asked.form, steps)
    pieces = form.pieces() if form else []
    if not pieces:
        return None
    target = match(pieces, asked.targets)
    budget.spend(sum(map(len, pieces)))
    return Hit(steps, target, pieces) if target else None


def told(step: Step, line: int = 0) -> Finding:
    """The finding of a step, with what was found and what must have been done."""
    return make(
        step.cause,
        line=line or None,
        found=step.found,
        expected=step.expected,
        detail=step.detail or None,
    )


def cause_of(hit: Hit, value: str, extra: Sequence[Finding], line: int = 0) -> Cause:
    """A cause from what fits.

    Args:
        hit: What fits.
        value: What the message holds.
        extra: Findings about hash and writing of the value.
        line: Line of the reference.
    """
    findings = [*(told(step, line) for step in hit.steps), *extra]
    first, *along = findings
    return Cause(first, hit.octets, value, len(findings), tuple(along))
