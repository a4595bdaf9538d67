"""Consents of a patient: given with an end, read, and deleted so that their history stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from memhon.catalogue import load
from memhon.clock import read_instant
from memhon.findings import make
from memhon.platform.bodies import read_object
from memhon.platform.callers import PlatformError, Role
from memhon.platform.operations import JSON, Asked, Operation, Reply
from memhon.platform.rights import MH, note_person, own_person
from memhon.platform.services import Platform
from memhon.security import instants
from memhon.store import PlatformConsent

CONSENT = "consentement"
"""Category of the access log."""
LEGACY = ("PARTNER", "DR")
"""Types that the published description still names in paths; nobody gives them any more."""
_ONE = "/person/{ssn}/consent/{type}"
_OF_PATIENT = "/practitioner/{ssn}/consent"
_PATIENT, _PRACTITIONER = frozenset({Role.PATIENT}), frozenset({Role.PRACTITIONER})
_INSTANT = "un instant avec fuseau, p. ex. 2027-03-02T08:30:00Z"


def _list(platform: Platform, asked: Asked) -> Reply:
    person = own_person(asked)
    found = platform.store.platform.consents_of(person)
    note_person(platform, asked, CONSENT, person)
    return Reply([_shown(consent) for consent in found])


def _read_own(platform: Platform, asked: Asked) -> Reply:
    return _read(platform, asked, own_person(asked))


def _read_as_practitioner(platform: Platform, asked: Asked) -> Reply:
    """Any type may be read; whether there is one is what a practitioner has to know."""
    return _read(platform, asked, asked.place["ssn"])


def _give_own(platform: Platform, asked: Asked) -> Reply:
    return _give(platform, asked, own_person(asked))


def _give_as_practitioner(platform: Platform, asked: Asked) -> Reply:
    return _give(platform, asked, asked.place["ssn"], only=MH)


def _end(platform: Platform, asked: Asked) -> Reply:
    person = own_person(asked)
    found = _standing(platform, person, _type(asked.place["type"]))
    note_person(platform, asked, CONSENT, person, found.type)
    if not platform.store.platform.end_consent(person, found.type, asked.caller.name, asked.now):
        raise _missing(found.type)
    return Reply(_shown(found))


def _read(platform: Platform, asked: Asked, person: str) -> Reply:
    found = _standing(platform, person, _type(asked.place["type"]))
    note_person(platform, asked, CONSENT, person, found.type)
    return Reply(_shown(found))


def _give(platform: Platform, asked: Asked, person: str, *, only: str | None = None) -> Reply:
    """Let a consent count; it takes the place of one of its type, which stays in the history."""
    given = read_object(asked.body, {"type": str, "startAt": str, "endAt": str})
    kind = given.get("type")
    if kind not in _given_types():
        raise _unknown(str(kind))
    if only is not None and kind != only:
        raise PlatformError(403, make("PLA-031", found=kind, expected=only))
    start = _instant(given, "startAt") if "startAt" in given else asked.now
    end = _instant(given, "endAt")
    if end <= max(asked.now, start):
        found, latest = instants.seconds(end), instants.seconds(max(asked.now, start))
        raise PlatformError(400, make("PLA-030", found=found, expected=latest))
    consent = PlatformConsent(
        matricule=person,
        type=kind,
        start_at=start,
        end_at=end,
        author=asked.caller.name,
        created_at=asked.now,
    )
    platform.store.platform.put_consent(consent)
    return Reply(_shown(consent))


def _standing(platform: Platform, person: str, kind: str) -> PlatformConsent:
    for consent in platform.store.platform.consents_of(person):
        if consent.type == kind:
            return consent
    raise _missing(kind)


def _given_types() -> tuple[str, ...]:
    return tuple(code.value for code in load().code_list("types-consentement").codes)


def known_types() -> tuple[str, ...]:
    """The types that may be asked for."""
    return (*_given_types(), *LEGACY)


def _type(word: str) -> str:
    if word not in known_types():
        raise _unknown(word)
    return word


def _instant(given: dict[str, Any], name: str) -> datetime:
    word = given.get(name, "absent")
    try:
        return read_instant(word).astimezone(UTC)
    except (ValueError, OverflowError):
        finding = make("PLA-017", element=name, found=word, expected=_INSTANT)
        raise PlatformError(400, finding) from None


def _unknown(kind: str) -> PlatformError:
    expected = ", ".join(_given_types())
    return PlatformError(400, make("PLA-032", found=kind, expected=expected))


def _missing(kind: str) -> PlatformError:
    return PlatformError(404, make("PLA-033", found=kind))


def _shown(consent: PlatformConsent) -> dict[str, Any]:
    """A consent as JSON has it."""
    return {
        "type": consent.type,
        "ssn": consent.matricule,
        "startAt": instants.milliseconds(consent.start_at),
        "endAt": instants.milliseconds(consent.end_at),
        "author": consent.author,
        "createAt": instants.milliseconds(consent.created_at),
    }


CONSENTS = (
    Operation(
        "GET",
        f"{_OF_PATIENT}/{{type}}",
        _PRACTITIONER,
        _read_as_practitioner,
        "Lire un consentement d'un patient",
        answers=(200, 404),
        gives="Consent",
        tag="consents",
    ),
    Operation(
        "POST",
        _OF_PATIENT,
        _PRACTITIONER,
        _give_as_practitioner,
        "Enregistrer le consentement MH d'un patient",
        accepts=JSON,
        gives="Consent",
        takes="NewConsent",
        tag="consents",
    ),
    Operation(
        "GET",
        "/person/{ssn}/consents",
        _PATIENT,
        _list,
        "Lister ses consentements",
        gives="[Consent]",
        tag="consents",
    ),
    Operation(
        "GET",
        _ONE,
        _PATIENT,
        _read_own,
        "Lire un de ses consentements",
        answers=(200, 404),
        gives="Consent",
        tag="consents",
    ),
    Operation(
        "POST",
        "/person/{ssn}/consent",
        _PATIENT,
        _give_own,
        "Donner un consentement, ou en changer les dates",
        accepts=JSON,
        gives="Consent",
        takes="NewConsent",
        tag="consents",
    ),
    Operation(
        "DELETE",
        _ONE,
        _PATIENT,
        _end,
        "Retirer un consentement",
        answers=(200, 404),
        gives="Consent",
        tag="consents",
    ),
)
"""Requests about consents; practitioners name the patient in the path, not themselves (E V2.4)."""
