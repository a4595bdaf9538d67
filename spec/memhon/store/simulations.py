"""Simulations: superseded, paid once, contested once, all by compare-and-set."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from memhon.store.columns import cents, euros, instant_text
from memhon.store.simulated import (
    Claimant,
    Contestation,
    Hindrance,
    NoteHistory,
    Payment,
    SimulatedAnomaly,
    SimulatedLine,
    Simulation,
    SimulationOutcome,
    State,
)
from memhon.store.tables import contestations, payments, recoveries, simulations
from memhon.store.usage import PID, UsageKind, count

_ENDED = {
    State.PAID: Hindrance.PAID,
    State.CONTESTED: Hindrance.CONTESTED,
    State.SUPERSEDED: Hindrance.SUPERSEDED,
}


def add(connection: Connection, simulation: Simulation) -> None:
    """Keep a simulation; open ones of the same biller and fee note end with it."""
    note = simulation.fee_note.casefold()
    of_note = (simulations.c.sender == simulation.sender) & (simulations.c.fee_note_key == note)
    if connection.execute(select(simulations.c.number).where(of_note).limit(1)).first() is None:
        count(connection, UsageKind.SIMULATED, PID, simulation.sender, simulation.simulated_at)
    earlier = of_note & (simulations.c.state == State.OPEN.value)
    ended = {"state": State.SUPERSEDED.value, "superseded_by": simulation.id}
    connection.execute(update(simulations).where(earlier).values(**ended))
    values = {
        "id": simulation.id,
        "fee_note": simulation.fee_note,
        "fee_note_key": note,
        "sender": simulation.sender,
        "simulated_at": instant_text(simulation.simulated_at),
        "statutory_cents": cents(simulation.statutory),
        "personal_cents": cents(simulation.personal),
        "total_cents": cents(simulation.total),
        "matricule": simulation.matricule,
        "space": simulation.space,
        "state": simulation.state.value,
        "superseded_by": simulation.superseded_by,
        "lines": json.dumps([asdict(line) for line in simulation.lines], default=str),
        "anomalies": json.dumps([asdict(anomaly) for anomaly in simulation.anomalies]),
    }
    connection.execute(insert(simulations), values)


def by_id(connection: Connection, simulation_id: str) -> Simulation | None:
    """The simulation with that id, or None."""
    query = select(simulations).where(simulations.c.id == simulation_id.casefold())
    row = connection.execute(query).mappings().first()
    return None if row is None else simulation_of_row(row)


def payment_of(connection: Connection, simulation_id: str) -> Payment | None:
    """The payment of a simulation, or None."""
    return _payment(connection, payments.c.simulation == simulation_id.casefold())


def contestation_of(connection: Connection, simulation_id: str) -> Contestation | None:
    """The contestation of a simulation, or None."""
    wanted = contestations.c.simulation == simulation_id.casefold()
    row = connection.execute(select(contestations).where(wanted)).mappings().first()
    if row is None:
        return None
    at = datetime.fromisoformat(row["contested_at"])
    return Contestation(row["id"], row["simulation"], at, json.loads(row["codes"]))


def history_of(connection: Connection, sender: str, fee_note: str) -> NoteHistory:
    """What earlier simulations of a fee note left behind."""
    note = fee_note.casefold()
    paid = (payments.c.sender == sender) & (payments.c.fee_note_key == note)
    of_note = (simulations.c.sender == sender) & (simulations.c.fee_note_key == note)
    query = (
        select(simulations.c.anomalies, contestations.c.codes)
        .join(contestations, contestations.c.simulation == simulations.c.id)
        .where(of_note)
        .order_by(simulations.c.number)
    )
    contested = []
    for anomalies, codes in connection.execute(query):
        code_of = {key.casefold(): code for key, code in json.loads(codes).items()}
        known = [SimulatedAnomaly(**values) for values in json.loads(anomalies)]
        contested += [(each, code_of[each.id]) for each in known if each.id in code_of]
    return NoteHistory(_payment(connection, paid), tuple(contested))


def recovered_from(connection: Connection, sender: str) -> Decimal:
    """What was held back of a provider's payments so far, in euros."""
    query = select(recoveries.c.recovered_cents).where(recoveries.c.sender == sender)
    return euros(connection.execute(query).scalar() or 0)


def pay(
    connection: Connection, simulation_id: str, payment_id: str, claim: Decimal, claimant: Claimant
) -> SimulationOutcome:
    """Pay a simulation once, less what is open of a claim against its biller."""
    simulation = by_id(connection, simulation_id)
    hindrance = _against(simulation, claimant)
    if simulation is None or hindrance is not None:
        return _hindered(connection, hindrance, simulation)
    if any(anomaly.blocking for anomaly in simulation.anomalies):
        return SimulationOutcome(Hindrance.BLOCKED, simulation)
    of_note = (payments.c.sender == simulation.sender) & (
        payments.c.fee_note_key == simulation.fee_note.casefold()
    )
    if (earlier := _payment(connection, of_note)) is not None:
        return SimulationOutcome(Hindrance.NOTE_PAID, simulation, earlier)
    if not simulation.statutory:
        return SimulationOutcome(Hindrance.NOTHING_DUE, simulation)
    held = _hold_back(connection, simulation, claim, claimant.now)
    values = {
        "id": payment_id,
        "simulation": simulation.id,
        "sender": simulation.sender,
        "fee_note_key": simulation.fee_note.casefold(),
        "paid_at": instant_text(claimant.now),
        "statutory_cents": cents(simulation.statutory),
        "recovered_cents": cents(held),
    }
    connection.execute(insert(payments), values)
    count(connection, UsageKind.PAID, PID, simulation.sender, claimant.now)
    ended = _end(connection, simulation, State.PAID)
    return SimulationOutcome(None, ended, payment_of(connection, simulation.id))


