"""Which findings the schema of a message can cause, read from its rows before any message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from memhon.schemas.naming import facet_finding, too_short
from memhon.schemas.outline import Row

MISSING = ("XSD-002", "XSD-007")
REPEATED = "XSD-008"
CHOSEN = "XSD-009"


def foreseen(rows: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    """The elements of a message by the finding that they can cause, in the order of the ids.

    Only what the schema itself says is foreseen: number, choice and facets. A misspelt name or a
    wrong order can strike any element and is not listed.
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        for finding in dict.fromkeys(findings_of(row)):
            found.setdefault(finding, []).append(row)
    return {finding: tuple(found[finding]) for finding in sorted(found)}


def findings_of(row: Row) -> Iterator[str]:
    """The ids of the findings that one element can cause by its number, choice and facets."""
    if row.depth and row.minimum and not row.choice:
        yield from MISSING
    if row.depth and row.maximum is not None:
        yield REPEATED
    if row.choice:
        yield CHOSEN
    for facet, value in row.literal:
        if facet == "minLength":
            yield too_short(int(value), optional=not row.minimum)
        else:
            yield facet_finding(facet)
