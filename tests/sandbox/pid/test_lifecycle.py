"""Every row of the table of transitions is reached over HTTP, and nothing happens outside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

import pid_desk
import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox import Server, Services, create_app
from memhon.store import State
from pid_desk import line

LIFE = load().lifecycles["pid"]
STATES = ("SIMULE", "PAYE", "CONTESTE", "REMPLACE", "EXPIRE")
BAD = line(act="ZZ9")


def _in_state(desk, state):
    """A simulation with a note-level information, brought into a state."""
    found = desk.simulate(person="demo-8")
    if state == "PAYE":
        assert desk.pay(found.id).payment
    elif state == "CONTESTE":
        assert desk.contest(found.id, (found.anomaly("SIM-003"), "1")).reason is None
    elif state == "REMPLACE":
        desk.simulate(person="demo-8")
    elif state == "EXPIRE":
        desk.clock.advance(timedelta(hours=24))
    assert _state(desk, found) == state
    return found


def _state(desk, found):
    kept = desk.store.simulation(found.id)
    over = desk.clock.now() >= kept.simulated_at + desk.exchange.rules.simulation_life
    return "EXPIRE" if kept.state is State.OPEN and over else kept.state.value


def _pay(desk, found):
    return desk.pay(found.id).code


def _pay_incomplete(desk, found):
    return desk.pay(found.id, patient=False).code


def _contest(desk, found):
    return desk.contest(found.id, (found.anomaly("SIM-003"), "1")).code


def _contest_unknown_code(desk, found):
    return desk.contest(found.id, (found.anomaly("SIM-003"), "8")).code


def _contest_twice(desk, found):
    pair = (found.anomaly("SIM-003"), "1")
    return desk.contest(found.id, pair, pair).code


def _contest_foreign(desk, found):
    return desk.contest(found.id, (found.id, "1")).code


def _simulate(desk, found):
    codes = set(desk.simulate(person="demo-8").codes) - {"SIM-003"}
    return codes.pop() if codes else None


def _wait(desk, found):
    desk.clock.advance(timedelta(hours=24))


ACTS = {
    "simulation-remplace": _simulate,
    "simulation-remplace-expiree": _simulate,
    "simulation-apres-contestation": _simulate,
    "simulation-apres-paiement": _simulate,
    "fin-de-validite": _wait,
    "validation-incomplete": _pay_incomplete,
    "validation-deja-payee": _pay,
    "validation-contestee": _pay,
    "validation-remplacee": _pay,
    "validation-expiree": _pay,
    "validation-payee": _pay,
    "contestation-code-inconnu": _contest_unknown_code,
    "contestation-en-double": _contest_twice,
    "contestation-payee": _contest,
    "contestation-renvoyee": _contest,
    "contestation-remplacee": _contest,
    "contestation-expiree": _contest,
    "contestation-anomalie-etrangere": _contest_foreign,
    "contestation-enregistree": _contest,
}
"""Rows that need no more than a simulation in the right state."""
FOREIGN = {"validation-autre-prestataire", "contestation-autre-prestataire"}
APART = {
    "simulation-neuve",
    "validation-inconnue",
    "validation-bloquee",
    "validation-memoire-paye",
    "validation-sans-objet",
    "contestation-inconnue",
}
ROWS = [
    pytest.param(row, state, id=f"{row.id}-{state}")
    for row in LIFE.transitions
    if row.id in ACTS
    for state in row.states
]


def _row(name):
    return next(row for row in LIFE.transitions if row.id == name)


def test_every_row_is_tried_below():
    assert {row.id for row in LIFE.transitions} == {*ACTS, *FOREIGN, *APART}


def test_the_states_are_those_of_the_list(catalogue):
    assert {code.value for code in catalogue.code_list(LIFE.states).codes} == set(STATES)
    assert {state.value for state in State} == set(STATES) - {"EXPIRE"}


@pytest.mark.parametrize(("row", "state"), ROWS)
def test_a_row_of_a_simulation_that_is_there(desk, row, state):
    found = _in_state(desk, state)
    assert ACTS[row.id](desk, found) == row.refusal
    assert _state(desk, found) == (row.to or state)


def test_a_new_simulation_is_open(desk):
    assert _state(desk, desk.simulate(BAD)) == _row("simulation-neuve").to


def test_what_names_no_simulation(desk):
    nowhere = wire.uuid(77)
    assert desk.pay(nowhere).code == _row("validation-inconnue").refusal
    assert desk.contest(nowhere, (nowhere, "1")).code == _row("contestation-inconnue").refusal


@pytest.mark.parametrize(
    ("name", "asked"),
    [("validation-bloquee", BAD), ("validation-sans-objet", line(act="XCP1"))],
)
def test_a_row_that_needs_another_fee_note(desk, name, asked):
    found = desk.simulate(asked)
    assert desk.pay(found.id).code == _row(name).refusal
    assert _state(desk, found) == "SIMULE"


def test_a_note_paid_while_it_was_simulated_again(desk):
    first = desk.simulate()

    class Meanwhile:
        """A store in which the first simulation is paid just before the second is kept."""

        def __getattr__(self, name):
            return getattr(desk.store, name)

        def add_simulation(self, simulation):
            assert desk.pay(first.id).payment
            desk.store.add_simulation(simulation)

    server = Server(create_app(Services(replace(desk.exchange, store=Meanwhile()))))
    server.start()
    try:
        second = pid_desk.simulated(wire.send(server.url, pid_desk.simulation(line())))
    finally:
        server.stop()
    assert desk.pay(second.id).code == _row("validation-memoire-paye").refusal
    assert _state(desk, second) == "SIMULE"


def test_another_space_moves_nothing():
    with Sandbox(clock=VirtualClock(pid_desk.START), seed=3) as sandbox:
        asked = pid_desk.bare(pid_desk.simulation(BAD))
        answer = sandbox.client("demo-1").send(asked).message.utaretour
        key = answer.identifiant_reponse_simulation
        (anomaly,) = answer.lignes.ligne_utaretour[0].anomalie
        pair = (anomaly.identifiant_anomalie, "1")
        other = sandbox.client("demo-2")
        told = {
            "validation-autre-prestataire": other.send(pid_desk.bare(pid_desk.payment(key))),
            "contestation-autre-prestataire": other.send(
                pid_desk.bare(pid_desk.contestation(key, pair))
            ),
        }
        own = sandbox.client("demo-1").send(pid_desk.bare(pid_desk.contestation(key, pair)))
    assert set(told) == FOREIGN
    for name, each in told.items():
        assert [finding.id for finding in each.report.findings] == [_row(name).refusal]
    assert own.message.motif is None
