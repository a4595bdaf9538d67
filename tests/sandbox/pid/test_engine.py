"""PID WS1: what breaks a rule, what it costs, and how the answer is read."""

from decimal import Decimal

import pytest

import wire
from memhon.sandbox.behaviours.pid.engine import conditions
from pid_desk import line

NOTHING = (0, Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))


def _amounts(found):
    return found.count, found.statutory, found.personal, found.opposable


def _euros(*texts):
    return tuple(map(Decimal, texts))


def test_the_catalogue_names_every_condition_once(catalogue):
    named = [(rule.subject, rule.condition) for rule in catalogue.engine]
    assert sorted(named) == sorted(conditions())


def test_every_rule_has_its_words_and_a_finding_of_the_simulation(catalogue):
    for rule in catalogue.engine:
        assert len(rule.statement) >= 40, rule.id
        assert "hypothese" in rule.provenance, rule.id
        assert "pid-sim" in catalogue.findings[rule.finding].exchanges, rule.id
        severity = catalogue.findings[rule.finding].severity
        assert (severity == "error") is rule.blocks, rule.id
        assert rule.lifted_by <= {
            code.value for code in catalogue.code_list("codes-contestation").codes
        }


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (line(act="ZZ9"), "SIM-001"),
        (line(place="99"), "SIM-002"),
        (line(day="2020-01-01"), "SIM-004"),
        (line(act="XAP1"), "SIM-006"),
    ],
)
def test_a_line_that_breaks_a_rule_is_refused_alone(desk, asked, code):
    found = desk.simulate(asked, line(2))
    assert found.lines[wire.uuid(1)].codes == (code,)
    assert _amounts(found.lines[wire.uuid(1)]) == NOTHING
    assert found.lines[wire.uuid(2)].codes == ()
    assert found.totals == _euros("50.78", "6.92", "57.70")
    assert list(found.anomalies.values()) == [(code, wire.uuid(1))]


def test_a_line_may_break_several_rules(desk):
    found = desk.simulate(line(act="ZZ9", place="99"))
    assert found.lines[wire.uuid(1)].codes == ("SIM-001", "SIM-002")


def test_a_repeated_identifier_refuses_the_later_line(desk):
    answer = desk.simulate(line(1), line(1, "C43"))
    assert answer.anomalies == {answer.anomaly("SIM-009"): ("SIM-009", wire.uuid(1))}
    assert answer.totals == _euros("50.78", "6.92", "57.70")


@pytest.mark.parametrize(
    ("person", "code", "blocks"), [("demo-8", "SIM-003", False), ("demo-10", "SIM-008", True)]
)
def test_an_anomaly_of_the_whole_note_names_no_line(desk, person, code, blocks):
    found = desk.simulate(person=person)
    assert list(found.anomalies.values()) == [(code, None)]
    assert found.totals == _euros("50.78", "6.92", "57.70")
    kept = desk.store.simulation(found.id)
    assert [(each.code, each.blocking) for each in kept.anomalies] == [(code, blocks)]


def test_anomalies_of_lines_and_of_the_note_stand_together(desk):
    found = desk.simulate(line(1), line(2, "ZZ9"), person="demo-10")
    assert list(found.anomalies.values()) == [("SIM-001", wire.uuid(2)), ("SIM-008", None)]


@pytest.mark.parametrize(("person", "rate"), [("demo-6", "57.70"), ("demo-1", "50.78")])
def test_a_minor_is_paid_in_full(desk, person, rate):
    found = desk.simulate(person=person)
    assert found.totals[0] == Decimal(rate)
    assert found.codes == []


def test_several_lines_are_found_by_their_identifiers(desk):
    found = desk.simulate(line(3, "1D22", count=3), line(1), line(2, "F271", place="04"))
    assert _amounts(found.lines[wire.uuid(1)]) == (1, *_euros("50.78", "6.92", "57.70"))
    assert _amounts(found.lines[wire.uuid(2)]) == (1, *_euros("88.00", "12.00", "100.00"))
    assert _amounts(found.lines[wire.uuid(3)]) == (3, *_euros("10.67", "1.45", "12.12"))
    assert found.totals == _euros("149.45", "20.37", "169.82")


def test_the_extra_line_has_an_identifier_of_its_own(desk):
    found = desk.simulate(line(1), line(2))
    (extra,) = set(found.lines) - {wire.uuid(1), wire.uuid(2)}
    assert _amounts(found.lines[extra]) == (1, *_euros("0.00", "0.00", "0.00"))


def test_what_is_not_opposable_stands_beside_the_totals(desk):
    found = desk.simulate(line(1, "F271", count=2), line(2, "XCP1", count=3), line(3))
    assert found.lines[wire.uuid(1)].non_opposable == Decimal("10.00")
    assert found.lines[wire.uuid(2)].non_opposable == Decimal("37.50")
    assert found.lines[wire.uuid(2)].opposable == Decimal("0.00")
    assert found.lines[wire.uuid(3)].non_opposable is None
    assert found.totals == _euros("226.78", "30.92", "257.70")


def test_a_refused_line_has_nothing_that_is_not_opposable(desk):
    found = desk.simulate(line(1, "F271", place="99"))
    assert found.lines[wire.uuid(1)].non_opposable == Decimal("0.00")


@pytest.mark.parametrize(
    ("asked", "person", "code", "lifting"),
    [(line(act="XAP1"), "demo-1", "SIM-006", "2"), (line(), "demo-10", "SIM-008", "3")],
)
@pytest.mark.parametrize("contest", ["1", "2", "3"])
def test_a_contest_lifts_the_rule_that_names_its_code(desk, asked, person, code, lifting, contest):
    first = desk.simulate(asked, person=person)
    assert desk.contest(first.id, (first.anomaly(code), contest)).reason is None
    again = desk.simulate(asked, person=person)
    assert again.codes == (["SIM-023"] if contest == lifting else [code])
    assert desk.pay(again.id).code == (None if contest == lifting else "SIM-016")


def test_a_contest_counts_for_its_own_note_and_line_only(desk):
    first = desk.simulate(line(1, "XAP1"))
    desk.contest(first.id, (first.anomaly("SIM-006"), "2"))
    assert desk.simulate(line(1, "XAP1"), note=1001).codes == ["SIM-006"]
    assert desk.simulate(line(1, "XAP1"), provider="demo-2").codes == ["SIM-006"]
    both = desk.simulate(line(1, "XAP1"), line(2, "XAP1"))
    assert list(both.anomalies.values()) == [
        ("SIM-023", wire.uuid(1)),
        ("SIM-006", wire.uuid(2)),
    ]


def test_lines_and_anomalies_are_remembered(desk):
    found = desk.simulate(line(1, "F271"), line(2, "ZZ9"))
    kept = desk.store.simulation(found.id)
    assert [(each.id, each.act) for each in kept.lines[:2]] == [
        (wire.uuid(1), "F271"),
        (wire.uuid(2), "ZZ9"),
    ]
    assert [each.id for each in kept.anomalies] == list(found.anomalies)
    assert kept.lines[0].non_opposable == Decimal("5.00")
