"""The requests of the platform's API, as a list made from the very records that answer them."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.platform import BASE, OPERATIONS, Operation, Role
from memhon.site.markup import cell

_ROLES: Mapping[Role, str] = {
    Role.PRACTITIONER: "professionnel",
    Role.PATIENT: "patient",
    Role.CNS: "CNS",
    Role.ADMIN: "administration",
}


def platform_requests() -> str:
    """Markdown: every request with what it does, who may send it, its body and its statuses.

    A list and no table: a path in a narrow column would be broken anywhere.
    """
    lines = "\n".join(_line(operation) for operation in OPERATIONS)
    return f"Les chemins suivent `{BASE}`.\n\n{lines}"


def _line(operation: Operation) -> str:
    roles = ", ".join(word for role, word in _ROLES.items() if role in operation.roles)
    statuses = ", ".join(str(status) for status in operation.answers)
    told = [cell(operation.summary), f"rôle : {roles}"]
    if operation.accepts:
        optional = "" if operation.required else ", facultatif"
        told.append(f"corps : `{operation.accepts}`{optional}")
    if operation.query:
        told.append(f"paramètres : `{'`, `'.join(operation.query)}`")
    told.append(f"statuts : {statuses}")
    return f"* `{operation.method} {operation.path}`<br>{' ; '.join(told)}"
