"""PID WS3: what may be contested, once, and what follows."""

from datetime import timedelta
from uuid import UUID

import pytest

import pid_desk
import wire
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.store import State
from pid_desk import NIL, line

CODES = ["1", "2", "3"]


def _is_refused(answer, code, *parts):
    assert answer.id == NIL
    assert answer.code == code
    assert [part for part in parts if part not in answer.reason] == []


@pytest.fixture
def found(desk):
    """A simulation with an anomaly of a line and one of the note."""
    return desk.simulate(line(1), line(2, "ZZ9"), person="demo-10")


@pytest.mark.parametrize("code", CODES)
def test_an_anomaly_is_contested_with_every_known_code(desk, found, code):
    answer = desk.contest(found.id, (found.anomaly("SIM-001"), code))
    assert (answer.simulation, answer.reason) == (found.id, None)
    assert answer.id == str(UUID(answer.id)) != NIL
    assert answer.at == pid_desk.START
    assert desk.store.simulation(found.id).state is State.CONTESTED


def test_the_known_codes_are_those_of_the_list(catalogue):
    assert [code.value for code in catalogue.code_list("codes-contestation").codes] == CODES


def test_several_anomalies_are_contested_together(desk, found):
    pairs = zip(found.anomalies, CODES, strict=False)
    assert desk.contest(found.id, *pairs).reason is None


def test_letter_case_does_not_distinguish_anomalies(desk, found):
    key = found.anomaly("SIM-001").upper()
    assert desk.contest(found.id.upper(), (key, "1")).reason is None


def test_an_unknown_code_is_refused(desk, found):
    answer = desk.contest(found.id, (found.anomaly("SIM-001"), "9"))
    _is_refused(answer, "SIM-021", "« 9 »", "1, 2, 3")
    assert desk.store.simulation(found.id).state is State.OPEN


def test_the_same_anomaly_twice_is_refused(desk, found):
    key = found.anomaly("SIM-001")
    _is_refused(desk.contest(found.id, (key, "1"), (key.upper(), "2")), "SIM-022", key.upper())


@pytest.mark.parametrize("wrong", [wire.uuid(1000), wire.uuid(1), NIL])
def test_what_is_no_anomaly_of_the_simulation_is_refused(desk, found, wrong):
    """The identifiers of the fee note and of a line are what was sent by mistake in the field."""
    answer = desk.contest(found.id, (found.anomaly("SIM-001"), "1"), (wrong, "1"))
    _is_refused(answer, "SIM-020", wrong, "SIM-001, SIM-008")
    assert desk.contest(found.id, (found.anomaly("SIM-001"), "1")).reason is None


def test_a_simulation_without_anomalies_has_nothing_to_contest(desk):
    found = desk.simulate()
    _is_refused(desk.contest(found.id, (wire.uuid(1), "1")), "SIM-020", "aucune")
    assert desk.pay(found.id).payment is not None


def test_an_unknown_simulation_is_not_contested(desk):
    answer = desk.contest(wire.uuid(5), (wire.uuid(6), "1"))
    _is_refused(answer, "SIM-010", wire.uuid(5))
    assert answer.simulation == wire.uuid(5)
    assert answer.at == pid_desk.START


def test_a_second_contest_says_since_when(desk, found):
    pair = (found.anomaly("SIM-001"), "1")
    desk.contest(found.id, pair)
    desk.clock.advance(timedelta(minutes=5))
    _is_refused(desk.contest(found.id, pair), "SIM-015", pid_desk.START)


def test_a_paid_simulation_is_not_contested(desk):
    found = desk.simulate(person="demo-8")
    payment = desk.pay(found.id).payment
    _is_refused(desk.contest(found.id, (found.anomaly("SIM-003"), "1")), "SIM-014", payment)


def test_a_superseded_simulation_is_not_contested(desk):
    first = desk.simulate(line(act="ZZ9"))
    second = desk.simulate(line(act="ZZ9"))
    _is_refused(desk.contest(first.id, (first.anomaly("SIM-001"), "1")), "SIM-013", second.id)


def test_an_expired_simulation_is_not_contested(desk, found):
    desk.clock.advance(timedelta(hours=24))
    _is_refused(desk.contest(found.id, (found.anomaly("SIM-001"), "1")), "SIM-012", pid_desk.START)


def test_only_the_space_of_the_simulation_or_of_its_biller_may_contest():
    with Sandbox(clock=VirtualClock(pid_desk.START), seed=3) as sandbox:
        asked = pid_desk.bare(pid_desk.simulation(line(act="ZZ9")))
        answer = sandbox.client("demo-1").send(asked).message.utaretour
        (anomaly,) = answer.lignes.ligne_utaretour[0].anomalie
        key, pair = answer.identifiant_reponse_simulation, (anomaly.identifiant_anomalie, "1")
        contest = pid_desk.bare(pid_desk.contestation(key, pair))
        foreign = sandbox.client("demo-2").send(contest)
        own = sandbox.client("demo-1").send(contest)
    assert foreign.message.motif.value.startswith("SIM-011 : ")
    assert [finding.id for finding in foreign.report.findings] == ["SIM-011"]
    assert foreign.message.identifiant_contestation == NIL
    assert own.message.motif is None
