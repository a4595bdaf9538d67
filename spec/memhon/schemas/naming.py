"""One entry of libxml2's error log → one finding, with the names and values of the document."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import ErrorTypes

from memhon.catalogue import Message
from memhon.findings import Finding, make
from memhon.intake import Paths, xpath_of
from memhon.schemas.causes import Cause, cause_of
from memhon.schemas.compiling import base64_elements
from memhon.schemas.content import Slot, slot_of
from memhon.schemas.lexical import is_padded
from memhon.schemas.masking import masker
from memhon.schemas.possible import FACET_FINDINGS, MISSING, minimal_length
from memhon.schemas.values import mistake, sample

_FACETS: dict[int, tuple[str, re.Pattern[str]]] = {
    ErrorTypes.SCHEMAV_CVC_PATTERN_VALID: (
        FACET_FINDINGS["pattern"],
        re.compile(r"the pattern '(.*)'\.$"),
    ),
    ErrorTypes.SCHEMAV_CVC_LENGTH_VALID: (
        FACET_FINDINGS["length"],
        re.compile(r"allowed length of '(\d+)'"),
    ),
    ErrorTypes.SCHEMAV_CVC_MINLENGTH_VALID: (
        FACET_FINDINGS["minLength"],
        re.compile(r"minimum length of '(\d+)'"),
    ),
    ErrorTypes.SCHEMAV_CVC_MAXLENGTH_VALID: (
        FACET_FINDINGS["maxLength"],
        re.compile(r"maximum length of '(\d+)'"),
    ),
    ErrorTypes.SCHEMAV_CVC_ENUMERATION_VALID: (
        FACET_FINDINGS["enumeration"],
        re.compile(r"the set \{(.*)\}\.$"),
    ),
    ErrorTypes.SCHEMAV_CVC_MININCLUSIVE_VALID: (
        FACET_FINDINGS["minInclusive"],
        re.compile(r"allowed \('(.*)'\)\.$"),
    ),
    ErrorTypes.SCHEMAV_CVC_MAXINCLUSIVE_VALID: (
        FACET_FINDINGS["maxInclusive"],
        re.compile(r"allowed \('(.*)'\)\.$"),
    ),
    ErrorTypes.SCHEMAV_CVC_FRACTIONDIGITS_VALID: (
        FACET_FINDINGS["fractionDigits"],
        re.compile(r"allowed \('(\d+)'\)"),
    ),
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
_STRAY = re.compile(r"[^A-Za-z0-9+/= \t\r\n]")


class Reader:
    """Turns the error log of one element into findings.

    Args:
        element: Document element of the message.
        message: The catalogue's entry, for prefixes and personal fields.
        show_values: Whether values of personal fields are shown.
    """

    def __init__(self, element: etree._Element, message: Message, *, show_values: bool) -> None:
        self._root = element
        self._message = message
        self._mask = masker(message, show_values=show_values)
        self._paths = Paths(element, message.prefixes)
        self._named_children: dict[etree._Element, dict[str, list[etree._Element]]] = {}

    def finding(self, entry: etree._LogEntry) -> Finding:
        """The finding for one entry."""
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
        """The elements whose value was refused and may have to be read once more."""
        nodes = [
            self._locate(entry.path)
            for entry in entries
            if entry.type == ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1
        ]
        return [node for node in nodes if node is not None and is_padded(node)]

    def stray_base64(self) -> list[Finding]:
        """The base64 values that hold a character outside the alphabet."""
        found = []
        for qname in base64_elements(self._message):
            for node in self._root.iter(qname):
                stray = _STRAY.search(node.text or "")
                if stray:
                    shown = f"{stray.group()!r}, position {stray.start() + 1}"
                    finding = self._make(
                        "XSD-028", node.sourceline, node, found=shown, expected="xs:base64Binary"
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
        slot = None if node is None else slot_of(node, self._root, self._message)
        if node is not None and slot is not None:
            finding_id, expected = _refined(finding_id, expected, node.text or "", slot)
        length = _LENGTH.search(entry.message)
        detail = length.group(1) if length else None
        found = self._text(node)
        return self._make(
            finding_id, entry.line, node, found=found, expected=expected, detail=detail
        )

    def _content(self, entry: etree._LogEntry, node: etree._Element | None) -> Finding:
        match = _EXPECTED.search(entry.message)
        wanted = [self._named(name) for name in match.group(1).split(", ")] if match else []
        if "Missing child element(s)" in entry.message:
            return self._make(MISSING, entry.line, node, expected=", ".join(wanted))
        general = "XSD-001" if wanted else "XSD-004"
        if node is None:
            return self._make(general, entry.line, None, expected=", ".join(wanted) or None)
        cause = cause_of(node, self._root, self._message) or Cause(general)
        if cause.id == "XSD-001":
            cause = Cause(general)
            expected = ", ".join(wanted)
        else:
            expected = ", ".join(self._named(name) for name in cause.expected)
        return self._make(
            cause.id,
            entry.line,
            node,
            found=_as_written(node) if cause.id == "XSD-003" else self._tag(node),
            expected=expected or None,
            detail=cause.detail,
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
            path = self._paths.of(node)
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
        # step by step, by the prefixes as written: the same one may stand for two namespaces
        node = self._root
        for step in path.lstrip("/").split("/")[1:]:
            name, _, index = step.rstrip("]").partition("[")
            same = self._children(node).get(name, [])
            place = int(index or 1) - 1
            if place >= len(same):
                return None
            node = same[place]
        return node

    def _children(self, node: etree._Element) -> dict[str, list[etree._Element]]:
        """The children by the names that libxml2 gives them in a path; ``*`` holds all."""
        if node not in self._named_children:
            named: dict[str, list[etree._Element]] = {"*": []}
            for child in node.iterchildren(etree.Element):
                named["*"].append(child)
                named.setdefault(_in_path(child), []).append(child)
            self._named_children[node] = named
        return self._named_children[node]

    def _text(self, node: etree._Element | None) -> str | None:
        if node is None:
            return None
        return self._mask.value(etree.QName(node).localname, node.text or "")

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


def _refined(
    finding_id: str, expected: str | None, value: str, slot: Slot
) -> tuple[str, str | None]:
    """The more special finding, once it is known which element the value belongs to."""
    if finding_id == "XSD-018":
        special = mistake(slot.definition.builtin, value, optional=not slot.minimum)
        return special, expected if special == "XSD-018" else sample(slot.definition.builtin)
    if finding_id == FACET_FINDINGS["minLength"]:
        return minimal_length(int(expected or 0), optional=not slot.minimum), expected
    return finding_id, expected


def _in_path(node: etree._Element) -> str:
    """The name of an element in the paths of libxml2."""
    local = str(node.tag).rpartition("}")[2]
    return f"{node.prefix}:{local}" if node.prefix else local


def _as_written(node: etree._Element) -> str:
    """The tag with the prefix of the document; a default declaration is said in so many words."""
    name = etree.QName(node)
    if node.prefix:
        return f"{node.prefix}:{name.localname}"
    return f'{name.localname} (xmlns="{name.namespace}")' if name.namespace else name.localname
