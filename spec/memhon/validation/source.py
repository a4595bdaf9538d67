"""The text of a document, and where its elements stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from memhon.intake import Document

_OPAQUE = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of one element, counted from 0."""

    start: int
    """At the ``<`` of the opening tag."""
    inner: int
    """After the ``>`` of the opening tag."""
    outer: int
    """At the ``<`` of the closing tag; equal to ``inner`` for an empty tag."""
    end: int
    """After the last ``>``."""

    @property
    def is_empty_tag(self) -> bool:
        """Whether the element is written as one tag."""
        return self.outer == self.end


class Source:
    """A document as text.

    Args:
        data: The bytes as received.
        document: The tree that was made from them.
    """

    def __init__(self, data: bytes, document: Document) -> None:
        self._data = data
        self._document = document
        self._spans: dict[str, dict[etree._Element, Span]] = {}

    @cached_property
    def text(self) -> str:
        """The document's characters, with a byte order mark taken away."""
        codec = "utf-8" if self._document.encoding == "US-ASCII" else self._document.encoding
        return self._data.decode(codec, "replace").removeprefix("\ufeff")

    def span(self, element: etree._Element) -> Span | None:
        """Where an element of the document stands, or None when that cannot be told."""
        local = etree.QName(element).localname
        if local not in self._spans:
            self._spans[local] = self._spans_of(local)
        return self._spans[local].get(element)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\r\n|\r|\n", self.text))]

    @cached_property
    def _markup(self) -> str:
        """The text in which sections and comments hold no tags; every character keeps its place."""
        return _OPAQUE.sub(lambda found: "\0" * len(found[0]), self.text)

    def _spans_of(self, local: str) -> dict[etree._Element, Span]:
        """The spans of all elements of one local name, in one walk over the tags."""
        name = rf"(?:[^\s<>/:=\"']+:)?{re.escape(local)}"
        inside = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?"
        tags = re.finditer(rf"<(?P<close>/)?{name}(?=[\s/>]){inside}(?P<empty>/)?>", self._markup)
        opened: list[tuple[int, re.Match[str]]] = []
        spans: dict[int, Span] = {}
        count = 0
        for tag in tags:
            if tag["close"]:
                if not opened:
                    return {}
                number, first = opened.pop()
                spans[number] = Span(first.start(), first.end(), tag.start(), tag.end())
                continue
            if tag["empty"]:
                spans[count] = Span(tag.start(), tag.end(), tag.end(), tag.end())
            else:
                opened.append((count, tag))
            count += 1
        nodes = list(self._document.root.iter(f"{{*}}{local}"))
        if not len(nodes) == count == len(spans):
            return {}
        return {node: spans[number] for number, node in enumerate(nodes)}
