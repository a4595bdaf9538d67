"""Corrections of the source text, one rule for each kind of mistake.

A rule proposes; nothing it proposes is shown before it was tried (see ``places``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from lxml import etree

from memhon.catalogue import Message
from memhon.findings import Finding
from memhon.intake import canonical
from memhon.schemas import definition_of, proposal, spellings
from memhon.validation.source import Source, Span

Rule = Callable[["Place"], Iterator[str]]


class Place:
    """A finding, its element and the text around it.

    Args:
        finding: The finding to mend.
        node: Its element.
        root: Document element of the message.
        message: The catalogue's entry.
        source: The document's text.
        span: Where the element stands in it.
    """

    def __init__(
        self,
        finding: Finding,
        node: etree._Element,
        root: etree._Element,
        message: Message,
        source: Source,
        span: Span,
    ) -> None:
        self.finding = finding
        self.node = node
        self.root = root
        self.message = message
        self.source = source
        self.span = span

    def replaced(self, start: int, end: int, new: str) -> str:
        """The whole text with one stretch of it replaced."""
        return self.source.text[:start] + new + self.source.text[end:]

    def renamed(self, new: str) -> str:
        """The whole text with the element's tags renamed."""
        text, span = self.source.text, self.span
        head = re.sub(r"^<[^\s/>]+", lambda _: f"<{new}", text[span.start : span.inner])
        tail = "" if span.is_empty_tag else f"</{new}>"
        return self.replaced(span.start, span.end, head + text[span.inner : span.outer] + tail)

    def valued(self, new: str) -> str:
        """The whole text with the element's content replaced."""
        return self.replaced(self.span.inner, self.span.outer, new)

    def whole_lines(self, span: Span) -> tuple[int, int]:
        """The stretch of an element with its indentation and its line end, when it is alone."""
        text = self.source.text
        start = text.rfind("\n", 0, span.start) + 1
        stop = text.find("\n", span.end)
        stop = len(text) if stop < 0 else stop + 1
        alone = not (text[start : span.start] + text[span.end : stop]).strip()
        return (start, stop) if alone else (span.start, span.end)


def proposals(place: Place) -> Iterator[str]:
    """The whole document, corrected, once for each idea; the likeliest first."""
    rule = _RULES.get(place.finding.id)
    if rule is not None:
        yield from rule(place)


def _rename(place: Place) -> Iterator[str]:
    if place.finding.expected:
        yield place.renamed(place.finding.expected)


def _qualify(place: Place) -> Iterator[str]:
    root_tag = etree.QName(place.root)
    if place.root.nsmap.get(None) == root_tag.namespace and place.root.prefix is None:
        yield _prefixed_root(place)
    yield from _rename(place)


def _prefixed_root(place: Place) -> str:
    """A default declaration on the root draws the children into its namespace: give it a prefix."""
    span = place.source.span(place.root)
    if span is None:
        return place.source.text
    prefix = place.message.prefix
    text = place.source.text
    head = text[span.start : span.inner].replace(" xmlns=", f" xmlns:{prefix}=", 1)
    head = head.replace(f"<{place.message.root}", f"<{prefix}:{place.message.root}", 1)
    tail = text[span.outer : span.end].replace("</", f"</{prefix}:", 1)
    return text[: span.start] + head + text[span.inner : span.outer] + tail + text[span.end :]


def _move(place: Place) -> Iterator[str]:
    parent = place.node.getparent()
    if parent is None:
        return
    order = definition_of(parent, place.root, place.message).order
    own = order[str(place.node.tag)]
    start, stop = place.whole_lines(place.span)
    text = place.source.text
    for other in parent.iterchildren(etree.Element):
        later = order.get(str(other.tag), -1) > own
        if other is not place.node and later:
            span = place.source.span(other)
            if span is not None:
                at = place.whole_lines(span)[0]
                yield _moved(text, start, stop, at)
            return
    siblings = [child for child in parent.iterchildren(etree.Element) if child is not place.node]
    span = place.source.span(siblings[-1]) if siblings else None
    if span is not None:
        yield _moved(text, start, stop, place.whole_lines(span)[1])


