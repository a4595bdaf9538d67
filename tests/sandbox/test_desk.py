"""The desk answers a person of this machine who opens a link, and nobody else."""

import http.client
import json
import logging
import socket
from datetime import timedelta
from types import SimpleNamespace

import pytest

import wire
from memhon.clock import VirtualClock
from memhon.errors import StoreError
from memhon.sandbox import Control, Server, create_desk
from memhon.sandbox.diagnostics import LIFE, PATH
from memhon.security.diagnosis import Diagnosis
from memhon.store import RefusedMessage, open_store

START = "2023-12-28T00:01:13.539Z"
KEPT = "Id-" + "0a" * 12
SECRET = "kanari-0815"
DATA = f"<Envelope><Body>{SECRET}</Body></Envelope>".encode()
WRONG = Diagnosis((), ())


@pytest.fixture(scope="module")
def running():
    asked = []

    def explain(message):
        asked.append(message.data)
        return WRONG

    clock = VirtualClock(START)
    with open_store() as store:
        server = Server(create_desk(Control(store, clock), explain))
        server.start()
        yield SimpleNamespace(
            url=server.url, port=server.port, store=store, clock=clock, asked=asked
        )
        server.stop()


@pytest.fixture
def desk(running):
    """As if it had just been started, with one refused message."""
    running.clock.set(START)
    running.asked.clear()
    running.store.refused.forget()
    _keep(running, KEPT, DATA)
    return running


def _keep(desk, name, data):
    now = desk.clock.now()
    desk.store.refused.add(RefusedMessage(name, "SEC-007", now, now + LIFE, data), now)


def _get(desk, path=PATH + KEPT, method="GET", **headers):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
    try:
        connection.request(method, path, headers=given)
        answer = connection.getresponse()
        data = answer.read()
    finally:
        connection.close()
    names = {name.lower(): value for name, value in answer.getheaders()}
    return wire.Raw(answer.status, names, data)


def _raw(desk, head):
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as stream:
        stream.sendall(head.encode("latin-1"))
        received = b""
        while part := stream.recv(65536):
            received += part
    return received


def test_the_page_of_a_refused_message(desk):
    answer = _get(desk)
    page = answer.data.decode()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert KEPT in page
    assert "SEC-007" in page
    assert "2023-12-28T00:31:13Z" in page
    assert SECRET in page
    assert desk.asked == [DATA]


def test_the_same_for_programs(desk):
    answer = _get(desk, f"{PATH}{KEPT}?format=json")
    said = json.loads(answer.data)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert (said["correlation_id"], said["fault"]) == (KEPT, "SEC-007")
    assert (said["refused_at"], said["expires_at"]) == (
        "2023-12-28T00:01:13Z",
        "2023-12-28T00:31:13Z",
    )
    assert said["diagnosis"]["right"] is False


def test_a_head_has_the_headers_and_no_body(desk):
    whole, head = _get(desk), _get(desk, method="HEAD")
    assert (head.status, head.data) == (200, b"")
    assert head.headers == whole.headers


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_the_names_of_this_machine_are_let_in(desk, name):
    assert _get(desk, Host=f"{name}:{desk.port}").status == 200
    origin = f"http://{name}:{desk.port}"
    assert _get(desk, Host=f"{name}:{desk.port}", Origin=origin).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:{port}",
        "127.0.0.1.nip.io:{port}",
        "localhost.evil.example:{port}",
        "localhost.:{port}",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:1",
        "127.0.0.1:0{port}",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1:{port}, evil.example",
        "127.0.0.1:{port}@evil.example",
        "user@127.0.0.1:{port}",
        "0.0.0.0:{port}",
        "127.0.0.2:{port}",
        "127.1:{port}",
        "0x7f000001:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "",
    ],
)
def test_another_host_is_refused(desk, host):
    answer = _get(desk, Host=host.format(port=desk.port))
    _refused(answer, "SBX-008")
    assert desk.asked == []


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Original-Host", "Forwarded"])
def test_a_forwarded_host_opens_nothing_and_shows_nowhere(desk, name):
    own = f"127.0.0.1:{desk.port}"
    _refused(_get(desk, **{"Host": "evil.example", name: own}), "SBX-008")
    answer = _get(desk, **{"Host": own, name: "evil.example"})
    assert answer.status == 200
    assert b"evil" not in answer.data


