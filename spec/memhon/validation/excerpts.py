"""The lines around a place, with a caret."""

from __future__ import annotations

from collections.abc import Sequence

_WIDTH = 110
_AROUND = 1
_BEFORE = 40


def excerpt(lines: Sequence[str], line: int, column: int | None, length: int) -> str | None:
    """A few numbered lines with the place underlined.

    Args:
        lines: All lines of the document, with the values hidden that are not to be shown.
        line: The line of the place, counted from 1.
        column: The column of the place, counted from 1, if it is known.
        length: Characters to underline.
    """
    if not 1 <= line <= len(lines):
        return None
    first, last = max(1, line - _AROUND), min(len(lines), line + _AROUND)
    width = len(str(last))
    shown = []
    for number in range(first, last + 1):
        text = lines[number - 1].replace("\t", " ")
        start = _window(column) if number == line else 0
        mark = ">" if number == line else " "
        cut = _cut(text, start)
        if number != line and not cut.strip():
            continue
        shown.append(f"{mark} {number:>{width}} | {cut}")
        if number == line and column is not None:
            shift = column - 1 - start + (1 if start else 0)
            carets = "^" * max(1, min(length, _WIDTH - shift))
            shown.append(f"  {'':>{width}} | {' ' * shift}{carets}")
    return "\n".join(shown)


def _window(column: int | None) -> int:
    return 0 if column is None or column <= _WIDTH - 20 else column - _BEFORE


def _cut(text: str, start: int) -> str:
    head = "…" if start else ""
    part = text[start : start + _WIDTH]
    return head + part + ("…" if start + _WIDTH < len(text) else "")
