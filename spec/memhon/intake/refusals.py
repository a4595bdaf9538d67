"""Names what libxml2 could not parse: one finding for the cause, never its English text."""

from __future__ import annotations

import re

from lxml.etree import ErrorTypes

from memhon.findings import Finding, make
from memhon.intake.limits import Limits
from memhon.intake.showing import readable

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
_LIMITS = frozenset({ErrorTypes.ERR_RESOURCE_LIMIT, ErrorTypes.ERR_NAME_TOO_LONG})
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_QUOTED = re.compile(r"Entity '([^']+)'|prefix (\S+)|mismatch: (\S+)|encoding: (\S+)")
_ATTRIBUTE = re.compile(rb"(\s[^\s=<>\"']+=[\"'])([^\"']*)([\"']?)")
_TAG = re.compile(rb"(</?[^\s<>/=!?\"']*)([^<>]*?)(/?>|(?=<)|\Z)")
_HIDDEN = "…".encode()
_ENTITY_AMPLIFICATION = "amplification"
_TOO_BIG = "too big"
_LONGEST_NAME = "50000"
_HEAD = 65536
_SHOWN = 400
_WHITE = b" \t\r\n\x00"
_CONTINUED = bytes(range(0x80, 0xC0)) + b"\x00"
_BOMS = b"\xef\xbb\xbf\xff\xfe"
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ONE_BYTE = frozenset({"UTF-8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"})


def has_doctype(data: bytes) -> bool:
    """Whether a document type declaration stands before the document element."""
    return _starts_with_doctype(data[:_HEAD].replace(b"\x00", b"").lstrip(_BOMS))


def plain_prolog(data: bytes) -> bool:
    """Whether the document surely has no DOCTYPE, in whatever encoding it is read.

    Only then may the parser's own limits be lifted: they are what bounds entities.
    """
    text = data.removeprefix(b"\xef\xbb\xbf")
    if not re.match(rb"\s*<[^\x00]", text):
        return False
    declared = _DECLARED.match(text)
    encoding = declared.group(1).decode("ascii").upper() if declared else "UTF-8"
    return encoding in _ONE_BYTE and not _starts_with_doctype(text)


def _starts_with_doctype(text: bytes) -> bool:
    position = 0
    while match := _PROLOG.match(text, position):
        position = match.end()
    return text[position : position + 9].upper() == b"<!DOCTYPE"


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
    if code in _LIMITS or _TOO_BIG in message:
        return _limit(message, line, column, limits)
    if not _starts_as_xml(data):
        start = readable(data[:120])
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
    expected = _LONGEST_NAME if "name too long" in message.lower() else str(limits.text)
    return make("LIMIT-003", line=line, column=column, found=f"> {expected}", expected=expected)


def _starts_as_xml(data: bytes) -> bool:
    start = data[:_HEAD].replace(b"\x00", b"").lstrip(_BOMS).lstrip(_WHITE)
    return not start or start.startswith(b"<")


def _inside_a_tag(data: bytes) -> bool:
    """Whether the document ends between ``<`` and ``>``."""
    return data.rfind(b"<") > data.rfind(b">")


def _at_end(data: bytes, line: int, column: int) -> bool:
    """Whether the place is the document's last one; large documents are not copied for it."""
    tail = data[-_HEAD:]
    end = len(data) - len(tail) + len(tail.rstrip(_WHITE))
    last_line = data.count(b"\n", 0, end) + 1
    if line != last_line:
        return line > last_line
    start = data.rfind(b"\n", 0, end) + 1 or _after_bom(data)
    wide = b"\x00" in data[:4]
    characters = data[start:end].translate(None, b"\x00" if wide else _CONTINUED)
    return column >= len(characters)


def _after_bom(data: bytes) -> int:
    return len(data[:3]) - len(data[:3].lstrip(_BOMS))


def _excerpt(data: bytes, line: int) -> str | None:
    start = 0
    for _ in range(line - 1):
        start = data.find(b"\n", start) + 1
        if not start:
            return None
    end = data.find(b"\n", start, start + _SHOWN)
    shown = data[start : end if end >= 0 else start + _SHOWN].replace(b"\x00", b"")
    return readable(_markup(shown[:200])) or None


def _markup(line: bytes) -> bytes:
    """Only tags are shown of a document that is not understood: a value may be a patient's."""
    shown, position = b"", 0
    for tag in _TAG.finditer(line):
        shown += _gap(line[position : tag.start()]) + tag[1] + _names(tag[2]) + tag[3]
        position = tag.end()
    return shown + _gap(line[position:])


def _names(attributes: bytes) -> bytes:
    shown, position = b"", 0
    for found in _ATTRIBUTE.finditer(attributes):
        shown += _gap(attributes[position : found.start()])
        shown += found[1] + _gap(found[2]) + found[3]
        position = found.end()
    return shown + _gap(attributes[position:])


def _gap(text: bytes) -> bytes:
    return _HIDDEN if text.strip() else b""
