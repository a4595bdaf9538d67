"""What the platform keeps, as frozen values; names and statuses are those of its API (E V2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class DocumentStatus(StrEnum):
    """Life of a document on the platform."""

    RECEIVED = "RECEIVED"
    SENT = "SENT"
    REIMBURSEMENT_ASKED = "REIMBURSEMENT_ASKED"
    REIMBURSEMENT_SENT = "REIMBURSEMENT_SENT"
    CANCEL_ASKED = "CANCEL_ASKED"
    CANCELED = "CANCELED"
    CANCEL_REPLACED = "CANCEL_REPLACED"

    @classmethod
    def cancellable(cls) -> tuple[DocumentStatus, ...]:
        """Those in which a practitioner may ask for cancellation."""
        return cls.RECEIVED, cls.SENT, cls.REIMBURSEMENT_ASKED, cls.REIMBURSEMENT_SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformDocument:
    """A fee note on the platform."""

    uuid: str
    """Identifier of the fee note, its sender's; lower case once it was kept."""
    ehealth_id: str
    """Of the practitioner who deposited it, or whose team did."""
    matricule: str
    """National number of the patient, as in the path of the deposit."""
    created_at: datetime
    """Instant of the deposit, UTC."""
    author: str
    """Identifier of who deposited it."""
    first_name: str
    """Of the practitioner, as in the message; may be empty."""
    last_name: str
    """Of the practitioner, as in the message."""
    dated: str
    """Day of the fee note, ``YYYY-MM-DD`` as sent."""
    amount: Decimal
    """Euros."""
    paid: bool
    """Whether the sender says that it is paid."""
    data: bytes
    """The message, as it lay in the zip; empty in a list."""
    status: DocumentStatus = DocumentStatus.RECEIVED
    """Where it is in its life."""
    secu_uuid: str | None = None
    """Identifier that the synchronous exchange gave; None until it was handed over."""
    replaced_by: str | None = None
    """UUID of the document that replaces it."""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of the documents that were looked for."""

    total: int
    """How many there are on all pages."""
    documents: tuple[PlatformDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformConsent:
    """A consent of a patient."""

    matricule: str
    """National number of the patient."""
    type: str
    """``MH``, ``CNS``, ``ESANTE`` …"""
    start_at: datetime
    """First instant at which it counts."""
    end_at: datetime
    """Instant at which it counts no more."""
    author: str
    """Identifier of who gave it."""
    created_at: datetime
    """Instant at which it was given, UTC."""
    removed_at: datetime | None = None
    """Instant at which it was deleted or replaced; None while it stands."""
    removed_by: str | None = None
    """Identifier of who ended it."""
