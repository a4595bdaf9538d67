"""How documents and consents of the platform lie in columns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from memhon.store.columns import cents, euros, instant_text
from memhon.store.platform_records import DocumentStatus, PlatformConsent, PlatformDocument


def document_row(document: PlatformDocument) -> dict[str, Any]:
    """A new document as the table has it."""
    return {
        "uuid": document.uuid.lower(),
        "ehealth_id": document.ehealth_id,
        "matricule": document.matricule,
        "created_at": instant_text(document.created_at),
        "changed_at": instant_text(document.created_at),
        "status": document.status.value,
        "author": document.author,
        "first_name": document.first_name,
        "last_name": document.last_name,
        "dated": document.dated,
        "amount_cents": cents(document.amount),
        "paid": int(document.paid),
        "data": document.data,
    }


def document_of(row: RowMapping) -> PlatformDocument:
    """A document as the table has it; a row of a summary has no message."""
    return PlatformDocument(
        uuid=row["uuid"],
        ehealth_id=row["ehealth_id"],
        matricule=row["matricule"],
        created_at=datetime.fromisoformat(row["created_at"]),
        status=DocumentStatus(row["status"]),
        author=row["author"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        dated=row["dated"],
        amount=euros(row["amount_cents"]),
        paid=bool(row["paid"]),
        secu_uuid=row["secu_uuid"],
        replaced_by=row["replaced_by"],
        data=row.get("data", b""),
    )


def consent_row(consent: PlatformConsent) -> dict[str, Any]:
    """A new consent as the table has it."""
    return {
        "matricule": consent.matricule,
        "type": consent.type,
        "start_at": instant_text(consent.start_at),
        "end_at": instant_text(consent.end_at),
        "author": consent.author,
        "created_at": instant_text(consent.created_at),
    }


def consent_of(row: RowMapping) -> PlatformConsent:
    """A consent as the table has it."""
    removed = row["removed_at"]
    return PlatformConsent(
        matricule=row["matricule"],
        type=row["type"],
        start_at=datetime.fromisoformat(row["start_at"]),
        end_at=datetime.fromisoformat(row["end_at"]),
        author=row["author"],
        created_at=datetime.fromisoformat(row["created_at"]),
        removed_at=None if removed is None else datetime.fromisoformat(removed),
        removed_by=row["removed_by"],
    )
