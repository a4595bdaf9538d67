"""Why a simulation can be neither paid nor contested, and how an answer says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from memhon.findings import Finding, make
from memhon.sandbox.access_log import Read
from memhon.sandbox.context import Context
from memhon.store import Claimant, Hindrance, SimulationOutcome

_LONGEST = 500


def sentence(finding: Finding) -> str:
    """The sentence of a finding, no longer than our schemas allow."""
    return finding.text("fr")[:_LONGEST]


def reason(finding: Finding) -> str:
    """The reason in an answer without a list of anomalies: id and sentence."""
    return f"{finding.id} : {finding.text('fr')}"[:_LONGEST]


def claimant(context: Context) -> Claimant:
    """Who asks, and from which instant on a simulation still counts."""
    return Claimant(context.now, context.now - context.rules.simulation_life, context.space)


def told(outcome: SimulationOutcome, asked: str, context: Context) -> Finding:
    """Why nothing changed; what that tells of the simulation is noted as a read.

    Args:
        outcome: What the store says, with a hindrance.
        asked: Id of the simulation as sent.
        context: The circumstances.
    """
    hindrance = outcome.hindrance or Hindrance.UNKNOWN
    finding, element, detail = _TOLD[hindrance]
    if hindrance in _PAID and outcome.payment is not None:
        context.reads.append(read_of("paiement", outcome, outcome.payment.id))
    elif hindrance not in _NOTHING_SHOWN:
        context.reads.append(read_of("simulation", outcome, asked))
    found = asked
    if outcome.hindrance is Hindrance.NOTE_PAID and outcome.simulation:
        found = outcome.simulation.fee_note
    elif outcome.hindrance is Hindrance.NO_ANOMALY:
        found = outcome.unknown[0]
    return make(finding, element=element, found=found, detail=detail(outcome, context))


def read_of(category: str, outcome: SimulationOutcome, reference: str) -> Read:
    """What an answer shows of a simulation that was kept."""
    kept = outcome.simulation
    if kept is None:
        return Read(category, "", reference)
    return Read(category, kept.matricule, reference, kept.sender)


def _none(_outcome: SimulationOutcome, _context: Context) -> str | None:
    return None


def _space(_outcome: SimulationOutcome, context: Context) -> str | None:
    return context.space


def _payment(outcome: SimulationOutcome, _context: Context) -> str | None:
    return outcome.payment.id if outcome.payment else None


def _contested(outcome: SimulationOutcome, _context: Context) -> str | None:
    return written(outcome.contestation.at) if outcome.contestation else None


def _simulated(outcome: SimulationOutcome, _context: Context) -> str | None:
    return written(outcome.simulation.simulated_at) if outcome.simulation else None


def _newer(outcome: SimulationOutcome, _context: Context) -> str | None:
    return outcome.simulation.superseded_by if outcome.simulation else None


def _blocking(outcome: SimulationOutcome, _context: Context) -> str | None:
    anomalies = outcome.simulation.anomalies if outcome.simulation else ()
    return ", ".join(sorted({anomaly.code for anomaly in anomalies if anomaly.blocking}))


def _given(outcome: SimulationOutcome, _context: Context) -> str | None:
    anomalies = outcome.simulation.anomalies if outcome.simulation else ()
    codes = ", ".join(sorted({anomaly.code for anomaly in anomalies}))
    return f"codes rendus : {codes}" if codes else "aucune"


def written(instant: datetime) -> str:
    """An instant as the answers write it: UTC, whole seconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_SIMULATION = "identifiantReponseSimulation"
_PAID = (Hindrance.PAID, Hindrance.NOTE_PAID)
_NOTHING_SHOWN = (Hindrance.UNKNOWN, Hindrance.OTHER_BILLER)
_TOLD: Mapping[Hindrance, tuple[str, str, Callable[[SimulationOutcome, Context], str | None]]] = {
    Hindrance.UNKNOWN: ("SIM-010", _SIMULATION, _none),
    Hindrance.OTHER_BILLER: ("SIM-011", _SIMULATION, _space),
    Hindrance.EXPIRED: ("SIM-012", _SIMULATION, _simulated),
    Hindrance.SUPERSEDED: ("SIM-013", _SIMULATION, _newer),
    Hindrance.PAID: ("SIM-014", _SIMULATION, _payment),
    Hindrance.CONTESTED: ("SIM-015", _SIMULATION, _contested),
    Hindrance.BLOCKED: ("SIM-016", _SIMULATION, _blocking),
    Hindrance.NOTE_PAID: ("SIM-007", "idMemoireHonoraire", _payment),
    Hindrance.NOTHING_DUE: ("SIM-018", _SIMULATION, _none),
    Hindrance.NO_ANOMALY: ("SIM-020", "identifiantAnomalie", _given),
}
