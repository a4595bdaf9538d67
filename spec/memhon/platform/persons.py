"""Who the calling patient is."""

from __future__ import annotations

from memhon.findings import make
from memhon.platform.callers import PlatformError, Role
from memhon.platform.operations import Asked, Operation, Reply
from memhon.platform.rights import note_person
from memhon.platform.services import Platform

IDENTITY = "identite"
"""Category of the access log."""


def _info(platform: Platform, asked: Asked) -> Reply:
    matricule = asked.caller.matricule
    person = platform.directory.person(matricule)
    if person is None:
        raise PlatformError(401, make("PLA-009"))
    note_person(platform, asked, IDENTITY, matricule)
    return Reply({"ssn": matricule, "firstname": person.prenom, "lastname": person.nom})


PERSONS = (
    Operation(
        "GET",
        "/person/info",
        frozenset({Role.PATIENT}),
        _info,
        "Lire sa propre identité",
        gives="Person",
        tag="persons",
    ),
)
"""Requests about the calling patient."""
