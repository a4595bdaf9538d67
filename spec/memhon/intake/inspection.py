"""What the door refuses in a tree that parsed well.

What cannot be there is not looked for: a document without « ! » has no DOCTYPE and no comment, one
with few « = » no element with many attributes. A search for one byte costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from memhon.findings import Finding, make
from memhon.intake.limits import OWN_DEPTH, Limits
from memhon.intake.mistaken import web_page

_ENCODINGS = frozenset(
    {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"}
    | {"ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"}
)
_DECLARATIONS = (
    b'<?xml version="1.0" encoding="UTF-8"?>',
    b"<?xml version='1.0' encoding='UTF-8'?>",
)
_DECLARATION = 200


def inspect(
    root: etree._Element,
    data: bytes,
    limits: Limits,
    *,
    lifted: bool,
    interrupted: bool = False,
) -> tuple[str, Finding | None]:
    """The document's encoding, and what the door refuses in it.

    Args:
        root: The document element.
        data: The bytes that it was read from.
        limits: Sizes above which the document is not judged.
        lifted: Whether the parser watched neither depth nor text.
        interrupted: Whether comments and processing instructions inside are let pass.
    """
    marked = data.find(b"!") >= 0
    encoding = "UTF-8"
    if marked or not data.startswith(_DECLARATIONS):
        info = root.getroottree().docinfo
        encoding = (info.encoding or "UTF-8").upper()
        refusal = _prolog(info, encoding, data)
        if refusal:
            return encoding, refusal
    finding = None
    if not interrupted and (marked or _has_instruction(data)):
        finding = _interruption(root)
    if len(data) > limits.text:
        finding = finding or _long_text(root, limits.text)
    if lifted or limits.depth < OWN_DEPTH:
        finding = finding or _too_deep(root, limits.depth)
    if has_more(data, limits.attributes):
        finding = finding or _many_attributes(root, limits.attributes)
    return encoding, finding


def _prolog(info: etree.DocInfo, encoding: str, data: bytes) -> Finding | None:
    if info.internalDTD is not None:
        found = info.doctype or "<!DOCTYPE"
        return web_page(data) or make("FORM-008", line=1, found=found)
    if encoding not in _ENCODINGS:
        return make("FORM-006", line=1, found=encoding, expected="UTF-8")
    if info.xml_version not in ("1.0", None):
        found = f'version="{info.xml_version}"'
        return make("FORM-004", line=1, found=found, expected="XML 1.0")
    return None


def has_more(data: bytes, most: int) -> bool:
    """Whether « = » occurs more often than that.

    Args:
        data: The document.
        most: How many are let pass.
    """
    position = -1
    for _ in range(most + 1):
        position = data.find(b"=", position + 1)
        if position < 0:
            return False
    return True


def _has_instruction(data: bytes) -> bool:
    """Whether « ? » stands anywhere but in the XML declaration."""
    after = data.find(b"?>", 0, _DECLARATION) + 2 if data[:2] == b"<?" else 0
    return data.find(b"?", after) >= 0


def _interruption(root: etree._Element) -> Finding | None:
    node = next(root.iter(etree.Comment, etree.ProcessingInstruction), None)
    if node is None:
        return None
    if isinstance(node, etree._Comment):
        found = f"<!-- … --> ({len(node.text or '')} caractères)"
        return make("FORM-010", line=node.sourceline, found=found)
    return make("FORM-011", line=node.sourceline, found=f"{_target(node)} … ?>")


def _target(instruction: etree._Element) -> str:
    return str(instruction).split()[0].removesuffix("?>")


def _long_text(root: etree._Element, most: int) -> Finding | None:
    for element in root.iter(etree.Element):
        for text in _texts(element):
            if len(text) > most:
                return make(
                    "LIMIT-003",
                    line=element.sourceline,
                    element=etree.QName(element).localname,
                    found=f"{len(text)} caractères",
                    expected=str(most),
                )
    return None


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    yield element.tail or ""
    yield from element.attrib.values()


def _too_deep(root: etree._Element, most: int) -> Finding | None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            found = f"plus de {most} niveaux"
            return make("LIMIT-002", line=element.sourceline, found=found, expected=str(most))
    return None


def _many_attributes(root: etree._Element, most: int) -> Finding | None:
    seen = declared = 0
    for event, item in etree.iterwalk(root, events=("start-ns", "start")):
        count = len(item.attrib) if isinstance(item, etree._Element) else 0
        declared += event == "start-ns"
        if declared > most or count > most:
            # the declarations come before their element; to let them all come takes too long
            element = next(islice(root.iter(etree.Element), seen, None))
            return make(
                "LIMIT-004",
                line=element.sourceline,
                element=etree.QName(element).localname,
                found=f"{count} attributs" if count else f"plus de {most} espaces de noms",
                expected=str(most),
            )
        if event == "start":
            seen += 1
            declared = 0
    return None
