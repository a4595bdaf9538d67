"""A message as it can be read: every character of it, each element on a line of its own.

Only what stands between elements is replaced, by line breaks and indents; prefixes, attributes,
their order and every text stay. What is no XML is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from memhon.local.screens.markup import Html, Node, el, html

LONGEST_MESSAGE = 400_000
"""Characters; a longer message is only to be downloaded."""
LONGEST_TEXT = 1_200
"""Characters of one text that are shown."""
_DEEPEST = 40
_PART = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+", re.DOTALL
)
_HEADER = re.compile(r"<i>&lt;/?(?:[\w.-]+:)?Header(?:\s[^>]*)?&gt;</i>")
_Line: TypeAlias = tuple[int, Node]
"""Depth and content."""
_CLOSED = ("/>", "?>", "-->", "]]>")


def xml_view(data: bytes, name: str) -> Html:
    """A message as text; its header is folded, for the message itself stands behind it.

    Args:
        data: As it went over the wire.
        name: What it is called.
    """
    text = data.decode("utf-8", "backslashreplace")
    if not text:
        return el("p", "Aucun octet.", class_="soft")
    if len(text) > LONGEST_MESSAGE:
        told = f"Trop long pour être montré ici ({len(data)} octets) ; il peut être enregistré."
        return el("p", told, class_="soft")
    parts = _PART.findall(text)
    held: Node = el("pre", text)
    if "".join(parts) == text:
        held = _folded(list(_laid_out(parts)))
    return el("div", held, tabindex=0, class_="xml", role="region", aria_label=name)


def _folded(lines: list[_Line]) -> Node:
    """The lines; those of the envelope's header can be folded."""
    marks = [place for place, (depth, line) in enumerate(lines) if depth == 1 and _is_header(line)]
    if len(marks) != 2:
        return _pre(lines)
    first, last = marks
    told = f"En-tête : {last - first + 1} lignes (signature, certificat, jeton)"
    header = el("details", el("summary", told), _pre(lines[first : last + 1]))
    return [_pre(lines[:first]), header, _pre(lines[last + 1 :])]


def _is_header(line: Node) -> bool:
    return isinstance(line, Html) and _HEADER.match(line) is not None


def _pre(lines: list[_Line]) -> Html:
    return el(
        "pre",
        [[el("span", line, class_=f"in-{min(depth, _DEEPEST)}"), "\n"] for depth, line in lines],
    )


def _laid_out(parts: list[str]) -> Iterator[_Line]:
    """Every line with its depth; an element that holds only a text stands on one line."""
    depth, place = 0, 0
    while place < len(parts):
        part = parts[place]
        if part.startswith("</"):
            depth = max(0, depth - 1)
            yield depth, _tag(part)
        elif not part.startswith("<"):
            if part.strip():
                yield depth, _text(part)
        elif part.endswith(_CLOSED) or part.startswith("<!"):
            yield depth, _tag(part)
        elif (end := _leaf(parts, place)) is not None:
            held = [_text(each) for each in parts[place + 1 : end]]
            yield depth, [_tag(part), held, _tag(parts[end])]
            place = end
        else:
            yield depth, _tag(part)
            depth += 1
        place += 1


def _leaf(parts: list[str], place: int) -> int | None:
    """Where an element ends that holds nothing but a text; None for any other."""
    for end in (place + 1, place + 2):
        if end < len(parts) and parts[end].startswith("</"):
            return end if end == place + 1 or not parts[place + 1].startswith("<") else None
    return None


def _tag(part: str) -> Html:
    return el("i", part)


def _text(part: str) -> Node:
    if len(part) <= LONGEST_TEXT:
        return part
    rest = len(part) - LONGEST_TEXT
    return html([part[:LONGEST_TEXT], el("b", f"… {rest} caractères de plus dans le fichier")])
