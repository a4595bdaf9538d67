"""One request of the API as a record: method, path, who may ask, and what answers.

The table is made of these records; each subject has a module that exports a tuple of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from memhon.findings import make
from memhon.platform.callers import Caller, PlatformError, Role
from memhon.platform.services import Platform

BASE = "/api/v1"
JSON, ZIP, PDF = "application/json", "application/zip", "application/pdf"
_NAMED = re.compile(r"\{(\w+)\}")
_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

FORMATS: Mapping[str, str] = {
    "eHealthId": "[0-9]{10}",
    "ssn": "[0-9]{13}",
    "idDocument": _UUID,
    "type": "[A-Z_]{1,16}",
    "identifier": "[A-Za-z0-9._-]{1,64}",
}
"""Form of a path's values, by their names in the path."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says, after its caller was recognised."""

    caller: Caller
    now: datetime
    """Instant of the request, UTC."""
    place: Mapping[str, str]
    """Values of the path, in their form, by name."""
    query: Mapping[str, str]
    """What follows the path; only names of the operation, each once."""
    body: bytes
    """As sent; empty where there is none."""
    action: str
    """Method and path pattern."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    value: Any = None
    """As JSON has it."""
    data: bytes | None = None
    """Bytes in place of JSON."""
    kind: str = JSON
    """Media type."""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


Work: TypeAlias = Callable[[Platform, Asked], Reply]


@dataclass(frozen=True, slots=True)
class Operation:
    """A request that the platform answers."""

    method: str
    path: str
    """Below ``BASE``, with names in braces; each has its form in ``FORMATS``."""
    roles: frozenset[Role]
    """Who may ask."""
    work: Work
    summary: str
    """French, for the description of the API."""
    accepts: str = ""
    """Media type of the body; empty: none is read."""
    required: bool = True
    """Whether a body that is accepted has to be there."""
    query: tuple[str, ...] = ()
    """Names of the parameters that may follow the path."""
    gives: str = ""
    """Name of the schema of the answer, in brackets where it is a list; or its media type."""
    takes: str = ""
    """Name of the schema of a JSON body."""
    tag: str = "documents"
    """Subject under which it is described."""
    answers: tuple[int, ...] = (200,)
    """Statuses of the published description; 400, 401, 403 and 413 go without saying."""

    @property
    def action(self) -> str:
        """Method and path pattern."""
        return f"{self.method} {BASE}{self.path}"

    def place(self, path: str) -> Mapping[str, str] | None:
        """The path's values by name when it is one of this operation's; not yet in their form."""
        own, given = self.path.split("/"), path.split("/")
        if len(own) != len(given):
            return None
        values = {}
        for pattern, segment in zip(own, given, strict=True):
            named = _NAMED.fullmatch(pattern)
            if named and segment:
                values[named[1]] = segment
            elif pattern != segment:
                return None
        return values


def find(
    operations: Sequence[Operation], method: str, path: str
) -> tuple[Operation, Mapping[str, str]]:
    """The operation that answers, and the values of the path.

    Args:
        operations: The table.
        method: Of HTTP; ``HEAD`` is asked as ``GET``.
        path: Below ``BASE``.

    Raises:
        PlatformError: No operation has that path (404) or that method (405), or a value of the path
            has another form (400).
    """
    wanted = "GET" if method == "HEAD" else method
    there = [(each, place) for each in operations if (place := each.place(path)) is not None]
    if not there:
        raise PlatformError(404, make("PLA-013", found=method))
    for operation, place in there:
        if operation.method == wanted:
            _check_forms(place)
            return operation, place
    allowed = ", ".join(methods_of(each for each, _ in there))
    finding = make("PLA-014", found=method, expected=allowed)
    raise PlatformError(405, finding, headers={"Allow": allowed})


def methods_of(operations: Iterable[Operation]) -> tuple[str, ...]:
    """What their paths answer to."""
    offered = tuple(dict.fromkeys(each.method for each in operations))
    return ("HEAD", *offered) if "GET" in offered else offered


def _check_forms(place: Mapping[str, str]) -> None:
    for name, value in place.items():
        if not re.fullmatch(FORMATS[name], value):
            shape = f"{len(value)} caractères"
            finding = make("PLA-012", element=name, found=shape, expected=FORMATS[name])
            raise PlatformError(400, finding)