def _moved(text: str, start: int, stop: int, at: int) -> str:
    part = text[start:stop]
    if at <= start:
        return text[:at] + part + text[at:start] + text[stop:]
    return text[:start] + text[stop:at] + part + text[at:]


def _insert(place: Place) -> Iterator[str]:
    parent = place.node.getparent()
    if parent is None or not place.finding.expected:
        return
    definition = definition_of(parent, place.root, place.message)
    names = place.finding.expected.split(", ")
    local = names[0].rpartition(":")[2]
    slot = next((s for s in definition.slots if s.name.rpartition("}")[2] == local), None)
    if slot is None or len(names) > 1 or not slot.definition.may_be_empty:
        return
    start = place.whole_lines(place.span)[0]
    blank = place.source.text[start : place.span.start]
    end = "\n" if start != place.span.start else ""
    yield place.replaced(start, start, f"{blank}<{names[0]}/>{end}")


def _append(place: Place) -> Iterator[str]:
    """Add an element that may be empty at the end of its parent."""
    names = (place.finding.expected or "").split(", ")
    definition = definition_of(place.node, place.root, place.message)
    local = names[0].rpartition(":")[2]
    slot = next((s for s in definition.slots if s.name.rpartition("}")[2] == local), None)
    if slot is None or len(names) > 1 or not slot.definition.may_be_empty:
        return
    text = place.source.text
    children = list(place.node.iterchildren(etree.Element))
    last = place.source.span(children[-1]) if children else None
    at = last.end if last else place.span.inner
    blank = re.search(r"\n[ \t]*$", text[: last.start]) if last else None
    yield place.replaced(at, at, f"{blank[0] if blank else ''}<{names[0]}/>")


def _drop_text(place: Place) -> Iterator[str]:
    stray = (place.node.text or "").strip()
    text, span = place.source.text, place.span
    if stray and stray in text[span.inner : span.outer]:
        yield place.valued(text[span.inner : span.outer].replace(stray, "", 1))


def _unwrap(place: Place) -> Iterator[str]:
    children = list(place.node)
    if len(children) == 1 and not len(children[0]) and not (place.node.text or "").strip():
        yield place.valued(escape(children[0].text or "", quote=False))


def _remove(place: Place) -> Iterator[str]:
    previous = place.node.getprevious()
    same = previous is not None and previous.tag == place.node.tag
    if same and previous is not None and canonical(previous) == canonical(place.node):
        start, stop = place.whole_lines(place.span)
        yield place.replaced(start, stop, "")


def _omit(place: Place) -> Iterator[str]:
    start, stop = place.whole_lines(place.span)
    yield place.replaced(start, stop, "")


def _drop_attribute(place: Place) -> Iterator[str]:
    text, span = place.source.text, place.span
    local = (place.finding.found or "nil").rpartition("}")[2]
    name = rf"\s+(?:[\w.-]+:)?{re.escape(local)}\s*=\s*(?:\"[^\"]*\"|'[^']*')"
    head = text[span.start : span.inner]
    yield place.replaced(span.start, span.inner, re.sub(name, "", head, count=1))


def _value(place: Place) -> Iterator[str]:
    builtin = definition_of(place.node, place.root, place.message).builtin
    made = proposal(builtin, place.node.text or "")
    if made is not None:
        yield place.valued(escape(made, quote=False))


def _spelling(place: Place) -> Iterator[str]:
    for made in spellings(place.node.text or ""):
        yield place.valued(escape(made, quote=False))


_RULES: dict[str, Rule] = {
    "XSD-001": _omit,
    "XSD-002": _append,
    "XSD-003": _qualify,
    "XSD-004": _omit,
    "XSD-005": _rename,
    "XSD-006": _move,
    "XSD-007": _insert,
    "XSD-008": _remove,
    "XSD-009": _omit,
    "XSD-010": _spelling,
    "XSD-011": _spelling,
    "XSD-014": _spelling,
    "XSD-020": _drop_attribute,
    "XSD-021": _drop_text,
    "XSD-022": _unwrap,
    "XSD-023": _drop_attribute,
    "XSD-025": _value,
    "XSD-026": _value,
    "XSD-027": _value,
    "XSD-029": _omit,
    "XSD-032": _omit,
    "XSD-034": _omit,
}