def contest(
    connection: Connection, contestation: Contestation, claimant: Claimant
) -> SimulationOutcome:
    """Contest anomalies of a simulation, once."""
    simulation = by_id(connection, contestation.simulation)
    hindrance = _against(simulation, claimant)
    if simulation is None or hindrance is not None:
        return _hindered(connection, hindrance, simulation)
    known = {anomaly.id.casefold() for anomaly in simulation.anomalies}
    unknown = tuple(each for each in contestation.codes if each.casefold() not in known)
    if unknown:
        return SimulationOutcome(Hindrance.NO_ANOMALY, simulation, unknown=unknown)
    values = {
        "id": contestation.id,
        "simulation": simulation.id,
        "contested_at": instant_text(contestation.at),
        "codes": json.dumps(dict(contestation.codes)),
    }
    if not _contested_before(connection, simulation):
        count(connection, UsageKind.CONTESTED, PID, simulation.sender, contestation.at)
    connection.execute(insert(contestations), values)
    ended = _end(connection, simulation, State.CONTESTED)
    return SimulationOutcome(None, ended, None, contestation_of(connection, simulation.id))


def _contested_before(connection: Connection, simulation: Simulation) -> bool:
    of_note = (simulations.c.sender == simulation.sender) & (
        simulations.c.fee_note_key == simulation.fee_note.casefold()
    )
    query = (
        select(contestations.c.id)
        .join(simulations, contestations.c.simulation == simulations.c.id)
        .where(of_note)
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _against(simulation: Simulation | None, claimant: Claimant) -> Hindrance | None:
    if simulation is None:
        return Hindrance.UNKNOWN
    if claimant.space and claimant.space not in (simulation.sender, simulation.space):
        return Hindrance.OTHER_BILLER
    if simulation.state is not State.OPEN:
        return _ENDED[simulation.state]
    return Hindrance.EXPIRED if simulation.simulated_at <= claimant.older else None


def _hindered(
    connection: Connection, hindrance: Hindrance | None, simulation: Simulation | None
) -> SimulationOutcome:
    if simulation is None or hindrance is Hindrance.OTHER_BILLER:
        return SimulationOutcome(hindrance, simulation)
    payment = payment_of(connection, simulation.id)
    contestation = contestation_of(connection, simulation.id)
    return SimulationOutcome(hindrance, simulation, payment, contestation)


def _hold_back(
    connection: Connection, simulation: Simulation, claim: Decimal, now: datetime
) -> Decimal:
    before = recovered_from(connection, simulation.sender)
    held = min(max(claim - before, Decimal("0.00")), simulation.statutory)
    if held:
        total = {"recovered_cents": cents(before + held), "changed_at": instant_text(now)}
        of_sender = recoveries.c.sender == simulation.sender
        if not connection.execute(update(recoveries).where(of_sender).values(**total)).rowcount:
            connection.execute(insert(recoveries), {"sender": simulation.sender, **total})
    return held


def _end(connection: Connection, simulation: Simulation, state: State) -> Simulation:
    ended = update(simulations).where(simulations.c.id == simulation.id).values(state=state.value)
    connection.execute(ended)
    return replace(simulation, state=state)


def _payment(connection: Connection, wanted: ColumnElement[bool]) -> Payment | None:
    row = connection.execute(select(payments).where(wanted)).mappings().first()
    if row is None:
        return None
    return Payment(
        id=row["id"],
        simulation=row["simulation"],
        at=datetime.fromisoformat(row["paid_at"]),
        statutory=euros(row["statutory_cents"]),
        recovered=euros(row["recovered_cents"]),
        paid=euros(row["statutory_cents"] - row["recovered_cents"]),
    )


def simulation_of_row(row: RowMapping) -> Simulation:
    """A simulation as the table has it."""
    return Simulation(
        id=row["id"],
        fee_note=row["fee_note"],
        sender=row["sender"],
        simulated_at=datetime.fromisoformat(row["simulated_at"]),
        statutory=euros(row["statutory_cents"]),
        personal=euros(row["personal_cents"]),
        total=euros(row["total_cents"]),
        matricule=row["matricule"],
        space=row["space"],
        lines=tuple(_line(values) for values in json.loads(row["lines"])),
        anomalies=tuple(SimulatedAnomaly(**values) for values in json.loads(row["anomalies"])),
        state=State(row["state"]),
        superseded_by=row["superseded_by"],
    )


def _line(values: dict[str, str | None]) -> SimulatedLine:
    amounts = ("statutory", "personal", "opposable", "non_opposable")
    decimals = {name: None if (text := values[name]) is None else Decimal(text) for name in amounts}
    return SimulatedLine(**{**values, **decimals})  # type: ignore[arg-type]
