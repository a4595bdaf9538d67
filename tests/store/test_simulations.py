from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

import wire
from memhon.store import (
    Claimant,
    Contestation,
    Hindrance,
    NoteHistory,
    Payment,
    SimulatedAnomaly,
    SimulationOutcome,
    State,
)
from values import NOW, SIMULATION

LATER = NOW + timedelta(hours=1)
CLAIMANT = Claimant(LATER, LATER - timedelta(days=1))
NOTHING = Decimal("0.00")
PAID = Payment(wire.uuid(50), SIMULATION.id, LATER, Decimal("50.78"), NOTHING, Decimal("50.78"))
CONTESTED = Contestation(wire.uuid(60), SIMULATION.id, LATER, {SIMULATION.anomalies[0].id: "1"})


def pay(store, simulation=SIMULATION.id, number=50, claim=NOTHING, claimant=CLAIMANT):
    return store.pay(simulation, wire.uuid(number), claim, claimant)


def again(number, **changes):
    return replace(SIMULATION, id=wire.uuid(number), **changes)


def test_a_simulation_comes_back_in_any_letter_case(store):
    lettered = replace(SIMULATION, id="abc")
    store.add_simulation(lettered)
    assert lettered == store.simulation("ABC")


def test_a_simulation_is_paid_once(store):
    store.add_simulation(SIMULATION)
    paid = replace(SIMULATION, state=State.PAID)
    assert SimulationOutcome(None, paid, PAID) == pay(store)
    assert SimulationOutcome(Hindrance.PAID, paid, PAID) == pay(store, number=51)
    assert (paid, PAID) == (store.simulation(paid.id), store.payment(paid.id))


def test_of_many_payments_at_once_one_counts(store):
    store.add_simulation(SIMULATION)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda number: pay(store, number=number), range(50, 70)))
    assert 1 == sum(outcome.hindrance is None for outcome in outcomes)
    assert 1 == len({outcome.payment.id for outcome in outcomes})


def test_a_new_simulation_of_the_same_note_supersedes_the_open_ones(store):
    store.add_simulation(replace(SIMULATION, fee_note="abc"))
    store.add_simulation(again(70, fee_note="ABC"))
    store.add_simulation(again(71, fee_note="ABC", sender="9999"))
    first = store.simulation(SIMULATION.id)
    assert (State.SUPERSEDED, wire.uuid(70)) == (first.state, first.superseded_by)
    assert Hindrance.SUPERSEDED == pay(store).hindrance
    assert State.OPEN is store.simulation(wire.uuid(70)).state


def test_a_fee_note_is_paid_once_whatever_is_simulated(store):
    store.add_simulation(SIMULATION)
    pay(store)
    store.add_simulation(again(70))
    outcome = pay(store, wire.uuid(70), 51)
    assert (Hindrance.NOTE_PAID, PAID) == (outcome.hindrance, outcome.payment)
    assert State.PAID is store.simulation(SIMULATION.id).state


def test_an_old_simulation_has_expired(store):
    store.add_simulation(SIMULATION)
    too_late = Claimant(LATER, NOW)
    assert Hindrance.EXPIRED == pay(store, claimant=too_late).hindrance
    assert Hindrance.EXPIRED == store.contest(CONTESTED, too_late).hindrance
    assert pay(store, claimant=Claimant(LATER, NOW - timedelta(microseconds=1))).hindrance is None


def test_another_space_neither_pays_nor_contests(store):
    store.add_simulation(SIMULATION)
    other = replace(CLAIMANT, space="9999")
    assert Hindrance.OTHER_BILLER == pay(store, claimant=other).hindrance
    assert Hindrance.OTHER_BILLER == store.contest(CONTESTED, other).hindrance
    for known in (SIMULATION.sender, SIMULATION.space):
        assert (
            Hindrance.OTHER_BILLER != pay(store, claimant=replace(CLAIMANT, space=known)).hindrance
        )


def test_what_is_unknown_is_neither_paid_nor_contested(store):
    assert SimulationOutcome(Hindrance.UNKNOWN) == pay(store)
    assert SimulationOutcome(Hindrance.UNKNOWN) == store.contest(CONTESTED, CLAIMANT)
    assert store.payment(SIMULATION.id) is None


