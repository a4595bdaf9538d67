"""What comes back: an answer that holds, a fault, or nothing usable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from memhon import messages, soap
from memhon.catalogue import Direction
from memhon.client.anomalies import with_anomalies, with_notice
from memhon.client.answer import Answer, Step, on_demand
from memhon.client.echo import with_echo
from memhon.client.guard import is_diagnostic
from memhon.client.keys import ClientKeys
from memhon.client.verification import believing, verified_body
from memhon.errors import (
    CatalogueError,
    FindingLike,
    MessageError,
    SoapFault,
    TransportError,
)
from memhon.findings import Finding, Verdict, cut, make
from memhon.intake import Recognised
from memhon.validation import Examination, examine


def read_answer(
    step: Step,
    exchange: str | None,
    keys: ClientKeys | None,
    now: datetime,
    request: soap.Element | None = None,
) -> Answer:
    """Read the answer of an exchange.

    Args:
        step: The HTTP exchange.
        exchange: Id of the exchange of the request, if it is known.
        keys: Who has to have signed the answer; None believes anybody.
        now: Instant at which certificates have to be valid.
        request: The message that was sent, as far as it is recognised.

    Raises:
        TransportError: The answer is not SOAP.
        SoapFault: The answer is a fault.
        SecurityError: The answer is not signed by mySecu.
        MessageError: The answer does not validate, does not bind, or belongs to another exchange.
    """
    envelope = refuse_fault(step)
    examination = examine(step.response, exchange=exchange)
    recognised = examination.recognised
    if keys is not None and examination.document is not None:
        with believing(step):
            body = verified_body(examination.document.root, keys, now)
        if recognised is not None and body not in recognised.element.iterancestors():
            raise _unusable((_echo(examination),), envelope.correlation_id)
    if recognised is None or examination.report.verdict is not Verdict.VALID:
        raise _unusable(examination.report.findings, envelope.correlation_id)
    if recognised.message.direction is not Direction.RESPONSE:
        raise _unusable((_echo(examination),), envelope.correlation_id)
    message = _bound(recognised, envelope.correlation_id)
    report = with_notice(with_anomalies(examination.report, recognised), step.response_headers)
    report = with_echo(report, recognised, None if _is_example(step) else request)
    return Answer(message, step.response, report, envelope.correlation_id, (step,))


def _bound(recognised: Recognised, correlation_id: str | None) -> Any:
    try:
        return messages.bind(recognised)
    except MessageError as error:
        raise _unusable(error.findings, correlation_id) from error


def _is_example(step: Step) -> bool:
    """Whether it is an example of the sandbox, which answers nobody in particular."""
    return step.response_headers.get("x-memhon-answer") == "example"


def refuse_fault(step: Step) -> soap.Envelope:
    """Accept an answer that is no fault.

    Raises:
        TransportError: It is not SOAP, or of another status than success.
        SoapFault: It is a fault.
    """
    envelope = _open(step)
    if envelope.fault is not None:
        raise _fault(envelope.fault, envelope.correlation_id, step)
    if not 200 <= step.status < 300:
        raise _not_soap(step)
    return envelope


def _open(step: Step) -> soap.Envelope:
    try:
        return soap.open_envelope(step.response)
    except MessageError:
        raise _not_soap(step) from None


def _not_soap(step: Step) -> TransportError:
    if step.status == 503:
        wait = step.response_headers.get("retry-after", "").strip()
        told = f"{cut(wait)} s" if wait.isdecimal() else cut(wait) or "durée non annoncée"
        return TransportError(findings=(make("NET-010", found=step.url, detail=told),))
    kind = step.response_headers.get("content-type", "sans Content-Type")
    start = cut(step.response[:200].decode("utf-8", "replace"))
    found = f"HTTP {step.status}, {kind}"
    return TransportError(findings=(make("NET-003", found=found, detail=start or None),))


def _unusable(findings: tuple[FindingLike, ...], correlation_id: str | None) -> MessageError:
    error = MessageError(findings=findings)
    text = f"réponse inutilisable : {error} (Correlation-ID : {correlation_id or 'absent'})"
    return MessageError(text, findings=findings)


def _echo(examination: Examination) -> Finding:
    return make("FORM-019", line=1, found="une requête", expected="une réponse")


def _fault(fault: soap.Fault, correlation_id: str | None, step: Step) -> SoapFault:
    text = f"{fault.reason} ({fault.code}, Correlation-ID : {correlation_id or 'absent'})"
    text += on_demand(step)
    link = (fault.diagnostic or "").strip()
    known = is_diagnostic(link)
    error = SoapFault(
        f"{text} Diagnostic : {link}" if known else text,
        code=fault.code,
        reason=fault.reason,
        detail_id=fault.error_id,
        correlation_id=correlation_id,
        findings=tuple(_findings(fault)),
        raw=step.response,
        status=step.status,
    )
    error.diagnostic_url = link if known else None
    return error


def _findings(fault: soap.Fault) -> list[Finding]:
    """The findings of the detail that are registered here; a newer peer may know more."""
    found = []
    for item in fault.items:
        try:
            finding = make(
                item.id,
                line=item.line,
                xpath=item.xpath,
                element=item.element,
                found=item.found,
                expected=item.expected,
                detail=item.detail,
            )
        except CatalogueError:
            continue
        found.append(finding)
    return found
