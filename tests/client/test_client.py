"""The client against a sandbox and against peers that misbehave."""

import re

import pytest

import peer
import wire
from memhon import messages
from memhon.catalogue import load
from memhon.client import Client
from memhon.client.chain import AUTHENTICATION_STEP, TOKEN_STEP
from memhon.errors import CatalogueError, MessageError, SoapFault, TransportError
from memhon.findings import Severity, Verdict, make
from memhon.intake import read
from memhon.local import Sandbox
from memhon.soap import Correlation, write_answer

SIMULATION = load().example("pid-sim", "request", "minimal").data
DEPOSIT = load().example("ra-depot", "request", "rich").data
CORRELATION = "Id-" + "ab" * 12


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(seed=3) as running:
        yield running


@pytest.fixture
def client(sandbox):
    return sandbox.client()


@pytest.fixture(scope="module")
def bare():
    """A client that signs nothing, of a sandbox that checks nothing."""
    with Sandbox(seed=3, security="off") as running:
        yield running.client()


def test_bytes_and_binding_go_the_same_way(client):
    by_bytes = client.send(SIMULATION)
    by_binding = client.send(messages.parse(SIMULATION))
    for answer in (by_bytes, by_binding):
        assert type(answer.message).__name__ == "SimulationMedecinRetour"
        assert str(answer.message.utaretour.somme_totale) == "57.70"
        assert answer.report.verdict is Verdict.VALID
        assert re.fullmatch("Id-[0-9a-f]{24}", answer.correlation_id)
        assert answer.correlation_id.encode() in answer.raw


def test_the_trace_tells_what_went_over_the_wire(client):
    answer = client.send(SIMULATION)
    *before, step = answer.trace
    assert [AUTHENTICATION_STEP, TOKEN_STEP] == [earlier.name for earlier in before]
    assert [200, 200, 200] == [made.status for made in answer.trace]
    assert step.url == client.endpoint
    assert step.response == answer.raw
    assert step.response_headers["x-memhon-exchange"] == "pid-sim"
    assert b'modelUID="2023-CNS-PID-SIM-V1"' in step.request


def test_an_envelope_is_sent_byte_for_byte(bare):
    odd = wire.envelope(SIMULATION.decode().partition("?>")[2], wire.SIM) + b"\n \n<!-- end -->"
    assert bare.send(odd).trace[0].request == odd


def test_an_anomaly_is_a_finding(client):
    wrong = SIMULATION.replace(b">C1<", b">ZZ9<")
    report = client.send(wrong).report
    (finding,) = report.findings
    assert (finding.id, finding.severity) == ("SIM-001", Severity.ERROR)
    assert finding.found == "ZZ9"
    assert "« ZZ9 »" in finding.text("fr")
    assert '"ZZ9"' in finding.text("en")
    assert finding.line > 1
    assert finding.xpath.endswith("/cns:anomalie")
    assert report.verdict is Verdict.INVALID


def test_a_duplicate_deposit_is_a_finding(client):
    first = client.send(DEPOSIT)
    second = client.send(DEPOSIT)
    assert first.report.errors == ()
    assert [finding.id for finding in second.report.errors] == ["MH-001"]
    uuid = re.search(b"<UUID>(.*)</UUID>", DEPOSIT)[1].decode()
    assert uuid in second.report.errors[0].text("fr")


def test_a_fault_is_raised_with_everything_it_says(client):
    wrong = SIMULATION.replace(b"<com:nombre>1<", b"<com:nombre>100<")
    with pytest.raises(SoapFault) as caught:
        client.send(wrong)
    fault = caught.value
    assert fault.code == "soap:Client.MessageInvalide"
    assert fault.detail_id == "SBX-004"
    assert [finding.id for finding in fault.findings] == ["XSD-016"]
    assert fault.findings[0].found == "100"
    assert fault.correlation_id in str(fault)
    assert fault.correlation_id.encode() in fault.raw


def test_a_wrong_envelope_reaches_the_peer(bare):
    with pytest.raises(SoapFault) as caught:
        bare.send(wire.envelope("<a/>", "X"))
    assert caught.value.detail_id == "SBX-003"


@pytest.mark.parametrize(
    ("data", "exchange", "finding"),
    [
        (b"", None, "FORM-001"),
        (SIMULATION[:300], None, "FORM-003"),
        (b"<a/>", None, "FORM-012"),
        (SIMULATION, "ra-depot", "FORM-017"),
        (wire.envelope("<a/>", "X"), "pid-sim", "FORM-012"),
    ],
)
def test_what_is_no_message_is_not_sent(data, exchange, finding):
    with pytest.raises(MessageError) as caught:
        Client("http://127.0.0.1:1").send(data, exchange)
    assert [found.id for found in caught.value.findings] == [finding]


def test_a_binding_of_another_exchange_is_not_sent():
    with pytest.raises(MessageError) as caught:
        Client("http://127.0.0.1:1").send(messages.parse(SIMULATION), "ra-depot")
    assert [found.id for found in caught.value.findings] == ["FORM-017"]


def test_what_is_no_binding_is_not_sent():
    with pytest.raises(MessageError) as caught:
        Client("http://127.0.0.1:1").send("<a/>")
    assert [found.id for found in caught.value.findings] == ["BIND-003"]


