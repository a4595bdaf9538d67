"""Each way a request can be wrong has its fault, with the findings and without a traceback."""

import re
import sqlite3
from dataclasses import replace

import pytest

import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.findings import explain
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.sandbox.behaviours import ANSWERS
from memhon.store import open_store


def _simulation():
    person, provider = load().person("demo-1"), load().provider("demo-1")
    return wire.simulation(person.matricule, provider.code, [wire.SimulationLine(1)])


def _payload(data):
    return re.search(b"<s:RequestInfo[^>]*>(.*)</s:RequestInfo>", data, re.DOTALL)[1].decode()


GOOD = _simulation()
BARE = _payload(GOOD)
ANSWER = re.sub(
    r"^<\?xml[^>]*\?>", "", load().example("pid-sim", "response", "minimal").data.decode()
)
CASES = {
    "empty": (b"", "SBX-001", "FORM-001"),
    "no XML": (b"hello", "SBX-001", "FORM-002"),
    "truncated": (GOOD[:-40], "SBX-001", "FORM-003"),
    "doctype": (b"<!DOCTYPE a>" + GOOD, "SBX-001", "FORM-008"),
    "comment inside": (GOOD.replace(b"C1", b"C<!-- x -->1"), "SBX-001", "FORM-010"),
    "NUL": (GOOD.replace(b"C1", b"C\x001"), "SBX-001", "FORM-007"),
    "bare message": (BARE.encode(), "SBX-002", "FORM-014"),
    "unknown bare root": (b"<a/>", "SBX-002", "FORM-012"),
    "SOAP 1.2": (
        GOOD.replace(wire.SOAP.encode(), b"http://www.w3.org/2003/05/soap-envelope"),
        "SBX-002",
        "FORM-014",
    ),
    "empty body": (
        f'<e:Envelope xmlns:e="{wire.SOAP}"><e:Body/></e:Envelope>'.encode(),
        "SBX-002",
        "FORM-014",
    ),
    "two payloads": (wire.envelope(BARE + BARE, wire.SIM), "SBX-002", "FORM-014"),
    "no model": (wire.envelope(BARE, None), "SBX-003", "FORM-015"),
    "unknown model": (wire.envelope(BARE, "2023-CNS-PID-SIM-V9"), "SBX-003", "FORM-015"),
    "unknown model and message": (wire.envelope("<a/>", "X"), "SBX-003", "FORM-015"),
    "another model": (wire.envelope(BARE, wire.DEPOT), "SBX-003", "FORM-016"),
    "unknown message": (wire.envelope("<a/>", wire.SIM), "SBX-004", "FORM-012"),
    "wrong namespace": (
        wire.envelope("<simulationMedecin/>", wire.SIM),
        "SBX-004",
        "FORM-013",
    ),
    "missing element": (
        GOOD.replace(b"<c:lieuDePrestation>01</c:lieuDePrestation>", b""),
        "SBX-004",
        "XSD-002",
    ),
    "bad value": (GOOD.replace(b">2023-12-28<", b">28.12.2023<"), "SBX-004", "XSD-026"),
    "answer as request": (wire.envelope(ANSWER, wire.SIM), "SBX-007", "FORM-019"),
    "answer in its own envelope": (
        wire.envelope(ANSWER, None, carrier="ResponseInfo"),
        "SBX-007",
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_request_gets_its_fault(sandbox, name):
    data, fault, finding = CASES[name]
    answer = wire.send(sandbox.url, data)
    registered = explain(fault)
    assert answer.status == 500
    assert answer.headers["content-type"] == "text/xml;charset=UTF-8"
    assert answer.text(".//soap:Fault/faultcode") == f"soap:{registered.side}.{registered.fault}"
    detail = answer.root.find(".//soap:Fault/detail/mh:fault", wire.NAMES)
    assert detail.get("code") == fault
    found = [node.get("code") for node in detail.iterfind("mh:finding", wire.NAMES)]
    assert found[:1] == ([] if finding is None else [finding])
    assert len(answer.text(".//faultstring")) > 30


def test_a_schema_fault_tells_where_and_what(sandbox):
    wrong = GOOD.replace(b"<k:nombre>1<", b"<k:nombre>100<")
    node = wire.send(sandbox.url, wrong).root.find(".//mh:finding", wire.NAMES)
    assert node.get("code") == "XSD-016"
    assert node.get("line") == "1"
    assert node.get("xpath").endswith("nombre")
    assert node.get("found") == "100"
    assert "99" in node.text


def test_a_fault_begins_like_every_answer(sandbox):
    answer = wire.send(sandbox.url, b"<a/>")
    lines = answer.data.decode().split("\n")
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    assert lines[1].startswith("<!--MemHon")
    correlation = re.fullmatch(r"Correlation-ID: (Id-[0-9a-f]{24})-->", lines[4])[1]
    assert answer.text(".//mh:correlationId") == correlation
    body_id = answer.root.find("soap:Body", wire.NAMES).get(f"{{{wire.WSU}}}Id")
    assert re.fullmatch(r"Id-0001703721673539-[0-9a-f]{16}-1", body_id)


@pytest.fixture
def exchange():
    with open_store() as store:
        clock = VirtualClock("2023-12-28T00:01:13.539Z")
        yield SynchronousExchange(store, clock, Numbering(1), rules_of(load()))


def test_a_crash_is_an_internal_fault_without_a_traceback(exchange, caplog):
    def crash(_request, _context):
        raise RuntimeError("secret of the machine")

    answer = replace(exchange, behaviours={**ANSWERS, "pid-sim": crash}).answer(GOOD)
    assert answer.status == 500
    assert b"soap:Server.ErreurInterne" in answer.data
    assert b'code="SBX-006"' in answer.data
    assert b"secret" not in answer.data
    assert b"Traceback" not in answer.data
    assert "secret of the machine" in caplog.text


def test_an_invalid_answer_of_ours_is_an_internal_fault(exchange, caplog):
    def wrong(request, context):
        from memhon.sandbox.behaviours.pid.simulation import simulate

        answer = simulate(request, context)
        answer.utaretour.matricule = "0"
        return answer

    answer = replace(exchange, behaviours={**ANSWERS, "pid-sim": wrong}).answer(GOOD)
    assert answer.status == 500
    assert b"soap:Server.ErreurInterne" in answer.data
    assert "XSD-010" in caplog.text


def test_a_store_that_fails_is_named(exchange, caplog, tmp_path):
    path = tmp_path / "store.sqlite3"
    with open_store(path) as store:
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE simulations")
        connection.close()
        answer = replace(exchange, store=store).answer(GOOD)
    assert answer.status == 500
    assert b"soap:Server.DepotDeDonneesIndisponible" in answer.data
    assert b'code="SBX-020"' in answer.data
    assert "no such table: simulations" in caplog.text
    assert "Traceback" not in caplog.text
