"""What the switchboard holds for the next calls, as a client meets it."""

import http.client
import re
import time

import pytest

import secured
import wire
from memhon.catalogue import load
from memhon.client import Client
from memhon.clock import VirtualClock
from memhon.errors import CatalogueError, SandboxError, SecurityError, TransportError
from memhon.local import Sandbox
from memhon.sandbox import Effect, rule
from memhon.sandbox.ondemand import OTHER_CORRELATION
from memhon.store import open_store

START = "2023-12-28T00:01:13.539Z"
REQUESTS = {exchange.id: exchange for exchange in load().exchanges}


def request(exchange, name="minimal"):
    """An example of the catalogue in its envelope."""
    data = load().example(exchange, "request", name).data.decode()
    return wire.envelope(data[data.index("?>") + 2 :], REQUESTS[exchange].model_uid)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store.sqlite3"


@pytest.fixture
def running(place):
    with Sandbox(clock=VirtualClock(START), seed=7, security="off", store=place) as sandbox:
        yield sandbox


@pytest.fixture
def other(place, running):
    """The same store, as another process would open it."""
    with open_store(place) as store:
        yield store


def fine(url, exchange="pid-sim"):
    answer = wire.send(url, request(exchange))
    assert answer.status == 200, answer.data
    assert "x-memhon-on-demand" not in answer.headers
    return answer


def met(url, effect, exchange="pid-sim"):
    answer = wire.send(url, request(exchange))
    assert effect == answer.headers.get("x-memhon-on-demand")
    return answer


@pytest.mark.parametrize("identifier", ["SBX-006", "SBX-020", "SEC-040", "SEC-047"])
def test_the_next_calls_get_the_fault_and_no_more(running, other, identifier):
    other.switches.add(rule(Effect.FAULT, detail=identifier, count=2))
    for _ in range(2):
        secured.told(met(running.url, "fault"), identifier)
    fine(running.url)
    assert [(0, 2)] == [(each.left, each.used) for each in other.switches.all()]


@pytest.mark.parametrize("exchange", sorted(set(REQUESTS) - {"ra-doc"}))
def test_every_exchange_refuses_with_the_anomaly(running, other, exchange):
    identifier = "MH-001" if exchange.startswith("ra") else "SIM-001"
    other.switches.add(rule(Effect.ANOMALY, detail=identifier, exchange=exchange))
    answer = met(running.url, "anomaly", exchange)
    assert answer.status == 200, answer.data
    assert identifier.encode() in answer.data


def test_the_reading_of_a_fee_note_refuses_with_a_fault(running, other):
    other.switches.add(rule(Effect.ANOMALY, detail="MH-010"))
    answer = met(running.url, "anomaly", "ra-doc")
    secured.told(answer, "SBX-040")
    assert b"MH-010" in answer.data


def test_a_refusal_on_demand_keeps_nothing(running, other):
    other.switches.add(rule(Effect.ANOMALY, detail="MH-010"))
    met(running.url, "anomaly", "ra-depot")
    assert 0 == other.count_deposits()


def test_a_delay_lets_the_client_wait(running, other):
    other.switches.add(rule(Effect.DELAY, detail="0.6"))
    start = time.monotonic()
    assert met(running.url, "delay").status == 200
    assert time.monotonic() - start >= 0.6


def test_a_client_that_waits_less_gives_up_and_may_send_again(running, other):
    other.switches.add(rule(Effect.DELAY, detail="2", exchange="ra-depot"))
    client = Client(running.url, security="off", timeout=0.5)
    data = load().example("ra-depot", "request", "minimal").data
    with pytest.raises(TransportError) as caught:
        client.send(data)
    assert ["NET-002"] == [finding.id for finding in caught.value.findings]
    assert "MH-001" in [finding.id for finding in client.send(data).report.findings]


@pytest.mark.parametrize("effect", [Effect.CUT, Effect.HALF])
def test_a_cut_loses_the_answer_and_not_the_deposit(running, other, effect):
    other.switches.add(rule(effect, exchange="ra-depot"))
    wanted = http.client.IncompleteRead if effect is Effect.HALF else ConnectionError
    with pytest.raises(wanted):
        wire.send(running.url, request("ra-depot"))
    assert 1 == other.count_deposits()
    again = wire.send(running.url, request("ra-depot"))
    assert "MH-001" == again.text(".//anomalies/code")


