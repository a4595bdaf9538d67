"""PID WS1 beyond rounding: echoes, extra line, anomalies, what is remembered."""

import re
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.store import open_store

PERSON, PROVIDER = load().person("demo-1"), load().provider("demo-1")


@pytest.fixture
def exchange():
    with open_store() as store:
        clock = VirtualClock("2023-12-28T00:01:13.539Z")
        yield SynchronousExchange(store, clock, Numbering(1), rules_of(load()))


def _request(*lines):
    return wire.simulation(PERSON.matricule, PROVIDER.code, list(lines))


def _texts(data, name):
    return re.findall(f"<(?:cns|ns6):{name}>([^<]*)<", data.decode())


def test_the_observed_exchange():
    """57.70 → 50.78 and 6.92, as seen in certification; only the count of decimals differs."""
    observed = load().example("pid-sim", "request", "observed").data.decode()
    payload = re.sub(r"^<\?xml[^>]*\?>", "", observed)
    with open_store() as store:
        clock = VirtualClock("2023-12-28T00:01:13.539Z")
        exchange = SynchronousExchange(store, clock, Numbering(1), rules_of(load()))
        ours = exchange.answer(wire.envelope(payload, wire.SIM)).data
    theirs = load().example("pid-sim", "response", "observed").data
    names = ["totalPartStatutaire", "totalParticipationPersonelle", "sommeTotale"]
    names += ["partStatutaire", "participationPersonelle", "montantOpposable"]
    for name in names:
        amounts = [list(map(Decimal, _texts(data, name))) for data in (ours, theirs)]
        assert amounts[0] == amounts[1]


def test_what_is_echoed(exchange):
    data = exchange.answer(_request(wire.SimulationLine(3), wire.SimulationLine(2))).data
    assert _texts(data, "matricule") == [PERSON.matricule]
    assert _texts(data, "idMemoireHonoraire") == [wire.uuid(1000)]
    assert _texts(data, "identifiantPrestation")[:2] == [wire.uuid(3), wire.uuid(2)]


def test_the_prefixes_of_the_field(exchange):
    text = exchange.answer(_request(wire.SimulationLine(1, act="ZZ"))).data.decode()
    root = re.search("<cns:simulationMedecinRetour[^>]*>", text)[0]
    assert 'xmlns:ns6="http://www.secu.lu/ciss/cns/commonTypes"' in root
    assert 'xmlns:ns2="http://ws.mysecu.lu/myguichetbo"' in root
    assert 'xmlns:ns3="http://ws.mysecu.lu/demarches"' in root
    assert "<ns6:codeAnomalie>SIM-001<" in text


def test_the_extra_line_is_a_setting(exchange):
    with_line = exchange.answer(_request(wire.SimulationLine(1))).data
    plain = replace(exchange, rules=replace(exchange.rules, extra_line=False))
    without = plain.answer(_request(wire.SimulationLine(1))).data
    assert len(_texts(with_line, "identifiantPrestation")) == 2
    assert _texts(with_line, "identifiantPrestation")[1] != wire.uuid(1)
    assert _texts(without, "identifiantPrestation") == [wire.uuid(1)]


def test_an_anomaly_names_its_line(exchange):
    request = _request(wire.SimulationLine(1), wire.SimulationLine(2, act="ZZ", place="77"))
    data = exchange.answer(request).data
    assert _texts(data, "codeAnomalie") == ["SIM-001", "SIM-002"]
    assert len({UUID(value) for value in _texts(data, "identifiantAnomalie")}) == 2
    inside = re.findall("<ns6:identifiantPrestation>([^<]*)<", data.decode())
    assert inside == [wire.uuid(2)] * 2
    act, place = _texts(data, "motif")
    assert "« ZZ »" in act
    assert "« 77 »" in place


def test_the_simulation_is_remembered(exchange):
    data = exchange.answer(_request(wire.SimulationLine(1, count=2))).data
    (key,) = _texts(data, "identifiantReponseSimulation")
    kept = exchange.store.simulation(key)
    assert kept.fee_note == wire.uuid(1000)
    assert kept.sender == PROVIDER.code
    assert kept.simulated_at == exchange.clock.now()
    expected = (Decimal("101.55"), Decimal("13.85"), Decimal("115.40"))
    assert (kept.statutory, kept.personal, kept.total) == expected


@pytest.mark.parametrize("day", ["12023-01-01", "-0044-03-15", "2023-12-28Z", "2023-12-28-14:00"])
def test_no_date_that_the_schema_allows_is_a_crash(exchange, day):
    answer = exchange.answer(_request(wire.SimulationLine(1, day=day)))
    assert answer.status == 200
    expected = [] if day.startswith("2023") else ["SIM-004"]
    assert [code for code in _texts(answer.data, "codeAnomalie") if code != "SIM-003"] == expected


def test_ninety_nine_lines(exchange):
    lines = [wire.SimulationLine(number) for number in range(1, 100)]
    data = exchange.answer(_request(*lines)).data
    assert _texts(data, "totalPartStatutaire") == ["5027.22"]
    assert len(_texts(data, "identifiantPrestation")) == 100


def test_the_same_seed_and_clock_give_the_same_bytes():
    answers = []
    for _ in range(2):
        with open_store() as store:
            clock = VirtualClock("2023-12-28T00:01:13.539Z")
            exchange = SynchronousExchange(store, clock, Numbering(5), rules_of(load()))
            requests = [_request(wire.SimulationLine(1, act="ZZ")), b"<a/>", b""]
            answers.append([exchange.answer(request).data for request in requests])
    assert answers[0] == answers[1]
