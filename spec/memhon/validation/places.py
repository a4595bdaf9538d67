"""Shows a finding in its document, and tries corrections until one of them holds."""

from __future__ import annotations

import difflib
import re
from functools import cached_property

from lxml import etree

from memhon.errors import MessageError
from memhon.findings import Finding
from memhon.intake import Document, Paths, Recognised, read, recognise
from memhon.schemas import compiled, findings_of, masker
from memhon.validation import edits
from memhon.validation.excerpts import excerpt
from memhon.validation.source import Source, Span

_MOST_TRIES = 8
_MOST_EDITS = 20
"""Findings of one document that get a correction: each is tried on the whole document."""
_MOST_LINES = 16
_LONG = 160
_SHOWN = 2_000_000


class DocumentPlace:
    """The document of a report; one object serves all findings of it.

    Args:
        data: The bytes as received.
        document: The tree that was judged, or None when there is none.
        recognised: The message in it, when it was recognised.
        show_values: Whether values of personal fields are shown.
    """

    def __init__(
        self,
        data: bytes,
        document: Document | None,
        recognised: Recognised | None,
        *,
        show_values: bool,
    ) -> None:
        self._data = data
        self._document = document
        self._recognised = recognised
        self._source = Source(data, document) if document else None
        message = recognised.message if recognised else None
        self._mask = masker(message, show_values=show_values)
        self._paths: Paths | None = None
        self._before: tuple[Finding, ...] | None = None
        self._edits = 0

    def excerpt(self, finding: Finding) -> str | None:
        """The lines around the place, with a caret below it."""
        if finding.line is None or finding.kind == "limit":
            return None
        try:
            return self._excerpt(finding, finding.line)
        except Exception:
            # an excerpt is a comfort: the finding stands without it
            return None

    def _excerpt(self, finding: Finding, line: int) -> str | None:
        if self._source is None:
            return excerpt(self._lines, line, finding.column, 1)
        column, length = finding.column, 1
        span = self._span(finding)
        if span is not None:
            line, column = self._source.position(span.start)
            one_line = "\n" not in self._source.text[span.start : span.end]
            length = (span.end if one_line else span.inner) - span.start
        return excerpt(self._lines, line, column, length)

    @cached_property
    def _lines(self) -> list[str]:
        """The document's lines; hidden before they are cut, for a value may span several."""
        source = self._source
        text = source.text if source else self._data[:_SHOWN].decode("utf-8", "replace")
        return re.split("\r\n|\r|\n", self._mask(text))

    def edit(self, finding: Finding) -> str | None:
        """The smallest correction that makes the finding go away, as a unified diff."""
        if self._source is None or self._recognised is None or finding.kind != "schema":
            return None
        try:
            return self._edit(finding, self._source, self._recognised)
        except Exception:
            # so is a correction
            return None

    def _edit(self, finding: Finding, source: Source, recognised: Recognised) -> str | None:
        node, span = self._node(finding), self._span(finding)
        if node is None or span is None:
            return None
        self._edits += 1
        if self._edits > _MOST_EDITS:
            return None
        root, message = recognised.element, recognised.message
        place = edits.Place(finding, node, root, message, source, span)
        if self._before is None:
            self._before = findings_of(compiled(message), root, message, show_values=True)
        for number, corrected in enumerate(edits.proposals(place)):
            if number >= _MOST_TRIES:
                break
            if corrected != source.text and self._better(corrected, finding, self._before):
                return _difference(self._mask(source.text), self._mask(corrected))
        return None

    def _better(self, corrected: str, finding: Finding, before: tuple[Finding, ...]) -> bool:
        data = _encoded(corrected, self._document)
        try:
            recognised = recognise(read(data).root)
        except MessageError:
            return False
        message = recognised.message
        after = findings_of(compiled(message), recognised.element, message, show_values=True)
        places = {(other.id, other.xpath) for other in before}
        known = {(other.id, other.xpath) for other in after}
        return (finding.id, finding.xpath) not in known and (
            len(after) < len(before) or not known & places
        )

    def _node(self, finding: Finding) -> etree._Element | None:
        if self._recognised is None or finding.xpath is None:
            return None
        if self._paths is None:
            message = self._recognised.message
            self._paths = Paths(self._recognised.element, message.prefixes)
        return self._paths.at(finding.xpath)

    def _span(self, finding: Finding) -> Span | None:
        node = self._node(finding)
        return self._source.span(node) if node is not None and self._source else None


def _encoded(text: str, document: Document | None) -> bytes:
    encoding = document.encoding if document else "UTF-8"
    return text.encode("utf-8" if encoding == "US-ASCII" else encoding, "replace")


def _difference(before: str, after: str) -> str | None:
    """The difference of two masked texts; none when only a hidden value differs."""
    shown = _diff(before.splitlines(), after.splitlines())
    if any(len(line) > _LONG for line in shown if line.startswith(("-", "+"))):
        shown = _diff(_pieces(before), _pieces(after))
    if not 0 < len(shown) <= _MOST_LINES:
        return None
    return "\n".join(line if len(line) <= _LONG else f"{line[:_LONG]}…" for line in shown)


def _diff(before: list[str], after: list[str]) -> list[str]:
    return list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]


def _pieces(text: str) -> list[str]:
    """A document in one line, cut after each tag, so that a difference stays short."""
    return [part for part in re.split(r"(?<=>)(?=<)", text.replace("\n", "")) if part]