@pytest.mark.parametrize("effect", [Effect.CUT, Effect.HALF])
def test_our_client_tells_a_cut(running, other, effect):
    other.switches.add(rule(effect))
    with pytest.raises(TransportError) as caught:
        running.client().send(secured.SIMULATION)
    assert ["NET-006"] == [finding.id for finding in caught.value.findings]


@pytest.mark.parametrize("effect", [Effect.CUT, Effect.HALF])
def test_a_cut_over_tls_is_a_cut(place, effect):
    with Sandbox(clock=VirtualClock(START), store=place, tls=True) as sandbox:
        client = sandbox.client()
        with open_store(place) as store:
            store.switches.add(rule(effect))
        with pytest.raises(TransportError) as caught:
            client.send(secured.SIMULATION)
        assert ["NET-006"] == [finding.id for finding in caught.value.findings]
        assert client.send(secured.SIMULATION).report.verdict == "valid"


def test_maintenance_is_no_soap_and_says_when_to_return(running, other):
    other.switches.add(rule(Effect.MAINTENANCE))
    answer = met(running.url, "maintenance", "ra-depot")
    assert (503, "120") == (answer.status, answer.headers["retry-after"])
    assert answer.headers["content-type"].startswith("text/plain")
    assert 0 == other.count_deposits()


def test_another_calls_answer_names_other_identifiers(running, other):
    asked = re.search(rb"idMemoireHonoraire>([^<]+)<", request("pid-sim"))[1]
    assert asked in fine(running.url).data
    other.switches.add(rule(Effect.CORRELATION))
    answer = met(running.url, "wrong-correlation")
    assert answer.status == 200
    assert f"Correlation-ID: {OTHER_CORRELATION}".encode() in answer.data
    assert asked not in answer.data


def test_a_token_that_counts_as_expired_is_a_fault(running, other):
    other.switches.add(rule(Effect.TOKEN))
    secured.told(met(running.url, "expired-token"), "SEC-041")


def test_a_rule_waits_for_its_exchange_and_its_practitioner(running, other):
    other.switches.add(
        rule(Effect.FAULT, detail="SBX-006", exchange="pid-sim", practitioner="demo-2")
    )
    fine(running.url)
    code = load().provider("demo-2").code
    person = load().person("demo-1").matricule
    data = wire.simulation(person, code, [wire.SimulationLine(1)])
    secured.told(wire.send(running.url, data), "SBX-006")
    fine(running.url)


def test_a_refused_request_uses_no_rule(running, other):
    other.switches.add(rule(Effect.FAULT, detail="SBX-006"))
    secured.told(wire.send(running.url, b"<a/>"), "SBX-002")
    assert [1] == [each.left for each in other.switches.all()]


def test_without_security_a_rule_about_signatures_waits(running, other):
    other.switches.add(rule(Effect.SIGNATURE))
    fine(running.url)
    assert [1] == [each.left for each in other.switches.all()]


def test_a_wrong_signature_is_not_believed(place):
    with Sandbox(clock=VirtualClock(START), seed=7, store=place) as sandbox:
        client = sandbox.client()
        with open_store(place) as store:
            store.switches.add(rule(Effect.SIGNATURE, practitioner="demo-1"))
        with pytest.raises(SecurityError):
            client.send(secured.SIMULATION)
        assert client.send(secured.SIMULATION).report.verdict == "valid"


def test_two_workers_share_a_rule(place, running, other):
    with Sandbox(clock=VirtualClock(START), security="off", store=place) as second:
        other.switches.add(rule(Effect.FAULT, detail="SBX-006", count=3))
        status = [wire.send(each.url, request("pid-sim")).status for each in [running, second] * 3]
    assert [500, 500, 500, 200, 200, 200] == status


@pytest.mark.parametrize(
    ("effect", "options", "error"),
    [
        (Effect.FAULT, {"detail": "MH-001"}, SandboxError),
        (Effect.FAULT, {"detail": "SBX-999"}, SandboxError),
        (Effect.ANOMALY, {"detail": "SBX-001"}, SandboxError),
        (Effect.DELAY, {"detail": "soon"}, SandboxError),
        (Effect.DELAY, {"detail": "nan"}, SandboxError),
        (Effect.DELAY, {"detail": "601"}, SandboxError),
        (Effect.CUT, {"detail": "1"}, SandboxError),
        (Effect.CUT, {"count": 0}, SandboxError),
        (Effect.CUT, {"exchange": "pid-xyz"}, CatalogueError),
        (Effect.CUT, {"practitioner": "nobody"}, SandboxError),
    ],
)
def test_a_rule_without_sense_is_refused(effect, options, error):
    with pytest.raises(error):
        rule(effect, **options)
