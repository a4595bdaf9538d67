"""A corrective edit as replacements of SARIF, where every line of it can be taken literally."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from memhon.findings.words import safe

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@")
_HIDDEN = frozenset("…•")
"""Marks of a cut and of a masked value."""

Json = dict[str, Any]


def fixes(edit: str, artifact: Json, description: str) -> list[Json]:
    """The diff as one fix; none when it holds a line that is not the line of the file.

    A cut or masked value must never be written back: such a diff stays a text for a person.

    Args:
        edit: Unified diff of one file.
        artifact: Location of the file.
        description: What the fix does.
    """
    replacements = list(_replacements(edit))
    inserted = [part.get("insertedContent", {}).get("text", "") for part in replacements]
    if not replacements or any(_HIDDEN & set(text) or text != safe(text) for text in inserted):
        return []
    change = {"artifactLocation": artifact, "replacements": replacements}
    return [{"description": {"text": description}, "artifactChanges": [change]}]


def _replacements(edit: str) -> Iterator[Json]:
    """One replacement for each run of changed lines."""
    line, removed, added, inside = 0, 0, list[str](), False
    for row in [*edit.splitlines(), "@@ end"]:
        if inside and row[:1] == "-":
            removed += 1
        elif inside and row[:1] == "+":
            added.append(row[1:])
        elif row[:1] != "\\":
            if removed or added:
                yield _replacement(line, removed, added)
            line, removed, added = line + removed + (row[:1] == " "), 0, []
            hunk = _HUNK.match(row)
            if hunk:
                # a hunk that only inserts names the line before it
                line = int(hunk[1]) + (hunk[2] == "0")
            inside = inside or bool(hunk)


def _replacement(line: int, removed: int, added: list[str]) -> Json:
    if removed and added:
        # without columns the region ends before the last line's end, which a last line may lack
        region = {"startLine": line, "endLine": line + removed - 1}
        return {"deletedRegion": region, "insertedContent": {"text": "\n".join(added)}}
    region = {"startLine": line, "startColumn": 1, "endLine": line + removed, "endColumn": 1}
    text = "".join(f"{row}\n" for row in added)
    return {"deletedRegion": region, **({"insertedContent": {"text": text}} if text else {})}