def test_an_unknown_exchange_is_told():
    with pytest.raises(CatalogueError):
        Client("http://127.0.0.1:1").send(SIMULATION, "pid-xyz")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        ("200 OK", b"<html>Hello</html>", "text/html"),
        ("502 Bad Gateway", b"upstream died", "text/plain"),
        ("200 OK", b"", "text/xml"),
        ("302 Found", b"", "text/html"),
        ("404 Not Found", b"<a/>", "text/xml"),
    ],
)
def test_an_answer_that_is_not_soap(status, body, kind):
    with (
        peer.answering(peer.http(status, body, kind)) as other,
        pytest.raises(TransportError) as caught,
    ):
        Client(other.url, security="off").send(SIMULATION)
    assert not isinstance(caught.value, SoapFault)
    (finding,) = caught.value.findings
    assert finding.id == "NET-003"
    assert status[:3] in finding.text("fr")
    assert kind in finding.text("fr")


def _answer(payload, status="200 OK"):
    correlation = Correlation("a", "b", "c", CORRELATION)
    data = write_answer(read(payload).root, correlation=correlation, body_id="x")
    return peer.http(status, data)


def _refused(http):
    with peer.answering(http) as other, pytest.raises(MessageError) as caught:
        Client(other.url, security="off").send(SIMULATION)
    assert CORRELATION in str(caught.value)
    return [finding.id for finding in caught.value.findings]


def test_an_answer_that_does_not_validate():
    good = load().example("pid-sim", "response", "minimal").data
    bad = re.sub(rb"<cns:sommeTotale>[^<]*", b"<cns:sommeTotale>x", good)
    assert _refused(_answer(bad)) == ["XSD-025"]


def test_an_answer_of_another_exchange():
    assert _refused(_answer(load().example("pid-val", "response", "minimal").data)) == ["FORM-017"]


def test_an_answer_that_the_published_schema_lets_pass_but_does_not_bind():
    junk = b'<r:memoireHonorairesRetour xmlns:r="http://www.secu.lu/ciss/cns"><x/></r:memoireHonorairesRetour>'
    with peer.answering(_answer(junk)) as other, pytest.raises(MessageError) as caught:
        Client(other.url, security="off").send(DEPOSIT)
    assert CORRELATION in str(caught.value)
    assert caught.value.findings


def test_an_echo_is_no_answer():
    with peer.answering(peer.http("200 OK", wire.envelope("", None))) as other:
        echo = wire.envelope(SIMULATION.decode().partition("?>")[2], wire.SIM)
        with pytest.raises(MessageError):
            Client(other.url, security="off").send(SIMULATION)
    with peer.answering(peer.http("200 OK", echo)) as other, pytest.raises(MessageError) as caught:
        Client(other.url, security="off").send(SIMULATION)
    assert [finding.id for finding in caught.value.findings] == ["FORM-019"]


def test_a_good_answer_with_a_bad_status_is_not_taken():
    good = load().example("pid-sim", "response", "minimal").data
    with (
        peer.answering(_answer(good, "500 Internal Server Error")) as other,
        pytest.raises(TransportError) as caught,
    ):
        Client(other.url, security="off").send(SIMULATION)
    assert [finding.id for finding in caught.value.findings] == ["NET-003"]


def test_an_anomaly_of_an_unknown_code():
    good = load().example("pid-sim", "response", "rich").data
    odd = re.sub(rb"SIM-\d{3}", b"XY-12", good)
    asked = load().example("pid-sim", "request", "rich").data
    with peer.answering(_answer(odd)) as other:
        report = Client(other.url, security="off").send(asked).report
    assert {finding.id for finding in report.findings} == {"ANO-001"}
    assert "XY-12" in report.findings[0].text("fr")


def test_a_refusal_with_an_unknown_code_is_an_error():
    deposit = load().example("ra-depot", "request", "rich").data
    good = load().example("ra-depot", "response", "rich").data
    refused = re.sub(
        rb"<type>[^<]*<", b"<type>REFUS<", re.sub(rb"<code>[^<]*<", b"<code>XY-1<", good)
    )
    with peer.answering(_answer(refused)) as other:
        report = Client(other.url, security="off").send(deposit).report
    assert {"ANO-002"} == {finding.id for finding in report.errors}
    assert "invalid" == report.verdict


@pytest.mark.parametrize(
    ("reason", "expected", "verdict"),
    [
        ("SIM-018 : {}", "SIM-018", "invalid"),
        ("Virement différé", "ANO-001", "valid"),
        ("XY-1 : refusé", "ANO-001", "valid"),
    ],
)
def test_a_reason_without_a_list_of_anomalies_is_a_finding(reason, expected, verdict):
    payment = load().example("pid-val", "request", "observed").data
    good = load().example("pid-val", "response", "rich").data
    written = reason.format(make("SIM-018", found="abc").text("fr"))
    told = re.sub(b"<ns6:motif>[^<]*<", f"<ns6:motif>{written}<".encode(), good)
    with peer.answering(_answer(told)) as other:
        report = Client(other.url, security="off").send(payment).report
    (finding,) = report.findings
    assert finding.id == expected
    assert report.verdict == verdict
    assert written.removeprefix("SIM-018 : ") in finding.text("fr")


def test_a_fault_of_a_foreign_peer():
    fault = (
        f'<!--a\nb\nc\nCorrelation-ID: {CORRELATION}--><e:Envelope xmlns:e="{wire.SOAP}"><e:Body>'
        "<e:Fault><faultcode>e:Server</faultcode><faultstring>Message blocked</faultstring>"
        "</e:Fault></e:Body></e:Envelope>"
    ).encode()
    with (
        peer.answering(peer.http("500 Internal Server Error", fault)) as other,
        pytest.raises(SoapFault, match="Message blocked") as caught,
    ):
        Client(other.url, security="off").send(SIMULATION)
    assert caught.value.correlation_id == CORRELATION
    assert caught.value.detail_id is None
    assert caught.value.raw == fault