def test_a_blocking_anomaly_forbids_the_payment(store):
    blocking = SimulatedAnomaly(wire.uuid(80), "X-1", None, blocking=True)
    store.add_simulation(replace(SIMULATION, anomalies=(blocking,)))
    assert Hindrance.BLOCKED == pay(store).hindrance
    assert State.OPEN is store.simulation(SIMULATION.id).state


def test_a_simulation_is_contested_once_and_then_not_paid(store):
    store.add_simulation(SIMULATION)
    contested = replace(SIMULATION, state=State.CONTESTED)
    done = SimulationOutcome(None, contested, contestation=CONTESTED)
    assert done == store.contest(CONTESTED, CLAIMANT)
    hindered = replace(done, hindrance=Hindrance.CONTESTED)
    assert hindered == store.contest(replace(CONTESTED, id=wire.uuid(61)), CLAIMANT)
    assert hindered == pay(store)


def test_after_a_contestation_the_note_is_simulated_anew(store):
    store.add_simulation(SIMULATION)
    store.contest(CONTESTED, CLAIMANT)
    store.add_simulation(again(70))
    assert State.CONTESTED is store.simulation(SIMULATION.id).state
    assert pay(store, wire.uuid(70)).hindrance is None


def test_a_paid_simulation_is_not_contested(store):
    store.add_simulation(SIMULATION)
    pay(store)
    outcome = store.contest(CONTESTED, CLAIMANT)
    assert (Hindrance.PAID, PAID) == (outcome.hindrance, outcome.payment)


def test_only_anomalies_of_the_simulation_are_contested(store):
    store.add_simulation(SIMULATION)
    foreign = {SIMULATION.anomalies[0].id.upper(): "1", wire.uuid(99): "1"}
    outcome = store.contest(replace(CONTESTED, codes=foreign), CLAIMANT)
    assert (Hindrance.NO_ANOMALY, (wire.uuid(99),)) == (outcome.hindrance, outcome.unknown)


@pytest.mark.parametrize(
    ("claim", "held"),
    [
        ("0.00", ["0.00", "0.00", "0.00"]),
        ("60.00", ["50.78", "9.22", "0.00"]),
        ("20.00", ["20.00", "0.00", "0.00"]),
        ("500.00", ["50.78", "50.78", "50.78"]),
    ],
)
def test_an_open_claim_is_held_back_and_shrinks(store, claim, held):
    for number in range(3):
        store.add_simulation(again(100 + number, fee_note=wire.uuid(200 + number)))
    payments = [
        pay(store, wire.uuid(100 + number), 300 + number, Decimal(claim)).payment
        for number in range(3)
    ]
    assert held == [str(payment.recovered) for payment in payments]
    assert [payment.statutory - payment.recovered for payment in payments] == [
        payment.paid for payment in payments
    ]
    assert sum(map(Decimal, held)) == store.recovered_from(SIMULATION.sender)
    assert NOTHING == store.recovered_from("9999")


def test_a_simulation_without_a_statutory_part_is_not_paid(store):
    free = replace(SIMULATION, statutory=NOTHING)
    store.add_simulation(free)
    assert SimulationOutcome(Hindrance.NOTHING_DUE, free) == pay(store)
    assert store.payment(free.id) is None


def test_the_history_of_a_note_is_its_payment_and_what_was_contested(store):
    noted = replace(SIMULATION, fee_note="abc")
    assert NoteHistory() == store.history_of(noted.sender, "abc")
    store.add_simulation(noted)
    store.contest(CONTESTED, CLAIMANT)
    contested = ((SIMULATION.anomalies[0], "1"),)
    assert NoteHistory(None, contested) == store.history_of(noted.sender, "ABC")
    store.add_simulation(again(70, fee_note="ABC"))
    payment = pay(store, wire.uuid(70)).payment
    assert NoteHistory(payment, contested) == store.history_of(noted.sender, "abc")
    assert NoteHistory() == store.history_of("9999", "abc")
    assert NoteHistory() == store.history_of(noted.sender, wire.uuid(1))
