"""Where each element stands in the text of a well-formed document."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|(</)[^>]*>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>",
    re.DOTALL,
)


def spans(data: bytes, encoding: str) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The text of a document without its byte order mark, and the places of its elements.

    Args:
        data: A document that the door let in.
        encoding: Its encoding.

    Returns:
        The text; start, end of the start tag, start of the end tag and end of every element, in
        characters and document order.
    """
    text = data.decode(encoding).removeprefix("\ufeff")
    found: list[tuple[int, int, int, int]] = []
    opened: list[int] = []
    for mark in _MARKUP.finditer(text):
        start, end = mark.span()
        if mark[1]:
            number = opened.pop()
            found[number] = (*found[number][:2], start, end)
        elif mark[2] is not None:
            if not mark[2]:
                opened.append(len(found))
            found.append((start, end, end, end))
    return text, found
