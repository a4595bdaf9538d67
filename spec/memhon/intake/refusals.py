"""Names what libxml2 could not parse: one finding for the cause, never its English text."""

from __future__ import annotations

import re

from lxml.etree import ErrorTypes

from memhon.findings import Finding, make
from memhon.intake.limits import Limits

_AT_END = frozenset(
    {
        ErrorTypes.ERR_GT_REQUIRED,
        ErrorTypes.ERR_LTSLASH_REQUIRED,
        ErrorTypes.ERR_ATTRIBUTE_NOT_FINISHED,
        ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED,
        ErrorTypes.ERR_ATTRIBUTE_WITHOUT_VALUE,
        ErrorTypes.ERR_COMMENT_NOT_FINISHED,
        ErrorTypes.ERR_CDATA_NOT_FINISHED,
        ErrorTypes.ERR_PI_NOT_FINISHED,
        ErrorTypes.ERR_NAME_REQUIRED,
        ErrorTypes.ERR_SPACE_REQUIRED,
        ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING,
        ErrorTypes.ERR_XMLDECL_NOT_FINISHED,
        ErrorTypes.ERR_DOCUMENT_EMPTY,
        ErrorTypes.ERR_INVALID_ENCODING,
    }
)
_SIMPLE: dict[int, str] = {
    ErrorTypes.ERR_TAG_NOT_FINISHED: "FORM-003",
    ErrorTypes.ERR_DOCUMENT_END: "FORM-005",
    ErrorTypes.ERR_INVALID_ENCODING: "FORM-006",
    ErrorTypes.ERR_UNSUPPORTED_ENCODING: "FORM-006",
    ErrorTypes.ERR_UNKNOWN_ENCODING: "FORM-006",
    ErrorTypes.ERR_INVALID_CHAR: "FORM-007",
    ErrorTypes.ERR_UNDECLARED_ENTITY: "FORM-009",
    ErrorTypes.WAR_UNDECLARED_ENTITY: "FORM-009",
    ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: "FORM-018",
}
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_QUOTED = re.compile(r"Entity '([^']+)'|prefix (\S+)|mismatch: (\S+)|encoding: (\S+)")
_ENTITY_AMPLIFICATION = "amplification"


def has_doctype(data: bytes) -> bool:
    """Whether a document type declaration stands before the document element."""
    head = data[:65536].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    position = 0
    while match := _PROLOG.match(head, position):
        position = match.end()
    return head[position : position + 9].upper() == b"<!DOCTYPE"


def syntax_finding(
    data: bytes, code: int, message: str, line: int, column: int, limits: Limits
) -> Finding:
    """The finding for one libxml2 syntax error.

    Args:
        data: The document, to tell a truncated one from a malformed one.
        code: libxml2's error code; its message only yields names, it is never shown.
        message: libxml2's message.
        line: Line of the error, counted from 1.
        column: Column of the error.
        limits: Names the limit in a finding of class ``limit``.
    """
    if has_doctype(data) or _ENTITY_AMPLIFICATION in message:
        return make("FORM-008", line=line, column=column, found="<!DOCTYPE")
    if code == ErrorTypes.ERR_RESOURCE_LIMIT:
        return _limit(message, line, column, limits)
    if code == ErrorTypes.ERR_DOCUMENT_EMPTY and b"<" not in data[:4096]:
        start = data[:60].decode("utf-8", "replace")
        return make("FORM-002", line=line, column=column, found=start, expected="<")
    if _inside_a_tag(data) or (code in _AT_END and _at_end(data, line, column)):
        return make("FORM-003", line=line, column=column, found=_excerpt(data, line))
    finding_id = _SIMPLE.get(code)
    if finding_id is None:
        finding_id = "FORM-002" if code == ErrorTypes.ERR_DOCUMENT_EMPTY else "FORM-004"
    name = _QUOTED.search(message)
    found = next((group for group in name.groups() if group), None) if name else None
    excerpt = _excerpt(data, line)
    return make(finding_id, line=line, column=column, found=found or excerpt, element=found)


def _limit(message: str, line: int, column: int, limits: Limits) -> Finding:
    if "depth" in message.lower():
        expected = str(limits.depth)
        return make("LIMIT-002", line=line, column=column, found=f"> {expected}", expected=expected)
    expected = str(limits.text)
    return make("LIMIT-003", line=line, column=column, found=f"> {expected}", expected=expected)


def _inside_a_tag(data: bytes) -> bool:
    """Whether the document ends between ``<`` and ``>``."""
    return data.rfind(b"<") > data.rfind(b">")


def _at_end(data: bytes, line: int, column: int) -> bool:
    plain = data.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").rstrip()
    last_line = plain.count(b"\n") + 1
    tail = plain[plain.rfind(b"\n") + 1 :].decode("utf-8", "replace")
    return line > last_line or (line == last_line and column >= len(tail))


def _excerpt(data: bytes, line: int) -> str | None:
    lines = data.replace(b"\x00", b"").split(b"\n", line)
    if len(lines) < line:
        return None
    return lines[line - 1][:200].decode("utf-8", "replace").strip() or None
