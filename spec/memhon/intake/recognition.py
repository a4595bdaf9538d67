"""Which message of the catalogue a tree is, bare or inside a SOAP envelope."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from lxml import etree

from memhon.catalogue import Direction, Exchange, Message, load
from memhon.errors import MessageError
from memhon.findings import make


class Wire(StrEnum):
    """Namespaces and names of the generic exchange."""

    SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
    SYNC = "http://ws.mysecu.lu/generic/sync"


ENVELOPE = f"{{{Wire.SOAP.value}}}Envelope"
BODY = f"{{{Wire.SOAP.value}}}Body"
FAULT = f"{{{Wire.SOAP.value}}}Fault"
REQUEST_INFO = f"{{{Wire.SYNC.value}}}RequestInfo"
RESPONSE_INFO = f"{{{Wire.SYNC.value}}}ResponseInfo"
MODEL_UID = "modelUID"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A tree and the message of the catalogue that it claims to be."""

    exchange: Exchange
    message: Message
    element: etree._Element
    """The document element of the message, in its tree."""
    enveloped: bool
    """Whether it stood in a SOAP envelope."""
    model_uid: str | None
    """The ``modelUID`` of the envelope, if there was one."""


def recognise(root: etree._Element, *, exchange: str | None = None) -> Recognised:
    """Find the message in a tree.

    Args:
        root: Document element, of the message itself or of a SOAP 1.1 envelope.
        exchange: Id of the exchange that is expected, if one is.

    Raises:
        MessageError: Unknown root, wrong namespace, unusable envelope, or another exchange.
        CatalogueError: ``exchange`` is no exchange of the catalogue.
    """
    wanted = load().exchange(exchange) if exchange else None
    if root.tag == FAULT:
        _refuse_fault(root)
    if root.tag != ENVELOPE:
        return _named(root, wanted, enveloped=False, carrier=None)
    carrier = carrier_of(root)
    children = list(carrier.iterchildren(etree.Element))
    if len(children) != 1:
        _refuse("FORM-014", carrier, found=f"{len(children)} élément(s)", expected="1 élément")
    return _named(children[0], wanted, enveloped=True, carrier=carrier)


def carrier_of(envelope: etree._Element) -> etree._Element:
    """The ``RequestInfo`` or ``ResponseInfo`` of a SOAP 1.1 envelope.

    Raises:
        MessageError: Not exactly one Body with exactly one such element in it.
    """
    bodies = list(envelope.iterchildren(BODY))
    if len(bodies) != 1:
        _refuse("FORM-014", envelope, found=f"{len(bodies)} Body", expected="1 Body")
    children = list(bodies[0].iterchildren(etree.Element))
    if len(children) == 1 and children[0].tag == FAULT:
        _refuse_fault(children[0])
    if len(children) != 1 or children[0].tag not in (REQUEST_INFO, RESPONSE_INFO):
        found = ", ".join(etree.QName(child).localname for child in children) or "Body vide"
        _refuse("FORM-014", bodies[0], found=found, expected="RequestInfo ou ResponseInfo")
    for holder in (envelope, bodies[0], children[0]):
        _without_text(holder)
    return children[0]


def _without_text(holder: etree._Element) -> None:
    texts = [holder.text, *(child.tail for child in holder)]
    stray = next((text.strip() for text in texts if text and text.strip()), None)
    if stray:
        expected = "uniquement des éléments"
        _refuse("FORM-014", holder, found=f"texte « {stray} »", expected=expected)


def _named(
    element: etree._Element,
    wanted: Exchange | None,
    *,
    enveloped: bool,
    carrier: etree._Element | None,
) -> Recognised:
    known = load().by_root(str(element.tag))
    if known is None:
        _unknown(element)
    exchange, message = known
    if wanted is not None and wanted.id != exchange.id:
        _refuse("FORM-017", element, found=exchange.id, expected=wanted.id)
    model_uid = None
    if carrier is not None and carrier.tag == REQUEST_INFO:
        model_uid = _model_uid(carrier, exchange)
    if carrier is not None:
        _same_direction(carrier, element, message)
    return Recognised(exchange, message, element, enveloped, model_uid)


def _model_uid(carrier: etree._Element, exchange: Exchange) -> str:
    given = carrier.get(MODEL_UID)
    expected = exchange.model_uid
    if given is None or load().by_model_uid(given) is None:
        _refuse("FORM-015", carrier, found=given or "attribut absent", expected=expected)
    if given != exchange.model_uid:
        _refuse("FORM-016", carrier, found=given, expected=expected)
    return given


def _same_direction(carrier: etree._Element, element: etree._Element, message: Message) -> None:
    request = carrier.tag == REQUEST_INFO
    if request is not (message.direction is Direction.REQUEST):
        names = ("une requête", "une réponse")
        expected, found = names if request else names[::-1]
        _refuse("FORM-019", element, found=found, expected=expected)


def _refuse_fault(fault: etree._Element) -> NoReturn:
    code, reason = fault.findtext("faultcode") or "", fault.findtext("faultstring") or ""
    said = " : ".join(part for part in (code.strip(), reason.strip()) if part)
    _refuse("FORM-028", fault, found=said or "Fault", expected="RequestInfo ou ResponseInfo")


def _unknown(element: etree._Element) -> NoReturn:
    name = etree.QName(element)
    if name.localname.lower() == "html":
        _refuse("FORM-026", element, found=name.localname, expected="Envelope")
    if name.localname == "Envelope":
        found = name.namespace or "aucun espace de noms"
        _refuse("FORM-014", element, found=f"Envelope ({found})", expected=Wire.SOAP.value)
    roots = {m.root: m for e in load().exchanges for m in (e.request, e.response)}
    if name.localname in roots:
        found = name.namespace or "aucun espace de noms"
        _refuse("FORM-013", element, found=found, expected=roots[name.localname].namespace)
    near = difflib.get_close_matches(name.localname, roots, n=1, cutoff=0.6)
    _refuse("FORM-012", element, found=name.localname, expected=", ".join(near or sorted(roots)))


def _refuse(finding_id: str, element: etree._Element, *, found: str, expected: str) -> NoReturn:
    finding = make(
        finding_id,
        line=element.sourceline,
        xpath=None,
        found=found,
        expected=expected,
        element=etree.QName(element).localname,
    )
    raise MessageError(findings=(finding,))
