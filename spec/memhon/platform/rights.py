"""What a recognised caller may do: whose address it is, which consents count, and what is noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from memhon.findings import make
from memhon.platform.callers import PlatformError, Role
from memhon.platform.operations import Asked
from memhon.platform.services import Platform
from memhon.store import AccessEntry, PlatformDocument

MH, CNS, ESANTE = "MH", "CNS", "ESANTE"
"""Types of consent: fee note, sending to the CNS, use of the platform (E V2.4)."""
SUMMARY, DOCUMENT = "memoire", "document"
"""Categories of the access log: what a list shows of a fee note, and the fee note itself."""
_ORIGIN, _MEMBER = "plateforme", "membre"
_ROLES = {
    Role.PRACTITIONER: "prestataire",
    Role.PATIENT: "patient",
    Role.CNS: "cns",
    Role.ADMIN: "administrateur",
}
"""Words of the access log."""


def own_practice(asked: Asked) -> str:
    """The eHealthID of the address, if it is the caller's practitioner; the CNS may name any.

    Raises:
        PlatformError: It is somebody else's (403).
    """
    wanted = asked.place["eHealthId"]
    if asked.caller.role is not Role.CNS and wanted != asked.caller.ehealth_id:
        raise _other("eHealthId")
    return wanted


def own_person(asked: Asked) -> str:
    """The national number of the address, if it is the calling patient's; the CNS may name any.

    Raises:
        PlatformError: It is somebody else's (403).
    """
    wanted = asked.place["ssn"]
    if asked.caller.role is not Role.CNS and wanted != asked.caller.matricule:
        raise _other("ssn")
    return wanted


def has_consent(platform: Platform, matricule: str, kind: str, now: datetime) -> bool:
    """Whether a patient's consent counts at an instant.

    Args:
        platform: Has the consents.
        matricule: National number of the patient.
        kind: ``MH``, ``CNS`` or ``ESANTE``.
        now: The instant.

    Raises:
        StoreError: The store does not answer.
    """
    return any(
        consent.type == kind and consent.start_at <= now < consent.end_at
        for consent in platform.store.platform.consents_of(matricule)
    )


def demand_consent(platform: Platform, asked: Asked, matricule: str, *kinds: str) -> None:
    """Refuse what a patient has not consented to; the CNS needs no consent.

    Raises:
        PlatformError: A consent is missing (403).
        StoreError: The store does not answer.
    """
    if asked.caller.role is Role.CNS:
        return
    for kind in kinds:
        if not has_consent(platform, matricule, kind, asked.now):
            raise PlatformError(403, make("PLA-022", expected=kind))


def note_read(
    platform: Platform, asked: Asked, category: str, documents: Iterable[PlatformDocument]
) -> None:
    """Write down whose data is about to be answered, one entry for each document.

    Raises:
        StoreError: The store does not answer; then nothing may be answered either.
    """
    platform.store.accesses.add(
        *(_entry(asked, category, each.matricule, each.uuid, each.ehealth_id) for each in documents)
    )


def note_person(
    platform: Platform, asked: Asked, category: str, matricule: str, reference: str = ""
) -> None:
    """Write down that what is kept of a person is about to be answered.

    Raises:
        StoreError: The store does not answer; then nothing may be answered either.
    """
    platform.store.accesses.add(_entry(asked, category, matricule, reference))


def _entry(
    asked: Asked, category: str, matricule: str, reference: str, source: str = ""
) -> AccessEntry:
    caller = asked.caller
    role = _ROLES[caller.role]
    if caller.role is Role.PRACTITIONER and not caller.in_person:
        role = _MEMBER
    return AccessEntry(
        at=asked.now,
        # Who a patient is stands in the column of the patient alone.
        who=role if caller.role is Role.PATIENT else caller.name,
        role=role,
        whose=matricule,
        category=category,
        origin=f"{_ORIGIN} {caller.address}".rstrip(),
        action=asked.action,
        reference=reference,
        source=source,
    )


def _other(element: str) -> PlatformError:
    return PlatformError(403, make("PLA-011", element=element))
