"""Notices persons who are not of the catalogue: a sandbox is no place for real ones."""

from __future__ import annotations

import re

from memhon.catalogue import load
from memhon.intake import Recognised

NOTICE = "SBX-030"
_MATRICULE = re.compile(r"[1-9][0-9]{12}")


def names_a_stranger(recognised: Recognised) -> bool:
    """Whether a message names a person by a matricule that none of our fictitious persons has."""
    ours = {person.matricule for person in load().persons}
    values = (
        (node.text or "").strip()
        for name in recognised.message.personal
        for node in recognised.element.iter(f"{{*}}{name}")
    )
    return any(_MATRICULE.fullmatch(value) and value not in ours for value in values)
