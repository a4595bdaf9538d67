"""Records for tests of the store; every identifier reads as its number."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import wire
from memhon.store import (
    Cancellation,
    Claimant,
    Contestation,
    Deposit,
    DepositEntry,
    IssuedToken,
    SimulatedAnomaly,
    SimulatedLine,
    Simulation,
    Store,
)

NOW = datetime(2023, 12, 28, 0, 1, 13, 539000, tzinfo=UTC)
DEPOSIT = Deposit(
    uuid=wire.uuid(1),
    secu_uuid=wire.uuid(2),
    sender="1234",
    received_at=NOW,
    dated="2023-12-28",
    amount=Decimal("57.70"),
    currency="EUR",
    paid=False,
    last_name="Weber",
    first_name="Anne",
    matricule="patient-1",
    number="42",
    space="1234",
    data=b"\x00<a/>\xff",
)
SIMULATION = Simulation(
    id=wire.uuid(3),
    fee_note=wire.uuid(4),
    sender="1234",
    simulated_at=NOW,
    statutory=Decimal("50.78"),
    personal=Decimal("6.92"),
    total=Decimal("57.70"),
    matricule="patient-1",
    space="5678",
    lines=(
        SimulatedLine(wire.uuid(5), "C1", 1, Decimal("50.78"), Decimal("6.92"), Decimal("57.70")),
        SimulatedLine(
            wire.uuid(6),
            "",
            0,
            Decimal("0.00"),
            Decimal("0.00"),
            Decimal("0.00"),
            Decimal("12.30"),
        ),
    ),
    anomalies=(
        SimulatedAnomaly("abcdef", "X-1", wire.uuid(5)),
        SimulatedAnomaly(wire.uuid(8), "X-2"),
    ),
)


def entry_of(deposit: Deposit) -> DepositEntry:
    """The deposit without its bytes."""
    names = [field.name for field in fields(DepositEntry)]
    return DepositEntry(**{name: getattr(deposit, name) for name in names})


def fill(store: Store) -> None:
    """Keep one row in every table that ages."""
    other = replace(SIMULATION, id=wire.uuid(21), fee_note=wire.uuid(22))
    store.add_deposit(DEPOSIT)
    store.cancel(Cancellation(wire.uuid(90), DEPOSIT.secu_uuid, NOW))
    store.add_simulation(SIMULATION)
    store.add_simulation(other)
    claimant = Claimant(NOW, NOW - timedelta(days=1))
    store.pay(SIMULATION.id, wire.uuid(50), Decimal("1.00"), claimant)
    codes = {SIMULATION.anomalies[0].id: "1"}
    store.contest(Contestation(wire.uuid(60), other.id, NOW, codes), claimant)
    store.add_token(IssuedToken("d" * 64, "c" * 64, "a", "s", NOW))
    store.use_assertion("m" * 64, NOW, NOW)


def tables(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    counted: dict[str, int] = {}
    store.dump(lambda row: counted.__setitem__(row[0], counted.get(row[0], 0) + 1))
    return counted
