"""The text of a document, and where its elements stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from memhon.intake import Document


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

    @cached_property
    def text(self) -> str:
        """The document's characters, with a byte order mark taken away."""
        codec = "utf-8" if self._document.encoding == "US-ASCII" else self._document.encoding
        return self._data.decode(codec, "replace").removeprefix("\ufeff")

    @cached_property
    def lines(self) -> list[str]:
        """The document's lines, without their ends."""
        return re.split("\r\n|\r|\n", self.text)

    def span(self, element: etree._Element) -> Span | None:
        """Where an element of the document stands, or None when that cannot be told."""
        local = etree.QName(element).localname
        tags = list(self._tags(local))
        opening = [tag for tag in tags if not tag["close"]]
        same = self._document.root.iter(f"{{*}}{local}")
        number = next((i for i, node in enumerate(same) if node is element), None)
        if number is None or number >= len(opening):
            return None
        first = opening[number]
        if first["empty"]:
            return Span(first.start(), first.end(), first.end(), first.end())
        depth = 0
        for tag in tags:
            if tag.start() < first.start() or tag["empty"]:
                continue
            depth += -1 if tag["close"] else 1
            if not depth:
                return Span(first.start(), first.end(), tag.start(), tag.end())
        return None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        before = self.text[:offset]
        line = len(re.findall("\r\n|\r|\n", before)) + 1
        column = offset - max(before.rfind("\n"), before.rfind("\r"))
        return line, column

    def _tags(self, local: str) -> list[re.Match[str]]:
        name = rf"(?:[^\s<>/:=\"']+:)?{re.escape(local)}"
        pattern = rf"<(?P<close>/)?{name}(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/)?>"
        text = re.sub(
            r"<!\[CDATA\[.*?\]\]>", lambda m: "\0" * len(m[0]), self.text, flags=re.DOTALL
        )
        text = re.sub(r"<!--.*?-->", lambda m: "\0" * len(m[0]), text, flags=re.DOTALL)
        return list(re.finditer(pattern, text))
