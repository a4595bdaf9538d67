"""Puts a message into an envelope, as a request or as an answer."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from memhon.intake import BODY, ENVELOPE, MODEL_UID, REQUEST_INFO, RESPONSE_INFO, Wire
from memhon.soap.correlation import Correlation, comment
from memhon.soap.names import BODY_ID, UTILITY

HEADER = f"{{{Wire.SOAP.value}}}Header"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write_request(payload: etree._Element, *, model_uid: str) -> bytes:
    """A request envelope with the prefixes that editors write.

    Args:
        payload: Document element of the message; it is copied, its white space stays.
        model_uid: Value of the attribute ``modelUID``.
    """
    return document(request_tree(payload, model_uid=model_uid))


def request_tree(
    payload: etree._Element, *, model_uid: str, prefixes: Mapping[str, str] | None = None
) -> etree._Element:
    """The envelope of ``write_request``, not written yet.

    Args:
        payload: Document element of the message; it is copied.
        model_uid: Value of the attribute ``modelUID``.
        prefixes: More namespaces to declare on the envelope, for a signature that names them.
    """
    nsmap = {"soapenv": Wire.SOAP.value, **(prefixes or {})}
    envelope = etree.Element(ENVELOPE, nsmap=nsmap)
    etree.SubElement(envelope, HEADER)
    body = etree.SubElement(envelope, BODY)
    info = _generic(body, REQUEST_INFO)
    info.set(MODEL_UID, model_uid)
    _insert(envelope, info, payload)
    return envelope


def document(envelope: etree._Element) -> bytes:
    """An envelope as a document: declaration and line break, nothing else is touched."""
    return _DECLARATION + etree.tostring(envelope, encoding="UTF-8", xml_declaration=False) + b"\n"


def write_answer(payload: etree._Element, *, correlation: Correlation, body_id: str) -> bytes:
    """An answer envelope: declaration, correlation comment, ``ResponseInfo`` without attribute.

    Args:
        payload: Document element of the message; it is copied.
        correlation: The four lines of the comment.
        body_id: Value of ``wsu:Id`` on the body.
    """
    return finish(answer_tree(payload, body_id=body_id), correlation)


def answer_tree(payload: etree._Element, *, body_id: str) -> etree._Element:
    """The envelope of ``write_answer``, not written yet."""
    envelope, body = answer_shell(body_id)
    _insert(envelope, _generic(body, RESPONSE_INFO), payload)
    return envelope


def empty_answer(*, body_id: str) -> etree._Element:
    """The envelope of an answer that says nothing, not written yet."""
    envelope, body = answer_shell(body_id)
    _generic(body, RESPONSE_INFO)
    return envelope


def answer_shell(body_id: str) -> tuple[etree._Element, etree._Element]:
    """The envelope and the body of an answer, to be filled."""
    envelope = etree.Element(ENVELOPE, nsmap={"soap": Wire.SOAP.value})
    body = etree.SubElement(envelope, BODY, nsmap={"wsu": UTILITY})
    body.set(BODY_ID, body_id)
    return envelope, body


def finish(envelope: etree._Element, correlation: Correlation) -> bytes:
    """The envelope as bytes, after the declaration and the comment."""
    head = comment(correlation).encode() + b"\n"
    text = etree.tostring(envelope, encoding="UTF-8", xml_declaration=False)
    return _DECLARATION + head + text + b"\n"


def _generic(body: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(body, name, nsmap={"sync": Wire.SYNC.value})


def _insert(envelope: etree._Element, info: etree._Element, payload: etree._Element) -> None:
    """Lay the envelope out on lines; a message that already has line breaks keeps them."""
    etree.indent(envelope, space="  ")
    inserted = deepcopy(payload)
    if not inserted.text:
        etree.indent(inserted, space="  ", level=3)
    info.append(inserted)
    info.text = "\n      "
    inserted.tail = "\n    "
