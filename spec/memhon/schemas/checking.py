"""An element against its schema: libxml2 decides, its errors become findings.

libxml2's English never reaches the reader: its messages only yield the values of the facets. Two
things it gets wrong are put right here: it skips stray characters in ``xs:base64Binary``, and it
refuses white space around dates and times, which XSD collapses before it looks.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from lxml import etree
from lxml.etree import ErrorTypes

from memhon.catalogue import Message, load
from memhon.errors import SchemaError
from memhon.findings import Finding, make
from memhon.intake import xpath_of
from memhon.schemas.compiling import base64_elements

_FACETS: dict[int, tuple[str, re.Pattern[str]]] = {
    ErrorTypes.SCHEMAV_CVC_PATTERN_VALID: ("XSD-010", re.compile(r"the pattern '(.*)'\.$")),
    ErrorTypes.SCHEMAV_CVC_LENGTH_VALID: ("XSD-011", re.compile(r"allowed length of '(\d+)'")),
    ErrorTypes.SCHEMAV_CVC_MINLENGTH_VALID: ("XSD-012", re.compile(r"minimum length of '(\d+)'")),
    ErrorTypes.SCHEMAV_CVC_MAXLENGTH_VALID: ("XSD-013", re.compile(r"maximum length of '(\d+)'")),
    ErrorTypes.SCHEMAV_CVC_ENUMERATION_VALID: ("XSD-014", re.compile(r"the set \{(.*)\}\.$")),
    ErrorTypes.SCHEMAV_CVC_MININCLUSIVE_VALID: ("XSD-015", re.compile(r"allowed \('(.*)'\)\.$")),
    ErrorTypes.SCHEMAV_CVC_MAXINCLUSIVE_VALID: ("XSD-016", re.compile(r"allowed \('(.*)'\)\.$")),
    ErrorTypes.SCHEMAV_CVC_FRACTIONDIGITS_VALID: ("XSD-017", re.compile(r"allowed \('(\d+)'\)")),
    ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1: ("XSD-018", re.compile(r"type '([^']*)'\.$")),
}
_OTHERS: dict[int, str] = {
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_3_2_1: "XSD-020",
    ErrorTypes.SCHEMAV_CVC_TYPE_3_1_1: "XSD-020",
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_2_3: "XSD-021",
    ErrorTypes.SCHEMAV_CVC_TYPE_3_1_2: "XSD-022",
    ErrorTypes.SCHEMAV_CVC_ELT_3_1: "XSD-023",
    ErrorTypes.SCHEMAV_CVC_ELT_4_1: "XSD-024",
    ErrorTypes.SCHEMAV_CVC_ELT_4_2: "XSD-024",
    ErrorTypes.SCHEMAV_CVC_ELT_4_3: "XSD-024",
}
_LENGTH = re.compile(r"has a length of '(\d+)'")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.$")
_ATTRIBUTE = re.compile(r"attribute '([^']*)'")
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_WHITE = " \t\r\n"
_LOCK = threading.Lock()
_STRAY = re.compile(r"[^A-Za-z0-9+/= \t\r\n]")


def findings_of(
    schema: etree.XMLSchema,
    element: etree._Element,
    message: Message,
    *,
    show_values: bool = False,
) -> tuple[Finding, ...]:
    """What the schema objects to, in the order of the document.

    Args:
        schema: The compiled schema of the message, published or strict.
        element: Document element of the message; it may stand inside an envelope.
        message: The catalogue's entry, for prefixes and personal fields.
        show_values: Whether values of personal fields are shown.
    """
    reader = _Reader(element, message, show_values=show_values)
    entries = _objections(schema, element)
    padded = reader.padded(entries)
    if padded:
        with _trimmed(padded):
            entries = _objections(schema, element)
    simple = {entry.path for entry in entries if entry.type == ErrorTypes.SCHEMAV_CVC_TYPE_3_1_2}
    found: list[Finding] = []
    for entry in entries:
        repeats = entry.type == ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1
        if not (repeats and entry.path in simple):
            found.append(reader.finding(entry))
    named = {finding.xpath for finding in found}
    found += [finding for finding in reader.stray_base64() if finding.xpath not in named]
    return tuple(found)


def _objections(schema: etree.XMLSchema, element: etree._Element) -> list[etree._LogEntry]:
    """The error log of one validation; empty means valid."""
    # The log belongs to the schema and is emptied by the next validation, in whatever thread.
    with _LOCK:
        if schema.validate(element):
            return []
        entries = list(schema.error_log)
    if not entries:
        raise SchemaError("libxml2 refuse le message sans dire pourquoi")
    return entries


@contextmanager
def _trimmed(nodes: list[etree._Element]) -> Iterator[None]:
    """Take the white space around the values away, for the time of a second look."""
    texts = [node.text or "" for node in nodes]
    for node, text in zip(nodes, texts, strict=True):
        node.text = text.strip(_WHITE)
    try:
        yield
    finally:
        for node, text in zip(nodes, texts, strict=True):
            node.text = text


class _Reader:
    """Turns the error log of one element into findings."""

    def __init__(self, element: etree._Element, message: Message, *, show_values: bool) -> None:
        self._root = element
        self._message = message
        self._show_values = show_values

    def finding(self, entry: etree._LogEntry) -> Finding:
        node = self._locate(entry.path)
        if entry.type in _FACETS:
            return self._facet(entry, node)
        if entry.type == ErrorTypes.SCHEMAV_ELEMENT_CONTENT:
            return self._content(entry, node)
        finding_id = _OTHERS.get(entry.type, "XSD-099")
        attribute = _ATTRIBUTE.search(entry.message)
        found = attribute.group(1) if attribute else self._text(node)
        return self._make(finding_id, entry.line, node, found=found)

    def padded(self, entries: list[etree._LogEntry]) -> list[etree._Element]:
        """The elements whose value was refused and has white space around it."""
        nodes = [
            self._locate(entry.path)
            for entry in entries
            if entry.type == ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1
        ]
        texts = [(node, node.text or "") for node in nodes if node is not None]
        return [node for node, text in texts if text and text != text.strip(_WHITE)]

    def stray_base64(self) -> list[Finding]:
        found = []
        for qname in base64_elements(self._message):
            for node in self._root.iter(qname):
                stray = _STRAY.search(node.text or "")
                if stray:
                    shown = f"{stray.group()!r}, position {stray.start() + 1}"
                    finding = self._make(
                        "XSD-018", node.sourceline, node, found=shown, expected="xs:base64Binary"
                    )
                    found.append(finding)
        return found

    def _facet(self, entry: etree._LogEntry, node: etree._Element | None) -> Finding:
        finding_id, pattern = _FACETS[entry.type]
        match = pattern.search(entry.message)
        expected = match.group(1).replace("'", "") if match else None
        if expected and expected.startswith("{"):
            expected = expected.rpartition("}")[2]
        attribute = _ATTRIBUTE.search(entry.message)
        if attribute and node is not None:
            finding_id = "XSD-024" if attribute.group(1) == _XSI_TYPE else finding_id
            return self._make(finding_id, entry.line, node, found=node.get(attribute.group(1)))
        length = _LENGTH.search(entry.message)
        detail = length.group(1) if length else None
        found = self._text(node)
        return self._make(
            finding_id, entry.line, node, found=found, expected=expected, detail=detail
        )

    def _content(self, entry: etree._LogEntry, node: etree._Element | None) -> Finding:
        match = _EXPECTED.search(entry.message)
        expected = [self._named(name) for name in match.group(1).split(", ")] if match else []
        wanted = ", ".join(expected) or None
        if "Missing child element(s)" in entry.message:
            return self._make("XSD-002", entry.line, node, expected=wanted)
        if node is None:
            return self._make("XSD-001", entry.line, node, expected=wanted)
        own = self._tag(node)
        local = etree.QName(node).localname
        if not expected:
            return self._make("XSD-004", entry.line, node, found=own)
        same = [name for name in expected if name.rpartition(":")[2] == local]
        finding_id = "XSD-003" if same else "XSD-001"
        return self._make(
            finding_id, entry.line, node, found=own, expected=same[0] if same else wanted
        )

    def _make(
        self,
        finding_id: str,
        line: int | None,
        node: etree._Element | None,
        *,
        found: str | None = None,
        expected: str | None = None,
        detail: str | None = None,
    ) -> Finding:
        path = name = None
        if node is not None:
            path = xpath_of(node, self._root, self._message.prefixes)
            name = etree.QName(node).localname
            line = node.sourceline or line
        return make(
            finding_id,
            line=line,
            xpath=path,
            element=name or self._message.root,
            found=found,
            expected=expected,
            detail=detail,
        )

    def _locate(self, path: str | None) -> etree._Element | None:
        if not path:
            return None
        steps = path.lstrip("/").split("/")[1:]
        if not steps:
            return self._root
        names = {prefix: uri for prefix, uri in self._root.nsmap.items() if prefix}
        for node in self._root.iter(etree.Element):
            names.update({prefix: uri for prefix, uri in node.nsmap.items() if prefix})
        nodes = self._root.xpath("/".join(steps), namespaces=names)
        first = nodes[0] if isinstance(nodes, list) and nodes else None
        return first if isinstance(first, etree._Element) else None

    def _text(self, node: etree._Element | None) -> str | None:
        if node is None:
            return None
        value = node.text or ""
        name = etree.QName(node).localname
        hidden = name in self._message.personal and not self._show_values
        if hidden and value.strip() not in _fictitious():
            return f"••• ({len(value)})"
        return value

    def _tag(self, node: etree._Element) -> str:
        return xpath_of(node, node, self._message.prefixes).lstrip("/")

    def _named(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        uri, _, local = name[1:].partition("}")
        for prefix, known in self._message.prefixes.items():
            if known == uri:
                return f"{prefix}:{local}"
        return local


@cache
def _fictitious() -> frozenset[str]:
    catalogue = load()
    persons = {v for p in catalogue.persons for v in (p.matricule, p.nom, p.prenom, p.birth)}
    providers = {
        value
        for provider in catalogue.providers
        for value in (provider.code, provider.ehealth_id, provider.nom, provider.prenom)
    }
    return frozenset({"", *persons, *providers})
