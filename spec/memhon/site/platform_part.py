"""The requests of the platform's API, as a table made from the very records that answer them."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.platform import BASE, OPERATIONS, Operation, Role
from memhon.site.markup import cell, table

_ROLES: Mapping[Role, str] = {
    Role.PRACTITIONER: "professionnel",
    Role.PATIENT: "patient",
    Role.CNS: "CNS",
    Role.ADMIN: "administration",
}


def platform_requests() -> str:
    """Markdown: every request with what it does, who may send it, its body and its statuses."""
    rows = [_row(operation) for operation in OPERATIONS]
    intro = f"Les chemins suivent `{BASE}`."
    head = ("Requête", "Ce qu'elle fait", "Rôle", "Corps", "Statuts")
    return f"{intro}\n\n{table(head, rows)}"


def _row(operation: Operation) -> tuple[str, ...]:
    roles = ", ".join(word for role, word in _ROLES.items() if role in operation.roles)
    body = f"`{operation.accepts}`" if operation.accepts else ""
    if body and not operation.required:
        body += ", facultatif"
    query = f" (`{'`, `'.join(operation.query)}`)" if operation.query else ""
    statuses = ", ".join(str(status) for status in operation.answers)
    return (
        f"`{operation.method} {operation.path}`",
        cell(operation.summary) + query,
        roles,
        body,
        statuses,
    )
