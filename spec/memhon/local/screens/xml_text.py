"""A message as it can be read: every character of it, each element on a line of its own.

Only what stands between elements is replaced, by line breaks and indents; prefixes, attributes,
their order and every text stay. What is no XML is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memhon.local.screens.markup import Html, Node, el, html

LONGEST_MESSAGE = 400_000
"""Characters; a longer message is only to be downloaded."""
LONGEST_TEXT = 1_200
"""Characters of one text that are shown."""
_DEEPEST = 40
_PART = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+", re.DOTALL
)
_CLOSED = ("/>", "?>", "-->", "]]>")


def xml_view(data: bytes) -> Html:
    """A message as text."""
    text = data.decode("utf-8", "backslashreplace")
    if not text:
        return el("p", "Aucun octet.", class_="soft")
    if len(text) > LONGEST_MESSAGE:
        told = f"Trop long pour être montré ici ({len(data)} octets) ; il peut être enregistré."
        return el("p", told, class_="soft")
    return el("pre", _lines(text), tabindex=0, class_="xml")


def _lines(text: str) -> Node:
    parts = _PART.findall(text)
    if "".join(parts) != text:
        return text
    return [
        [el("span", line, class_=f"in-{min(depth, _DEEPEST)}"), "\n"]
        for depth, line in _laid_out(parts)
    ]


def _laid_out(parts: list[str]) -> Iterator[tuple[int, Node]]:
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
