"""What the store keeps of simulations, payments and contestations, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """Life of a simulation; that it expires follows from its instant."""

    OPEN = "SIMULE"
    SUPERSEDED = "REMPLACE"
    PAID = "PAYE"
    CONTESTED = "CONTESTE"


@dataclass(frozen=True, slots=True)
class SimulatedLine:
    """One computed line."""

    id: str
    """Identifier of the line, as sent; of the sandbox's own for the extra line."""
    act: str
    """Code of the act; empty for the extra line."""
    count: int
    """How many of it count."""
    statutory: Decimal
    """Part of the health insurance, in euros."""
    personal: Decimal
    """Part of the patient, in euros."""
    opposable: Decimal
    """Amount opposable to the health insurance, in euros."""
    non_opposable: Decimal | None = None
    """Amount that is not, in euros; None when there is none."""


@dataclass(frozen=True, slots=True)
class SimulatedAnomaly:
    """One remark or refusal in the answer to a simulation."""

    id: str
    """Identifier in the answer, the key for contesting."""
    code: str
    """Code of the anomaly."""
    line: str | None = None
    """Identifier of the line; None for the whole fee note."""
    blocking: bool = False
    """Whether it forbids the payment."""


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
    matricule: str = ""
    """National number of the patient, as sent."""
    space: str = ""
    """Provider code of the mySecu space that sent it; empty when the token named none."""
    lines: tuple[SimulatedLine, ...] = ()
    """The lines, in the order of the answer."""
    anomalies: tuple[SimulatedAnomaly, ...] = ()
    """Remarks and refusals, in the order of the answer."""
    state: State = State.OPEN
    """Where the simulation is in its life."""
    superseded_by: str | None = None
    """Id of the newer simulation of the same fee note that took its place."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One initiated payment."""

    id: str
    """Identifier of the initiated payment."""
    simulation: str
    """Id of the simulation."""
    at: datetime
    """Instant, UTC."""
    statutory: Decimal
    """Part of the health insurance, in euros."""
    recovered: Decimal
    """What was held back of it for an open claim, in euros."""
    paid: Decimal
    """The rest, in euros."""


@dataclass(frozen=True, slots=True)
class Contestation:
    """Contested anomalies of one simulation."""

    id: str
    """Identifier of the contestation."""
    simulation: str
    """Id of the simulation."""
    at: datetime
    """Instant, UTC."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Code of the contestation by id of the anomaly."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who asks for a payment or contests, and within what limits."""

    now: datetime
    """Instant of the request, UTC."""
    older: datetime
    """A simulation computed at this instant or earlier has expired."""
    space: str = ""
    """Provider code of the mySecu space that asks; empty: whoever asks may."""


class Hindrance(StrEnum):
    """Why a simulation stays as it is."""

    UNKNOWN = "unknown"
    """No simulation has this id."""
    OTHER_BILLER = "other-biller"
    """Another provider or space asked for the simulation."""
    PAID = "paid"
    """It was paid before."""
    CONTESTED = "contested"
    """It was contested before."""
    SUPERSEDED = "superseded"
    """A newer simulation of the same fee note took its place."""
    EXPIRED = "expired"
    """It is too old."""
    BLOCKED = "blocked"
    """It has an anomaly that forbids the payment."""
    NOTE_PAID = "note-paid"
    """Another simulation of the same fee note was paid before."""
    NO_ANOMALY = "no-anomaly"
    """A contested anomaly does not belong to the simulation."""


@dataclass(frozen=True, slots=True)
class SimulationOutcome:
    """What became of the wish to pay or to contest a simulation."""

    hindrance: Hindrance | None
    """Why nothing changed; None: it is done."""
    simulation: Simulation | None = None
    """The simulation as it stands now; None when it is unknown."""
    payment: Payment | None = None
    """The payment: the new one, or the earlier one that stands in the way."""
    contestation: Contestation | None = None
    """The contestation: the new one, or the earlier one that stands in the way."""
    unknown: tuple[str, ...] = ()
    """Ids of contested anomalies that do not belong to the simulation."""
