"""Bytes → tree, through the one hardened parser of the project.

The order matters: size, then parser with every outside access switched off, then the refusals that
need the tree (DOCTYPE, comments, processing instructions, limits).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from lxml import etree

from memhon.errors import MessageError
from memhon.findings import Finding, make
from memhon.intake.inspection import has_more, inspect
from memhon.intake.limits import DEFAULT, Limits
from memhon.intake.mistaken import mistaken
from memhon.intake.refusals import plain_prolog, syntax_finding


def _hardened(*, lifted: bool) -> etree.XMLParser[etree._Element]:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=lifted,
        collect_ids=False,
    )


_PARSER = _hardened(lifted=False)
_LIFTED = _hardened(lifted=True)
_LEAST_TAG = 3
_HEAD = 4096
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"


@dataclass(frozen=True, slots=True)
class Document:
    """A well-formed document that passed every refusal of the door."""

    root: etree._Element
    """The document element."""
    size: int
    """Bytes as received."""
    encoding: str
    """Encoding as declared or detected, in capitals."""


def read(data: bytes, *, limits: Limits = DEFAULT, interrupted: bool = False) -> Document:
    """Turn untrusted bytes into a tree.

    Args:
        data: The document as received.
        limits: Sizes above which the document is not judged.
        interrupted: Let comments and processing instructions inside the document element pass: only
            for whoever explains what they do to a signature.

    Raises:
        MessageError: The document is refused; the finding's kind is ``form`` (the message is wrong)
            or ``limit`` (it is too large to be judged).
    """
    size = len(data)
    if size > limits.size:
        _refuse(mistaken(data) or _too_large(size, limits))
    if data[:1] != b"<":
        _refuse_start(data)
    if size > _LEAST_TAG * limits.elements:
        _refuse_tags(data, limits)
    lifted = limits.lifted and plain_prolog(data)
    try:
        root = etree.fromstring(data, _LIFTED if lifted else _PARSER)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            # libxml2 reports its own want of memory as a fault of the document
            raise MemoryError from None
        line, column = error.position
        _refuse(
            mistaken(data)
            or syntax_finding(data, error.code, error.msg or "", line, column, limits)
        )
    encoding, finding = inspect(root, data, limits, lifted=lifted, interrupted=interrupted)
    if finding is not None:
        _refuse(finding)
    return Document(root, size, encoding)


def _refuse_start(data: bytes) -> None:
    if not data[:_HEAD].strip(_BLANK) and not data.strip(_BLANK):
        found = "document vide" if not data else f"{len(data)} octets"
        _refuse(make("FORM-001", line=1, found=found))
    if len(data) % 2 and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # libxml2 does not mind half a character at the end of UTF-16
        _refuse(make("FORM-003", found="un demi-caractère UTF-16 à la fin"))


def _refuse_tags(data: bytes, limits: Limits) -> None:
    tags, most = data.count(b"<"), 2 * limits.elements
    if tags > most:
        found = f"{tags} balises"
    elif has_more(data, (most - tags) // 2):
        found = f"{tags} balises et plus de {(most - tags) // 2} attributs"
    else:
        return
    _refuse(make("LIMIT-006", found=found, expected=f"{most} balises"))


def _too_large(size: int, limits: Limits) -> Finding:
    return make("LIMIT-001", found=f"{size} octets", expected=f"{limits.size} octets")


def _refuse(finding: Finding) -> NoReturn:
    # the parser's own error holds the document's text: it is not handed on
    raise MessageError(findings=(finding,)) from None
