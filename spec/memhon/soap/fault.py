"""SOAP 1.1 faults: written by the sandbox, read by the client.

The detail element is our own design (namespace ``urn:memhon:sandbox:fault``); a fault of another
peer is read as far as SOAP 1.1 goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from lxml import etree

from memhon.findings import Finding
from memhon.intake import FAULT, Wire
from memhon.soap.correlation import Correlation
from memhon.soap.names import FAULT_NAMESPACE
from memhon.soap.writing import answer_shell, finish


@dataclass(frozen=True, slots=True)
class FaultItem:
    """One finding as the detail of a fault tells it."""

    id: str
    """Id of the finding."""
    text: str
    """French sentence as sent."""
    line: int | None = None
    xpath: str | None = None
    element: str | None = None
    found: str | None = None
    expected: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A SOAP 1.1 fault."""

    code: str
    """``faultcode``, e.g. ``soap:Client.MessageInvalide``."""
    reason: str
    """``faultstring``."""
    error_id: str | None
    """Finding id of the fault itself, when the peer is the sandbox."""
    correlation_id: str | None
    """Correlation id told in the detail."""
    items: tuple[FaultItem, ...] = ()
    """What the peer found."""
    diagnostic: str | None = None
    """Where the peer explains the fault, as it says; not checked yet."""


_CODE = "code"
"""Not ``id``: verifiers take that for an identifier, and a fault and its finding share a value."""
_ATTRIBUTES = tuple(field.name for field in fields(FaultItem) if field.name not in ("id", "text"))


def write_fault(
    *,
    code: str,
    error: Finding,
    findings: Sequence[Finding],
    correlation: Correlation,
    body_id: str,
    diagnostic: str | None = None,
) -> bytes:
    """A fault envelope with our detail.

    Args:
        code: Name after the prefix, e.g. ``Client.MessageInvalide``.
        error: The finding that names the fault; its text becomes ``faultstring``.
        findings: What led to it.
        correlation: The four lines of the comment.
        body_id: Value of ``wsu:Id`` on the body.
        diagnostic: Address of the page that explains the fault, if there is one.
    """
    tree = fault_tree(
        code=code,
        error=error,
        findings=findings,
        correlation=correlation,
        body_id=body_id,
        diagnostic=diagnostic,
    )
    return finish(tree, correlation)


def fault_tree(
    *,
    code: str,
    error: Finding,
    findings: Sequence[Finding],
    correlation: Correlation,
    body_id: str,
    diagnostic: str | None = None,
) -> etree._Element:
    """The envelope of ``write_fault``, not written yet."""
    envelope, body = answer_shell(body_id)
    fault = etree.SubElement(body, FAULT)
    etree.SubElement(fault, "faultcode").text = f"soap:{code}"
    etree.SubElement(fault, "faultstring").text = _clean(error.text("fr"))
    detail = etree.SubElement(fault, "detail")
    nsmap = {"mh": FAULT_NAMESPACE}
    ours = etree.SubElement(detail, _ours("fault"), {_CODE: error.id}, nsmap=nsmap)
    etree.SubElement(ours, _ours("correlationId")).text = correlation.id
    if diagnostic is not None:
        etree.SubElement(ours, _ours("diagnostic")).text = diagnostic
    for finding in findings:
        item = etree.SubElement(ours, _ours("finding"), {_CODE: finding.id})
        for name in _ATTRIBUTES:
            value = getattr(finding, name)
            if value is not None:
                item.set(name, _clean(str(value)))
        item.text = _clean(finding.text("fr"))
    etree.indent(envelope, space="  ")
    return envelope


def read_fault(element: etree._Element) -> Fault:
    """A fault from its element; what is missing is empty."""
    ours = element.find(f"detail/{_ours('fault')}")
    items: tuple[FaultItem, ...] = ()
    if ours is not None:
        items = tuple(_item(item) for item in ours.iterchildren(_ours("finding")))
    return Fault(
        code=_text(element, "faultcode"),
        reason=_text(element, "faultstring"),
        error_id=None if ours is None else ours.get(_CODE),
        correlation_id=None if ours is None else ours.findtext(_ours("correlationId")),
        items=items,
        diagnostic=None if ours is None else ours.findtext(_ours("diagnostic")),
    )


def _item(element: etree._Element) -> FaultItem:
    line = element.get("line")
    return FaultItem(
        id=element.get(_CODE) or "",
        text=(element.text or "").strip(),
        line=int(line) if line and line.isascii() and line.isdigit() else None,
        xpath=element.get("xpath"),
        element=element.get("element"),
        found=element.get("found"),
        expected=element.get("expected"),
        detail=element.get("detail"),
    )


def _text(element: etree._Element, name: str) -> str:
    # Some peers qualify these children although SOAP 1.1 leaves them without a namespace.
    text = element.findtext(name)
    if text is None:
        text = element.findtext(f"{{{Wire.SOAP.value}}}{name}")
    return (text or "").strip()


def _ours(local: str) -> str:
    return f"{{{FAULT_NAMESPACE}}}{local}"


def _clean(text: str) -> str:
    """The text with what XML 1.0 cannot hold replaced, e.g. a NUL that was found."""
    return "".join(char if _allowed(ord(char)) else "\ufffd" for char in text)


def _allowed(code: int) -> bool:
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )
