"""From the headers of a request to its caller (E V2.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import Headers

from memhon.findings import make
from memhon.platform.callers import Caller, PlatformError, Role
from memhon.platform.directory import is_patient_name
from memhon.platform.services import Platform

_BEARER = re.compile(r"Bearer +(\S+)", re.IGNORECASE)
_EHEALTH_ID = re.compile(r"[0-9]{10}")
_LONGEST = 4096


def recognise(platform: Platform, headers: Headers, address: str) -> Caller:
    """Who calls.

    A JWT of a patient stands alone; any other one needs the certificate of the practitioner, who is
    the person named or has them in their team. CNS and administration have a certificate only.

    Args:
        platform: Its settings, tokens and teams.
        headers: Of the request.
        address: Network address of the peer.

    Raises:
        PlatformError: Nobody is recognised (401).
        StoreError: The store does not answer.
    """
    given = headers.getlist("authorization")
    if not given:
        return _without_token(platform, headers, address)
    bearer = _BEARER.fullmatch(given[0].strip()) if len(given) == 1 else None
    if bearer is None:
        raise _unknown("PLA-001", "en-tête illisible" if len(given) == 1 else "plusieurs en-têtes")
    name = platform.tokens.name_of(bearer[1])
    if is_patient_name(name):
        person = platform.directory.resolve(name)
        if person is None:
            raise _unknown("PLA-009")
        matricule = person.matricule
        return Caller(Role.PATIENT, matricule, matricule=matricule, address=address)
    holder = _holder(platform, headers)
    if name != holder and name not in platform.store.platform.members_of(holder):
        raise _unknown("PLA-008")
    return Caller(Role.PRACTITIONER, name, ehealth_id=holder, address=address)


def _without_token(platform: Platform, headers: Headers, address: str) -> Caller:
    settings = platform.settings
    if headers.getlist(settings.certificate_header):
        holder = _holder(platform, headers)
        for role, listed in ((Role.CNS, settings.cns), (Role.ADMIN, settings.admin)):
            if holder in listed:
                return Caller(role, holder, ehealth_id=holder, address=address)
    raise _unknown("PLA-001", "absent")


def _holder(platform: Platform, headers: Headers) -> str:
    """The eHealthID of the client certificate."""
    name, key = platform.settings.certificate_header, platform.settings.certificate_key
    values = _fields(headers.getlist(name)).get(key, [])
    if len(values) != 1 or not _EHEALTH_ID.fullmatch(values[0]):
        found = "absent ou illisible" if not values else "plusieurs fois ou mal formé"
        raise _unknown("PLA-007", found, name, key)
    return values[0]


def _fields(given: Sequence[str]) -> dict[str, list[str]]:
    """The fields of a certificate, ``k=v`` with commas between; a part without ``=`` spoils all."""
    if len(given) != 1 or len(given[0]) > _LONGEST:
        return {}
    found: dict[str, list[str]] = {}
    for part in re.split(r"(?<!\\),", given[0]):
        key, equals, value = part.strip().partition("=")
        if not equals:
            return {}
        found.setdefault(key.strip(), []).append(value.strip())
    return found


def _unknown(
    finding: str, found: str | None = None, element: str | None = None, expected: str | None = None
) -> PlatformError:
    told = make(finding, found=found, element=element, expected=expected)
    return PlatformError(401, told, headers={"WWW-Authenticate": "Bearer"})
