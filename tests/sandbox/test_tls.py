"""Mutual TLS on the wire port: whose certificate, whose signature, and what a refusal says."""

import socket
import ssl
import tempfile

import httpx
import pytest

import wire
from memhon.catalogue import load
from memhon.client import Client, ClientKeys
from memhon.errors import SoapFault, TransportError
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.sandbox import Server
from memhon.security import TLS, Defect, Pki, client_context, server_context

DEPOSIT = load().example("ra-depot", "request", "minimal").data
SIMULATION = load().example("pid-sim", "request", "observed").data
SERVICES = (
    "/SAML2Server/AuthenticationService",
    "/ws/soap/trust",
    "/ws/soap/espinst/syncexchange",
    "/ws/soap/inttest/btt",
)
TEST = "/ws/soap/inttest/ssl"


@pytest.fixture(scope="module")
def pki():
    return Pki(pki_path())


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(tls=True) as running:
        yield running


@pytest.fixture(scope="module")
def nobody(pki):
    """Believes the server and presents nothing."""
    return ssl.create_default_context(cafile=str(pki.authority_file))


def _keys(pki, defect):
    return ClientKeys.of_file(pki.file("demo-1", defect), pki.folder)


def _ids(caught):
    return [finding.id for finding in caught.value.findings]


def test_the_whole_chain_over_https(sandbox):
    assert sandbox.url.startswith("https://127.0.0.1:")
    answer = sandbox.client().send(SIMULATION)
    assert [step.url for step in answer.trace] == [sandbox.url + path for path in SERVICES[:3]]
    assert [step.status for step in answer.trace] == [200, 200, 200]
    assert answer.trace[0].response_headers["x-memhon-security"] == "strict"


@pytest.mark.parametrize("path", SERVICES)
def test_without_a_client_certificate_every_service_answers_the_same_fault(sandbox, nobody, path):
    headers = {"Content-Type": "text/xml"}
    envelope = wire.envelope(SIMULATION.decode().partition("?>")[2], wire.SIM)
    answer = httpx.post(sandbox.url + path, content=envelope, headers=headers, verify=nobody)
    assert answer.status_code == 500
    assert "<faultcode>soap:Client.TlsSansCertificat</faultcode>" in answer.text
    assert 'code="SEC-070"' in answer.text


def test_the_self_test_of_tls(sandbox, nobody, pki):
    refused = httpx.get(sandbox.url + TEST, verify=nobody)
    assert (refused.status_code, "SEC-070" in refused.text) == (403, True)
    pair = pki.practitioner("demo-1")
    own = client_context(pair, pki.trust().authorities)
    with httpx.Client(verify=own) as client:
        answers = [client.get(sandbox.url + TEST) for _ in range(2)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "OK\n")] * 2


def test_the_certificate_of_the_connection_has_to_be_the_signers(sandbox, pki):
    client = sandbox.client()
    client._tls = ClientKeys.of_sandbox(pki.folder, "demo-2").tls("127.0.0.1")
    with pytest.raises(SoapFault) as caught:
        client.send(SIMULATION)
    assert caught.value.detail_id == "SEC-071"
    assert caught.value.code == "soap:Client.TlsAutreCertificat"


def test_a_token_does_not_help_on_the_connection_of_another(sandbox, pki):
    client = sandbox.client()
    client.send(SIMULATION)
    client._tls = ClientKeys.of_sandbox(pki.folder, "demo-2").tls("127.0.0.1")
    with pytest.raises(SoapFault) as caught:
        client.send(SIMULATION)
    assert caught.value.detail_id == "SEC-071"


@pytest.mark.parametrize(
    ("defect", "alert"),
    [
        (Defect.EXPIRED, "certificate expired"),
        (Defect.FUTURE, "bad certificate"),
        (Defect.FOREIGN, "unknown ca"),
    ],
)
def test_a_certificate_that_does_not_hold_is_told_to_the_client(sandbox, pki, defect, alert):
    pki.practitioner("demo-1", defect)
    with pytest.raises(TransportError) as caught:
        Client(sandbox.url, keys=_keys(pki, defect)).send(SIMULATION)
    assert _ids(caught) == ["NET-007"]
    assert alert in str(caught.value)


def test_a_revoked_certificate_is_refused_by_its_signature(pki):
    pki.practitioner("demo-1", Defect.REVOKED)
    with Sandbox(tls=True) as sandbox, pytest.raises(SoapFault) as caught:
        Client(sandbox.url, keys=_keys(pki, Defect.REVOKED)).send(SIMULATION)
    assert caught.value.detail_id == "SEC-013"


def test_a_server_of_another_authority_is_not_believed(pki):
    pair = pki.service(TLS, Defect.FOREIGN)
    server = Server(_never, tls=server_context(pair, pki.trust().authorities))
    server.start()
    try:
        with pytest.raises(TransportError) as caught:
            Client(server.url).send(SIMULATION)
    finally:
        server.stop()
    assert _ids(caught) == ["NET-007"]
    assert "certificate verify failed" in str(caught.value)


def test_a_server_of_another_name_is_not_believed(pki):
    pair = pki.practitioner("demo-1")
    server = Server(_never, tls=server_context(pair, pki.trust().authorities))
    server.start()
    try:
        with pytest.raises(TransportError, match="IP address mismatch"):
            Client(server.url).send(SIMULATION)
    finally:
        server.stop()


def test_tls_and_plain_http_do_not_mix(sandbox):
    with pytest.raises(TransportError) as caught:
        Client(sandbox.url.replace("https", "http")).send(SIMULATION)
    assert _ids(caught) == ["NET-006"]
    with Sandbox() as plain, pytest.raises(TransportError) as caught:
        Client(plain.url.replace("http", "https")).send(SIMULATION)
    assert _ids(caught) == ["NET-007"]


def test_tls_without_signatures(nobody):
    with Sandbox(tls=True, security="off") as sandbox:
        answer = sandbox.client().send(DEPOSIT)
        assert [step.response_headers["x-memhon-security"] for step in answer.trace] == ["off"]
        assert Client(sandbox.url, security="off").send(SIMULATION).report.errors == ()
        refused = httpx.post(sandbox.url + SERVICES[2], content=b"<a/>", verify=nobody)
        assert 'code="SEC-070"' in refused.text


def test_a_strict_client_learns_that_the_sandbox_checks_nothing():
    with Sandbox(security="off") as sandbox, pytest.raises(TransportError) as caught:
        Client(sandbox.url).send(SIMULATION)
    assert _ids(caught) == ["NET-003"]
    assert "--security off" in str(caught.value)


def test_a_handshake_that_never_ends_holds_up_nobody_else(sandbox):
    address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
    with socket.create_connection(address) as idle:
        idle.sendall(b"\x16\x03\x01")
        assert sandbox.client().send(SIMULATION).report.errors == ()


def test_no_key_stays_behind_on_the_disk(pki, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pair = pki.practitioner("demo-1")
    server_context(pair, pki.trust().authorities)
    client_context(pair, None)
    assert list(tmp_path.iterdir()) == []


async def _never(scope, receive, send):
    raise AssertionError("no request may arrive")
