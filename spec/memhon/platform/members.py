"""The team of a practitioner: whoever is in it may call in the practitioner's name."""

from __future__ import annotations

from typing import Any

from memhon.findings import make
from memhon.platform.callers import PlatformError, Role
from memhon.platform.operations import Asked, Operation, Reply
from memhon.platform.rights import own_practice
from memhon.platform.services import Platform

_ONE = "/practitioner/{eHealthId}/member/{identifier}"
_PRACTITIONER = frozenset({Role.PRACTITIONER})


def _list(platform: Platform, asked: Asked) -> Reply:
    practice = _in_person(asked)
    return Reply([_shown(practice, each) for each in platform.store.platform.members_of(practice)])


def _read(platform: Platform, asked: Asked) -> Reply:
    practice, identifier = _in_person(asked), asked.place["identifier"]
    if identifier not in platform.store.platform.members_of(practice):
        raise _missing(identifier)
    return Reply(_shown(practice, identifier))


def _add(platform: Platform, asked: Asked) -> Reply:
    practice, identifier = _in_person(asked), asked.place["identifier"]
    author, now = asked.caller.name, asked.now
    # In their own team, practitioners would lose with the member what they have in person.
    if identifier == practice or not platform.store.platform.add_member(
        practice, identifier, author, now
    ):
        raise PlatformError(409, make("PLA-035", found=identifier))
    return Reply(_shown(practice, identifier))


def _remove(platform: Platform, asked: Asked) -> Reply:
    practice, identifier = _in_person(asked), asked.place["identifier"]
    if not platform.store.platform.remove_member(practice, identifier, asked.now):
        raise _missing(identifier)
    return Reply(_shown(practice, identifier))


def _in_person(asked: Asked) -> str:
    """The practitioner's eHealthID; a member does not decide who else is one.

    Raises:
        PlatformError: It is somebody else's, or a member calls (403).
    """
    practice = own_practice(asked)
    if not asked.caller.in_person:
        raise PlatformError(403, make("PLA-037"))
    return practice


def _missing(identifier: str) -> PlatformError:
    return PlatformError(404, make("PLA-036", found=identifier))


def _shown(practice: str, identifier: str) -> dict[str, Any]:
    return {"eHealthId": practice, "identifier": identifier}


MEMBERS = (
    Operation(
        "GET",
        "/practitioner/{eHealthId}/members",
        _PRACTITIONER,
        _list,
        "Lister les membres de son équipe",
        gives="[Member]",
        tag="members",
    ),
    Operation(
        "GET",
        _ONE,
        _PRACTITIONER,
        _read,
        "Lire un membre de son équipe",
        answers=(200, 404),
        gives="Member",
        tag="members",
    ),
    Operation(
        "POST",
        _ONE,
        _PRACTITIONER,
        _add,
        "Ajouter un membre à son équipe",
        answers=(200, 409),
        gives="Member",
        tag="members",
    ),
    Operation(
        "DELETE",
        _ONE,
        _PRACTITIONER,
        _remove,
        "Retirer un membre de son équipe",
        answers=(200, 404),
        gives="Member",
        tag="members",
    ),
)
"""Requests about the team, for the practitioner in person (E V2.4)."""
