"""Bytes → tree, through the one hardened parser of the project.

The order matters: size, then parser with every outside access switched off, then the refusals that
need the tree (DOCTYPE, comments, processing instructions, attributes).
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from memhon.errors import MessageError
from memhon.findings import make
from memhon.intake.limits import DEFAULT, Limits
from memhon.intake.refusals import syntax_finding

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    collect_ids=False,
)
_ENCODINGS = frozenset(
    {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"}
    | {"ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """A well-formed document that passed every refusal of the door."""

    root: etree._Element
    """The document element."""
    size: int
    """Bytes as received."""
    encoding: str
    """Encoding as declared or detected, in capitals."""


def read(data: bytes, *, limits: Limits = DEFAULT) -> Document:
    """Turn untrusted bytes into a tree.

    Args:
        data: The document as received.
        limits: Sizes above which the document is not judged.

    Raises:
        MessageError: The document is refused; the finding's kind is ``form`` (the message is wrong)
            or ``limit`` (it is too large to be judged).
    """
    if len(data) > limits.size:
        _refuse("LIMIT-001", found=f"{len(data)} octets", expected=f"{limits.size} octets")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        _refuse("FORM-001", line=1, found="document vide" if not data else f"{len(data)} octets")
    if len(data) % 2 and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # libxml2 does not mind half a character at the end of UTF-16
        _refuse("FORM-003", found="un demi-caractère UTF-16 à la fin")
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        finding = syntax_finding(data, error.code, error.msg or "", line, column, limits)
        raise MessageError(findings=(finding,)) from None
    document = Document(root, len(data), _encoding(root))
    _inspect(document, data, limits)
    return document


def _inspect(document: Document, data: bytes, limits: Limits) -> None:
    root = document.root
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        _refuse("FORM-008", line=1, found=info.doctype or "<!DOCTYPE")
    if document.encoding not in _ENCODINGS:
        _refuse("FORM-006", line=1, found=document.encoding, expected="UTF-8")
    if info.xml_version not in ("1.0", None):
        _refuse("FORM-004", line=1, found=f'version="{info.xml_version}"', expected="XML 1.0")
    _refuse_inside(root)
    if data.count(b"=") > limits.attributes:
        _refuse_attributes(root, limits.attributes)


def _refuse_inside(root: etree._Element) -> None:
    node = next(root.iter(etree.Comment, etree.ProcessingInstruction), None)
    if node is not None:
        comment = isinstance(node, etree._Comment)
        _refuse("FORM-010" if comment else "FORM-011", line=node.sourceline, found=str(node))


def _refuse_attributes(root: etree._Element, most: int) -> None:
    for element in root.iter(etree.Element):
        if len(element.attrib) > most:
            name = etree.QName(element).localname
            count = f"{len(element.attrib)} attributs"
            line = element.sourceline
            _refuse("LIMIT-004", line=line, element=name, found=count, expected=str(most))


def _encoding(root: etree._Element) -> str:
    return (root.getroottree().docinfo.encoding or "UTF-8").upper()


def _refuse(
    finding_id: str,
    *,
    line: int | None = None,
    found: str | None = None,
    expected: str | None = None,
    element: str | None = None,
) -> None:
    finding = make(finding_id, line=line, found=found, expected=expected, element=element)
    raise MessageError(findings=(finding,))
