"""What the store keeps of deposits and tokens, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """Life of a deposit; the values are those of the wire."""

    DEPOSITED = "DEPOSE"
    CONSENTED = "CONSENTI"
    CANCELLED = "ANNULE"
    REPLACED = "REMPLACE"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositEntry:
    """One accepted fee note without its bytes: what a list shows and a transition decides on."""

    uuid: str
    """Identifier that the sender gave, as sent; no second deposit may carry it."""
    secu_uuid: str
    """Identifier that the sandbox gave, the key for what follows."""
    sender: str
    """Code of the billing provider."""
    received_at: datetime
    """Instant of reception, UTC."""
    dated: str
    """Day of the fee note, ``YYYY-MM-DD`` as sent, without a zone."""
    amount: Decimal
    """What is left to pay, in the currency."""
    currency: str
    """Currency code, as sent."""
    paid: bool
    """Whether the sender says that it is paid."""
    last_name: str
    """Name of the billing provider, as sent."""
    first_name: str | None = None
    """First name of the billing provider, if sent."""
    matricule: str | None = None
    """National number of the patient; None when the birth date stands for it."""
    birth_date: str | None = None
    """Birth date of a patient without a national number, ``YYYY-MM-DD``."""
    number: str | None = None
    """Number that the sender gave to the fee note, if any."""
    space: str = ""
    """Provider code of the mySecu space that sent it; empty when the token named none."""
    status: Status = Status.DEPOSITED
    """Where the deposit is in its life."""
    consented_at: datetime | None = None
    """Instant of the consent, UTC; stays when the deposit is cancelled later."""
    cancelled_at: datetime | None = None
    """Instant of the cancellation or replacement, UTC."""
    replaced_by: str | None = None
    """Identifier, given by the sandbox, of the deposit that replaces this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit(DepositEntry):
    """One accepted fee note."""

    data: bytes
    """The bytes as received, envelope included."""


@dataclass(frozen=True, slots=True)
class DepositPage:
    """One page of the deposits of a patient."""

    total: int
    """How many deposits match, on all pages."""
    entries: tuple[DepositEntry, ...]
    """Those of the page, the newest first."""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The wish to cancel a deposit."""

    uuid: str
    """Identifier of the wish itself; no second cancellation may carry it."""
    cancelled: str
    """Identifier, given by the sandbox, of the deposit to cancel."""
    at: datetime
    """Instant of the wish, UTC."""
    reason: str = ""
    """Why, in the sender's words."""
    replacement: str | None = None
    """Identifier, given by the sandbox, of the deposit that replaces it; None: cancelled only."""
    space: str = ""
    """Provider code of the mySecu space that asks; empty: whoever asks may cancel."""


class Obstacle(StrEnum):
    """Why a deposit stays as it is."""

    UNKNOWN = "unknown"
    """No deposit has this identifier."""
    NO_MATRICULE = "no-matricule"
    """The patient is known by birth date only."""
    OTHER_PATIENT = "other-patient"
    """The national number is not that of the patient."""
    CONSENTED = "consented"
    """The patient consented before."""
    CANCELLED = "cancelled"
    """It was cancelled before."""
    REPLACED = "replaced"
    """It was replaced before."""
    OTHER_BILLER = "other-biller"
    """Another provider billed it."""
    USED = "used"
    """The identifier of the cancellation was used before."""
    ITSELF = "itself"
    """It would replace itself."""
    REPLACEMENT_UNKNOWN = "replacement-unknown"
    """No deposit has the identifier of the replacement."""
    REPLACEMENT_OTHER_BILLER = "replacement-other-biller"
    """Another provider billed the replacement."""
    REPLACEMENT_OTHER_PATIENT = "replacement-other-patient"
    """The replacement is for another patient."""
    REPLACEMENT_FINAL = "replacement-final"
    """The replacement is itself cancelled or replaced."""
    REPLACEMENT_TAKEN = "replacement-taken"
    """The replacement replaces another deposit already."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the wish to move a deposit on."""

    obstacle: Obstacle | None
    """Why nothing changed; None: it is done."""
    deposit: DepositEntry | None = None
    """The deposit as it stands now; None when it is unknown."""
    replacement: DepositEntry | None = None
    """The replacing deposit as it stands now, when there is one."""


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
