"""Opens an envelope: the message inside as bytes, or the fault."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from memhon import intake
from memhon.errors import MessageError
from memhon.findings import make
from memhon.soap.correlation import correlation_id
from memhon.soap.fault import Fault, read_fault

_GENERIC = frozenset({intake.REQUEST_INFO, intake.RESPONSE_INFO})


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a SOAP 1.1 envelope holds."""

    body: bytes | None
    """The message as a document of its own (UTF-8), or None for a fault or an empty body."""
    fault: Fault | None
    """The fault, when the body is one."""
    correlation_id: str | None
    """``Id-`` and 24 hexadecimal digits, from the comment before the envelope or the fault."""
    model_uid: str | None
    """Attribute ``modelUID`` of a request."""


def open_envelope(data: bytes) -> Envelope:
    """Open a SOAP 1.1 envelope through the hardened door.

    The message is not checked; its schema and its exchange are the business of ``validate``.

    Raises:
        MessageError: The bytes are no XML that the door lets in, or no SOAP 1.1 envelope.
    """
    root = intake.read(data).root
    correlation = correlation_id(root)
    if root.tag != intake.ENVELOPE:
        raise MessageError(findings=(make("FORM-014", line=root.sourceline, found=str(root.tag)),))
    content = _content(root)
    if content is not None and content.tag == intake.FAULT:
        fault = read_fault(content)
        return Envelope(None, fault, correlation or fault.correlation_id, None)
    model_uid = None
    if content is not None and content.tag in _GENERIC:
        model_uid = content.get(intake.MODEL_UID)
        content = next(content.iterchildren(etree.Element), None)
    body = None if content is None else _document(content)
    return Envelope(body, None, correlation, model_uid)


def _content(root: etree._Element) -> etree._Element | None:
    body = root.find(intake.BODY)
    return None if body is None else next(body.iterchildren(etree.Element), None)


def _document(element: etree._Element) -> bytes:
    # tostring keeps the namespaces in scope, so that a QName in a value stays readable.
    text = etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text + b"\n"
