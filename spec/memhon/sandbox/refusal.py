"""Which fault answers which findings."""

from __future__ import annotations

from collections.abc import Mapping

from memhon import intake
from memhon.catalogue import Direction, load
from memhon.errors import MessageError, StoreError
from memhon.findings import Finding, Verdict, make
from memhon.validation import Examination

UNREADABLE = "SBX-001"
NO_ENVELOPE = "SBX-002"
UNKNOWN_MODEL = "SBX-003"
INVALID = "SBX-004"
TOO_LARGE = "SBX-005"
INTERNAL = "SBX-006"
NO_REQUEST = "SBX-007"
NO_STORE = "SBX-020"

_BY_ID: Mapping[str, str] = {
    "FORM-012": INVALID,
    "FORM-013": INVALID,
    "FORM-014": NO_ENVELOPE,
    "FORM-015": UNKNOWN_MODEL,
    "FORM-016": UNKNOWN_MODEL,
    "FORM-019": NO_REQUEST,
    "FORM-028": NO_ENVELOPE,
}
_BY_KIND: Mapping[str, str] = {"form": UNREADABLE, "limit": TOO_LARGE, "crash": INTERNAL}


class RefusalError(Exception):
    """The request is not answered with a message but with a fault.

    Args:
        fault: Id of the finding that names the fault.
        findings: What led to it.
    """

    def __init__(self, fault: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(fault)
        self.fault = fault
        self.findings = findings


def other_space(biller: str, space: str, *, element: str = "identifiantFacturier") -> RefusalError:
    """The refusal of a biller that is not the mySecu space of the token."""
    told = make("SEC-047", element=element, found=biller, expected=space)
    return RefusalError(told.id, (told,))


def unkept(error: StoreError) -> tuple[Finding, ...]:
    """What there is to say when the store did not answer."""
    told = str(error)
    # The fault says by itself that the store did not answer, and there is little room.
    return (make(NO_STORE, found=told.partition(" : ")[2] or told),)


def admit(examination: Examination) -> intake.Recognised:
    """The recognised request, if it may be answered.

    Raises:
        RefusalError: It is unreadable, no envelope, of an unknown model, invalid or no request.
    """
    _check_carrier(examination)
    findings = examination.report.findings
    recognised = examination.recognised
    if recognised is None:
        raise RefusalError(_fault(findings), findings)
    if not recognised.enveloped:
        raise RefusalError(NO_ENVELOPE, (_bare(recognised),))
    if recognised.message.direction is not Direction.REQUEST:
        raise RefusalError(NO_REQUEST, findings)
    if examination.report.verdict is not Verdict.VALID:
        raise RefusalError(_fault(findings), findings)
    return recognised


def _check_carrier(examination: Examination) -> None:
    """The envelope and its model come before the message, even when that is unknown."""
    if examination.document is None or examination.recognised is not None:
        return
    root = examination.document.root
    if root.tag != intake.ENVELOPE:
        raise RefusalError(NO_ENVELOPE, examination.report.findings)
    try:
        carrier = intake.carrier_of(root)
    except MessageError:
        return
    model = carrier.get(intake.MODEL_UID)
    if carrier.tag == intake.REQUEST_INFO and (not model or not load().by_model_uid(model)):
        known = ", ".join(exchange.model_uid for exchange in load().exchanges)
        found = model or "attribut absent"
        finding = make(
            "FORM-015", line=carrier.sourceline, element="RequestInfo", found=found, expected=known
        )
        raise RefusalError(UNKNOWN_MODEL, (finding,))


def _bare(recognised: intake.Recognised) -> Finding:
    return make(
        "FORM-014",
        line=recognised.element.sourceline,
        element=recognised.message.root,
        found=recognised.message.root,
        expected="Envelope",
    )


def _fault(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return INTERNAL
    first = findings[0]
    return _BY_ID.get(first.id) or _BY_KIND.get(first.kind, INVALID)
