"""Files given by mistake: what they are, told from their first bytes.

Nothing is unpacked or decoded beyond those first bytes. An XML document is never taken for one of
these: the door asks only when the parser gave up, or when the size forbids to parse.
"""

from __future__ import annotations

import base64
import binascii
import re

from memhon.findings import Finding, make
from memhon.intake.showing import readable

_HEAD = 4096
_BOMS = b"\xef\xbb\xbf\xff\xfe"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "FORM-021", "gzip"),
    (b"%PDF-", "FORM-023", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "FORM-024", "Microsoft Office (.doc, .xls, .msg)"),
    (b"{\\rtf", "FORM-024", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "FORM-027", "PNG"),
    (b"\xff\xd8\xff", "FORM-027", "JPEG"),
    (b"GIF8", "FORM-027", "GIF"),
    (b"II*\x00", "FORM-027", "TIFF"),
    (b"MM\x00*", "FORM-027", "TIFF"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"word/", "Word (.docx)"),
    (b"xl/", "Excel (.xlsx)"),
    (b"ppt/", "PowerPoint (.pptx)"),
    (b"mimetypeapplication/vnd.oasis", "OpenDocument (.odt, .ods)"),
    (b"[Content_Types].xml", "Office Open XML"),
)
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d[\d.eE+-]*\s*[,\]]))')
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?')
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]{16,}+={0,2}")


def mistaken(data: bytes) -> Finding | None:
    """The finding that names the file's kind, if it is a known one.

    Args:
        data: A document that cannot be read as XML.
    """
    head = data[:_HEAD]
    for magic, finding_id, name in _MAGIC:
        if head.startswith(magic):
            return make(finding_id, line=1, found=name, expected="XML")
    if is_zip(head):
        return _packed(data)
    text = head.replace(b"\x00", b"").lstrip(_BOMS)
    if b"%PDF-" in text[:1024] and not text.lstrip().startswith(b"<"):
        return make("FORM-023", line=1, found="PDF", expected="XML")
    if _JSON.match(text):
        start = _STRING.sub(b'"\xe2\x80\xa6"', text[:60])
        return make("FORM-025", line=1, found=readable(start), expected="<")
    return _web_page(text) or _encoded(text)


def is_zip(data: bytes) -> bool:
    """Whether the bytes start as a zip archive does."""
    return data.startswith(_ZIP)


def web_page(data: bytes) -> Finding | None:
    """The finding of an HTML page, if the document is one."""
    return _web_page(data[:_HEAD].replace(b"\x00", b"").lstrip(_BOMS))


def _web_page(text: bytes) -> Finding | None:
    if not _HTML.match(text):
        return None
    return make("FORM-026", line=1, found=readable(text[:60]), expected="XML")


def _packed(data: bytes) -> Finding:
    # the table of contents of a zip archive stands at its end
    ends = data[:_HEAD] + data[-16 * _HEAD :]
    office = next((name for mark, name in _OFFICE if mark in ends), None)
    if office:
        return make("FORM-024", line=1, found=office, expected="XML")
    return make("FORM-022", line=1, found="zip", expected="XML")


def _encoded(text: bytes) -> Finding | None:
    """A message, or another known file, as base64 text."""
    if not _BASE64.fullmatch(text.rstrip()):
        return None
    plain = b"".join(text.split())
    try:
        inside = base64.b64decode(plain[: len(plain) // 4 * 4])
    except binascii.Error:
        return None
    start = inside.replace(b"\x00", b"").lstrip(_BOMS).lstrip()
    named = next((name for magic, _, name in _MAGIC if inside.startswith(magic)), None)
    if is_zip(inside):
        named = "zip"
    if not named and re.match(rb"<[A-Za-z_?!]", start):
        named = readable(start[:40])
    return make("FORM-029", line=1, found=named, expected="<") if named else None
