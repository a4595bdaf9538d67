"""Which findings the schema of a message lets foresee, read from its rows before any message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from memhon.schemas.outline import Row
from memhon.schemas.possible import facet_findings, occurrence_findings


def foreseen(rows: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    """The elements of a message by the finding that they can cause, in the order of the ids.

    Only what the schema itself says is foreseen: number, choice and facets. A misspelt name or a
    wrong order can strike any element and is not listed.
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        for finding in findings_of_row(row):
            found.setdefault(finding, []).append(row)
    return {finding: tuple(found[finding]) for finding in sorted(found)}


def findings_of_row(row: Row) -> tuple[str, ...]:
    """The ids of the findings that one element can cause by its number, choice and facets."""
    least = 0 if row.choice else row.minimum
    number = occurrence_findings([(least, row.maximum)], choice=row.choice) if row.depth else ()
    return (*number, *facet_findings(row.literal, None, optional=not row.minimum))
