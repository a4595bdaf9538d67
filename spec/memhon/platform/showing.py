"""A document as the API writes it; the names of its fields are the published ones (E V2.4)."""

from __future__ import annotations

import base64
from typing import Any

from memhon.security import instants
from memhon.store import PlatformDocument

DOC_TYPE = "MH"
_PERSONAL = ("isPaid", "price", "memoireDate", "author", "ssn")


def shown(document: PlatformDocument, *, file: bool = False) -> dict[str, Any]:
    """A document as JSON has it.

    Args:
        document: As kept.
        file: Whether the message itself goes along, in base64.
    """
    told: dict[str, Any] = {
        "uuid": document.uuid,
        "docType": DOC_TYPE,
        "status": document.status.value,
        "ssn": document.matricule,
        "practitionerFirstname": document.first_name,
        "practitionerLastName": document.last_name,
        "memoireDate": document.dated,
        "price": float(document.amount),
        "isPaid": document.paid,
        "author": document.author,
        "createAt": instants.milliseconds(document.created_at),
    }
    if file:
        told["file"] = base64.b64encode(document.data).decode("ascii")
    return told


def counted(document: PlatformDocument) -> dict[str, Any]:
    """A document of which no more may be shown than that it exists and where it stands."""
    return {**shown(document), **dict.fromkeys(_PERSONAL)}
