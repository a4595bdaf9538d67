"""A PDF into the fee note that it prints; every other byte of the message stays where it was."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from xml.parsers import expat

from memhon.errors import MessageError
from memhon.findings import Finding, make
from memhon.intake import DEFAULT, read, recognise
from memhon.messages import binding_class
from memhon.pdf.fee_note import FEE_NOTE

_HEAD = b"%PDF-"
_END = b"%%EOF"
_NEAR = 1024
"""Readers look for the mark of a PDF in that many bytes at either end."""
_ELEMENT = "document"
_SIGNATURE = "signature"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def embed(data: bytes, pdf: bytes, *, replace: bool = False) -> tuple[bytes, tuple[Finding, ...]]:
    """The message with the PDF as its ``document``.

    Args:
        data: A valid fee note, without an envelope.
        pdf: The PDF.
        replace: Whether a PDF that the message already holds gives way.

    Returns:
        The message, not validated again, and warnings.

    Raises:
        MessageError: The bytes are no PDF (``PDF-002``) or too many (``PDF-003``); the message is
            no fee note (``PDF-001``), stands in an envelope (``PDF-009``), or holds a PDF already
            (``PDF-008``); or the door refuses it.
    """
    _check_pdf(pdf)
    recognised = recognise(read(data).root)
    message = recognised.message
    if binding_class(message) is not FEE_NOTE:
        raise MessageError(findings=(make("PDF-001", found=message.root),))
    if recognised.enveloped:
        raise MessageError(findings=(make("PDF-009", found=message.root),))
    places = _Places(data)
    held = places.document
    if held is not None and held.filled and not replace:
        raise MessageError(findings=(make("PDF-008", line=held.line),))
    warnings = (make("PDF-010"),) if places.signed else ()
    return places.with_document(base64.b64encode(pdf)), warnings


def _check_pdf(pdf: bytes) -> None:
    if _HEAD not in pdf[:_NEAR] or _END not in pdf[-_NEAR:]:
        beginning = pdf[:8].decode("latin-1").encode("unicode_escape").decode()
        raise MessageError(findings=(make("PDF-002", found=beginning or "0 octet"),))
    length = -(-len(pdf) // 3) * 4
    if length > DEFAULT.text:
        most = f"{DEFAULT.text // 4 * 3} octets"
        raise MessageError(findings=(make("PDF-003", found=f"{len(pdf)} octets", expected=most),))


@dataclass(frozen=True, slots=True)
class _Child:
    """A child of the document element, in bytes of the message."""

    name: str
    start: int
    """At the ``<`` of its opening tag."""
    end: int
    """After its last ``>``."""
    line: int
    filled: bool
    """Whether there is more in it than white space."""


class _Places:
    """Where, in the bytes of a fee note that the door let in, its PDF stands or belongs.

    Args:
        data: The bytes of the message, in whatever encoding the door reads.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._codec = _UTF16.get(data[:2], "ascii")
        self._opened: list[tuple[int, int]] = []
        self._filled = False
        self._namespaced = False
        self._children: list[_Child] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text
        self._parser = parser
        parser.Parse(data, True)

    @property
    def document(self) -> _Child | None:
        """The element that holds the PDF, if there is one."""
        return self._named(_ELEMENT)

    @property
    def signed(self) -> bool:
        """Whether the message holds a signature, which another content makes wrong."""
        signature = self._named(_SIGNATURE)
        return signature is not None and signature.filled

    def with_document(self, encoded: bytes) -> bytes:
        """The message with that base64 as its PDF."""
        default = ' xmlns=""' if self._namespaced else ""
        text = f"<{_ELEMENT}{default}>{encoded.decode('ascii')}</{_ELEMENT}>"
        element = text.encode(self._codec)
        old = self.document
        if old is not None:
            return self._data[: old.start] + element + self._data[old.end :]
        last = self._children[-1]
        return self._data[: last.end] + self._indentation() + element + self._data[last.end :]

    def _indentation(self) -> bytes:
        """What stands between the last two children, when that is white space."""
        before, last = self._children[-2:]
        between = self._data[before.end : last.start]
        return b"" if between.decode(self._codec, "replace").strip() else between

    def _named(self, name: str) -> _Child | None:
        return next((child for child in self._children if child.name == name), None)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if not self._opened:
            self._namespaced = bool(attributes.get("xmlns"))
        if len(self._opened) == 1:
            self._filled = False
        elif len(self._opened) == 2:
            self._filled = True
        self._opened.append((self._parser.CurrentByteIndex, self._parser.CurrentLineNumber))

    def _close(self, name: str) -> None:
        start, line = self._opened.pop()
        if len(self._opened) == 1:
            end = self._after_tag(start)
            if not self._ends_empty(end):
                end = self._after_tag(self._parser.CurrentByteIndex)
            self._children.append(_Child(name, start, end, line, self._filled))

    def _ends_empty(self, end: int) -> bool:
        mark = "/>".encode(self._codec)
        return self._data[end - len(mark) : end] == mark

    def _text(self, text: str) -> None:
        if len(self._opened) == 2 and text.strip():
            self._filled = True

    def _after_tag(self, index: int) -> int:
        """The place after the ``>`` of the tag that begins there; one in quotes ends nothing."""
        quote = ""
        step = len(">".encode(self._codec))
        for place in range(index, len(self._data), step):
            sign = self._data[place : place + step].decode(self._codec, "replace")
            if quote:
                quote = "" if sign == quote else quote
            elif sign == ">":
                return place + step
            elif sign in "\"'":
                quote = sign
        return len(self._data)
