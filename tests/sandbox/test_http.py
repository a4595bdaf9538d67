"""The HTTP side: path, method, content type, headers, size, SOAPAction."""

import socket
from importlib.metadata import version

import pytest

import wire
from memhon.catalogue import load
from memhon.intake import Limits
from memhon.sandbox import (
    Numbering,
    Server,
    Services,
    SynchronousExchange,
    create_app,
    rules_of,
)
from memhon.store import open_store


@pytest.fixture
def request_bytes():
    person, provider = load().person("demo-1"), load().provider("demo-1")
    return wire.simulation(person.matricule, provider.code, [wire.SimulationLine(1)])


@pytest.mark.parametrize("action", ["", '""', "exchange", '"exchange"', "anything at all"])
def test_the_soap_action_never_matters(sandbox, request_bytes, action):
    answer = wire.send(sandbox.url, request_bytes, headers={"SOAPAction": action})
    assert answer.status == 200


@pytest.mark.parametrize(
    "kind", ["text/xml", 'text/xml;charset="UTF-8"', "text/xml; charset=utf-8", "TEXT/XML"]
)
def test_every_spelling_of_the_content_type_of_soap_11(sandbox, request_bytes, kind):
    answer = wire.send(sandbox.url, request_bytes, headers={"Content-Type": kind})
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/xml;charset=UTF-8"


@pytest.mark.parametrize("kind", ["application/soap+xml", "application/json", "text/plain"])
def test_another_content_type_is_refused(sandbox, request_bytes, kind):
    answer = wire.send(sandbox.url, request_bytes, headers={"Content-Type": kind})
    assert answer.status == 415
    assert kind in answer.data.decode()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_post(sandbox, method):
    answer = wire.send(sandbox.url, b"", method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/", "/ws/soap/trust", wire.PATH + "/", "/favicon.ico"])
def test_nothing_else_is_there(sandbox, path):
    assert wire.send(sandbox.url, b"<a/>", path=path).status == 404


def test_the_headers_of_every_answer(sandbox, request_bytes):
    good = wire.send(sandbox.url, request_bytes)
    bad = wire.send(sandbox.url, b"<a/>")
    absent = wire.send(sandbox.url, b"", method="GET")
    for answer in (good, bad, absent):
        assert answer.headers["x-memhon-sandbox"] == version("memhon")
        assert answer.headers["x-memhon-security"] == "off"
        assert answer.headers["x-memhon-answer"] == "computed"
        assert "server" not in answer.headers
    assert good.headers["x-memhon-exchange"] == "pid-sim"
    assert bad.headers["x-memhon-exchange"] == "unknown"


@pytest.fixture
def small():
    with open_store() as store:
        exchange = SynchronousExchange(store, _clock(), Numbering(1), rules_of(load()))
        server = Server(create_app(Services(exchange), limits=Limits(size=4000)))
        server.start()
        yield server
        server.stop()


def _clock():
    from memhon.clock import SystemClock

    return SystemClock()


@pytest.mark.parametrize("size", [4001, 15_000, 2_000_000])
def test_a_long_body_is_a_fault(small, size):
    answer = _tolerant(small.url, b"<a>" + b"x" * (size - 3))
    if answer is not None:
        assert answer.status == 500
        assert answer.text(".//faultcode") == "soap:Client.MessageTropGrand"
        assert b'code="SBX-005"' in answer.data
        assert answer.root.find(".//mh:finding", wire.NAMES).get("code") == "LIMIT-001"


def _tolerant(url, data):
    """None when the connection was cut because the body was many times too long."""
    try:
        return wire.send(url, data)
    except (BrokenPipeError, ConnectionResetError):
        assert len(data) > 16_000
        return None


def test_a_body_of_exactly_the_limit_is_read(small):
    answer = wire.send(small.url, b"<a>" + b"x" * 3993 + b"</a>")
    assert answer.text(".//faultcode") == "soap:Client.EnveloppeInvalide"


def test_a_long_chunked_body_is_a_fault_too(small):
    with socket.create_connection(("127.0.0.1", small.port), timeout=10) as stream:
        head = f"POST {wire.PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
        stream.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(6):
            stream.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")
        stream.sendall(b"0\r\n\r\n")
        received = b""
        while b"MessageTropGrand" not in received:
            part = stream.recv(4096)
            assert part, received
            received += part
    assert received.startswith(b"HTTP/1.1 500")


def test_a_peer_that_leaves_in_the_middle_does_no_harm(sandbox, request_bytes):
    port = int(sandbox.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        head = f"POST {wire.PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
        stream.sendall(head.encode() + b"Content-Length: 5000\r\n\r\n<a>")
    assert wire.send(sandbox.url, request_bytes).status == 200