def test_a_forwarded_port_does_not_count(desk):
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "1"}
    assert _get(desk, **told).status == 200
    _refused(_get(desk, Host="127.0.0.1:1", **told), "SBX-008")


def test_a_request_without_a_host_or_with_two_is_refused(desk):
    own = f"Host: 127.0.0.1:{desk.port}\r\n"
    for hosts in ("", own + own, own + "Host: evil.example\r\n", "Host: evil.example\r\n" + own):
        answer = _raw(desk, f"GET {PATH}{KEPT} HTTP/1.0\r\n{hosts}\r\n")
        status = answer.split(b" ")[1]
        assert status in (b"400", b"403"), answer
        assert SECRET.encode() not in answer
    assert desk.asked == []


def test_a_request_for_another_authority_is_not_answered(desk):
    target = f"http://evil.example{PATH}{KEPT}"
    answer = _raw(desk, f"GET {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1:8000",
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1:{port} http://evil.example",
        "",
    ],
)
def test_another_origin_is_refused(desk, origin):
    answer = _get(desk, Origin=origin.format(port=desk.port))
    _refused(answer, "SBX-009")
    assert desk.asked == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_it_is_only_read(desk, method):
    for path in (PATH + KEPT, "/"):
        answer = _get(desk, path, method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
        _closed(answer)
    assert desk.asked == []


@pytest.mark.parametrize(
    "path",
    ["/", "/_sandbox", "/_sandbox/", PATH, PATH[:-1], "/favicon.ico", wire.PATH, f"{PATH}{KEPT}/"],
)
def test_nothing_is_listed(desk, path):
    answer = _get(desk, path)
    assert answer.status == 404
    assert KEPT.encode() not in answer.data
    _closed(answer)


@pytest.mark.parametrize(
    "name", ["Id-" + "0b" * 12, "Id-", "x", "%", "Id-' OR 1=1", KEPT.upper(), KEPT + "%00", "..."]
)
def test_an_unknown_correlation_id_has_a_page_that_says_so(desk, name):
    path = PATH + name.replace(" ", "%20")
    answer = _get(desk, path)
    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "SBX-010" in answer.data.decode()
    assert "trente minutes" in answer.data.decode()
    said = json.loads(_get(desk, path + "?format=json").data)
    assert said["finding"]["id"] == "SBX-010"


def test_after_thirty_minutes_it_is_gone(desk):
    desk.clock.advance(timedelta(minutes=30) - timedelta(milliseconds=1))
    assert _get(desk).status == 200
    desk.clock.advance(timedelta(milliseconds=1))
    answer = _get(desk)
    assert answer.status == 404
    assert "SBX-010" in answer.data.decode()
    assert SECRET not in answer.data.decode()
    # Deleted, not merely hidden.
    desk.clock.set(START)
    assert _get(desk).status == 404


def test_every_answer_closes_the_page(desk):
    for answer in (
        _get(desk),
        _get(desk, f"{PATH}{KEPT}?format=json"),
        _get(desk, "/"),
        _get(desk, PATH + "x"),
        _get(desk, Host="evil.example"),
        _get(desk, Origin="null"),
        _get(desk, method="POST"),
    ):
        _closed(answer)


def test_a_diagnosis_that_fails_names_only_its_id(desk, caplog, monkeypatch):
    def broken(_correlation_id, _now):
        raise StoreError("le dépôt ne répond pas")

    monkeypatch.setattr(desk.store, "refused", broken)
    with caplog.at_level(logging.DEBUG):
        answer = _get(desk)
    assert answer.status == 500
    assert "journal" in answer.data.decode()
    assert "Traceback" not in answer.data.decode()
    assert KEPT in caplog.text
    assert SECRET not in caplog.text
    _closed(answer)


def test_a_page_with_markup_in_the_message_stays_text(desk):
    name = "Id-" + "0c" * 12
    _keep(desk, name, b"<a><script>alert(1)</script></a>")
    page = _get(desk, PATH + name).data
    assert b"<script" not in page
    assert b"&lt;script&gt;" in page


def _refused(answer, finding):
    text = answer.data.decode()
    assert (answer.status, answer.headers["content-type"]) == (403, "text/plain; charset=utf-8")
    assert finding in text
    assert "poste de commande" in text
    assert SECRET not in text
    _closed(answer)


def _closed(answer):
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "access-control-allow-origin" not in answer.headers
