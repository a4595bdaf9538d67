"""What the store keeps, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Deposit:
    """One accepted fee note."""

    uuid: str
    """Identifier that the sender gave, as sent; no second deposit may carry it."""
    secu_uuid: str
    """Identifier that the sandbox gave, the key for what follows."""
    sender: str
    """Code of the billing provider."""
    received_at: datetime
    """Instant of reception, UTC."""
    status: str
    """Life of the deposit: ``DEPOSE`` and what later exchanges make of it."""
    data: bytes
    """The bytes as received, envelope included."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """One computed simulation."""

    id: str
    """Identifier in the answer, the key for payment or contest."""
    fee_note: str
    """Identifier of the fee note, as sent."""
    sender: str
    """Code of the billing provider."""
    simulated_at: datetime
    """Instant of the computation, UTC."""
    statutory: Decimal
    """Total paid by the health insurance, in euros."""
    personal: Decimal
    """Total paid by the patient, in euros."""
    total: Decimal
    """Sum of both, in euros."""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token that the token service gave; its value is not kept."""

    digest: str
    """SHA-256 of the token's text without white space, hexadecimal."""
    certificate: str
    """SHA-256 of the certificate that it was given to, hexadecimal."""
    applies_to: str
    """Address of the business endpoint, as asked for."""
    space: str
    """Provider code of the mySecu space; empty for a system account."""
    expires_at: datetime
    """Instant from which it is refused, UTC."""
    cancelled: bool = False
    """Whether it was handed back."""


@dataclass(frozen=True, slots=True)
class RefusedMessage:
    """A message that was refused for its security, kept for a while so that it can be explained."""

    correlation_id: str
    """Of the fault that answered it, the key."""
    fault: str
    """Id of the finding that named the fault, e.g. ``SEC-007``."""
    refused_at: datetime
    """Instant of the fault, UTC."""
    expires_at: datetime
    """Instant from which it is deleted, UTC."""
    data: bytes
    """The bytes as received, envelope included."""
