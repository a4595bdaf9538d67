"""The prefix lists that may have been used instead of the one that is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from memhon.catalogue import SigningProfile, load
from memhon.security.diagnosis.forms import Axis, Form, Step
from memhon.security.diagnosis.nodes import Node
from memhon.security.diagnosis.serial import DEFAULT

_MOST = 7
"""Prefixes of which every subset is tried."""


def named_lists(profile: SigningProfile | None) -> dict[tuple[str, ...], str]:
    """Every list of every step, with its owners; those of the message's own step come first.

    Args:
        profile: Of the step.
    """
    known = [step for step in load().signing.values() if step != profile]
    found: dict[tuple[str, ...], list[str]] = {}
    for step in [profile, *known] if profile else known:
        for part in step.parts:
            found.setdefault(tuple(sorted(part.prefixes)), []).append(f"{step.id}/{part.name}")
        signed_info = tuple(sorted(step.signed_info))
        found.setdefault(signed_info, []).append(f"{step.id}/SignedInfo")
    return {prefixes: ", ".join(owners) for prefixes, owners in found.items()}


def named_steps(form: Form, lists: dict[tuple[str, ...], str]) -> Iterator[Step]:
    """The lists of the catalogue, as far as they make a difference.

    Args:
        form: The verifier's form.
        lists: From ``named_lists``.
    """
    seen = {_effective(form, form.method.prefixes)}
    for prefixes, owners in lists.items():
        effective = _effective(form, prefixes)
        if effective not in seen:
            seen.add(effective)
            yield _step(form, prefixes, owners)
    if _effective(form, ()) not in seen:
        yield _step(form, (), "–")


def other_steps(form: Form, lists: dict[tuple[str, ...], str]) -> Iterator[Step]:
    """Every other set of the prefixes that make a difference, the nearest to the list first.

    Args:
        form: The verifier's form.
        lists: Lists that have been tried already.
    """
    seen = {_effective(form, prefixes) for prefixes in (*lists, (), form.method.prefixes)}
    written = _effective(form, form.method.prefixes)
    useful = sorted(_useful(form))
    if len(useful) <= _MOST:
        sizes = range(len(useful) + 1)
        sets = [frozenset(one) for size in sizes for one in combinations(useful, size)]
    else:
        sets = [frozenset((one,)) for one in useful]
        sets += [written ^ {one} for one in useful] + [frozenset(useful)]
    for chosen in sorted(sets, key=lambda one: (len(one ^ written), sorted(one))):
        if chosen not in seen:
            seen.add(chosen)
            yield _step(form, tuple(sorted(chosen)), "–", alone=True)


def _step(form: Form, prefixes: tuple[str, ...], owners: str, *, alone: bool = False) -> Step:
    def change(given: Form) -> Form:
        return replace(given, method=replace(given.method, exclusive=True, prefixes=prefixes))

    return Step(
        Axis.METHOD,
        "DIA-003",
        change,
        found=" ".join(form.method.prefixes) or "–",
        expected=" ".join(prefixes) or "–",
        detail=owners,
        alone=alone,
    )


def _useful(form: Form) -> frozenset[str]:
    """The prefixes whose place in the list makes a difference."""
    inside = {prefix for node in form.node.walk() for prefix, _ in node.declared}
    known = {prefix or DEFAULT for prefix in {*form.scope, *inside}}
    return frozenset(known - {"xml"} - _used_by(form.node))


def _used_by(node: Node) -> set[str]:
    """What an element declares in the output anyway."""
    own = {prefix for prefix, uri, _, _ in node.attributes if uri}
    return {prefix or DEFAULT for prefix in own | {node.prefix}}


def _effective(form: Form, prefixes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(prefixes) & _useful(form)
