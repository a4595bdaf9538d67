"""Which findings an element can cause: one table for the errors read and for the pages."""

from __future__ import annotations

from collections.abc import Iterable

from memhon.schemas.values import mistakes

FACET_FINDINGS = {
    "pattern": "XSD-010",
    "length": "XSD-011",
    "minLength": "XSD-012",
    "maxLength": "XSD-013",
    "enumeration": "XSD-014",
    "minInclusive": "XSD-015",
    "maxInclusive": "XSD-016",
    "fractionDigits": "XSD-017",
}
"""Facet → finding when a value breaks it."""
MISSING, MISSING_BEFORE, TOO_OFTEN, RIVAL = "XSD-002", "XSD-007", "XSD-008", "XSD-009"
SUSPECT_MINIMUM = 50
"""A minimal length above this is a maximum that the published schema mistook."""


def minimal_length(bound: int, *, optional: bool) -> str:
    """The finding for a value that is too short.

    Args:
        bound: The minimal length, in characters.
        optional: Whether the element may be left out.
    """
    if bound > SUSPECT_MINIMUM:
        return "XSD-029"
    return "XSD-032" if optional else FACET_FINDINGS["minLength"]


def facet_findings(
    literal: Iterable[tuple[str, str]], builtin: str | None, *, optional: bool
) -> tuple[str, ...]:
    """The findings that a value can cause, in the order of their ids.

    Args:
        literal: Facets to the letter.
        builtin: XSD built-in below the type; None for content of elements.
        optional: Whether the element may be left out.
    """
    found = set(mistakes(builtin, optional=optional)) if builtin else set()
    for name, value in literal:
        if name == "minLength":
            found.add(minimal_length(int(value), optional=optional))
        elif name in FACET_FINDINGS:
            found.add(FACET_FINDINGS[name])
    return tuple(sorted(found))


def occurrence_findings(
    occurs: Iterable[tuple[int, int | None]], *, choice: bool
) -> tuple[str, ...]:
    """The findings that the number of an element can cause.

    Args:
        occurs: Minimum and maximum (None: unbounded) of each place.
        choice: Whether the element is a branch of a choice.
    """
    places = list(occurs)
    found = [MISSING, MISSING_BEFORE] if any(least for least, _ in places) else []
    if any(most is not None for _, most in places):
        found.append(TOO_OFTEN)
    return (*found, RIVAL) if choice else tuple(found)
