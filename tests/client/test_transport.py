"""Where a client may send, and what becomes of HTTP that fails."""

import socket

import pytest

import peer
from memhon.client import Client
from memhon.client.transport import post, resolve
from memhon.errors import TransportError

PATH = "/ws/soap/espinst/syncexchange"


def _ids(caught):
    return [finding.id for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, f"http://127.0.0.1:8480{PATH}"),
        ("http://127.0.0.1:9", f"http://127.0.0.1:9{PATH}"),
        ("http://127.0.0.1:9/", f"http://127.0.0.1:9{PATH}"),
        ("http://127.0.0.1:9/other", "http://127.0.0.1:9/other"),
        ("https://example.test", f"https://example.test{PATH}"),
        ("http://notesante.lu", f"http://notesante.lu{PATH}"),
        ("http://mysecu.lu.example.test", f"http://mysecu.lu.example.test{PATH}"),
    ],
)
def test_the_url_to_send_to(given, expected):
    assert str(resolve(given, allow_real_systems=False)) == expected


def test_the_environment_names_another_default(monkeypatch):
    monkeypatch.setenv("MEMHON_ENDPOINT", "http://127.0.0.1:7777")
    assert Client().endpoint == f"http://127.0.0.1:7777{PATH}"
    assert Client("http://127.0.0.1:1").endpoint == f"http://127.0.0.1:1{PATH}"


REAL = [
    "https://ws.mysecu.lu:7443/ws/soap/espinst/syncexchange",
    "https://mysecu.lu",
    "http://WS.MYSECU.LU",
    "https://ws.mysecu.lu./x",
    "https://ws.mysecu.lu..",
    "https://a.b.c.esante.lu/SAML2Server",
    "https://www-integration.esante.lu",
    "https://127.0.0.1@ws.mysecu.lu/",
    "https://127.0.0.1:80@ws.mysecu.lu/",
    "https://ws.mysecu%2Elu/",
    "https://ws.mysecu%2elu./",
    "https://ws.mysecu\u3002lu/",
    "HTTPS://esante.lu",
    "ftp://esante.lu",
]


@pytest.mark.parametrize("url", REAL)
def test_real_systems_are_refused(url):
    with pytest.raises(TransportError) as caught:
        Client(url)
    assert _ids(caught) == ["NET-004"]


@pytest.mark.parametrize("url", REAL)
def test_the_environment_is_no_way_around(monkeypatch, url):
    monkeypatch.setenv("MEMHON_ENDPOINT", url)
    with pytest.raises(TransportError) as caught:
        Client()
    assert _ids(caught) == ["NET-004"]


def test_real_systems_with_permission():
    client = Client("https://ws.mysecu.lu:7443", allow_real_systems=True)
    assert client.endpoint == f"https://ws.mysecu.lu:7443{PATH}"


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8480",
        "localhost",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://127.0.0.1:notaport",
        "http://127.0.0.1:99999",
        "http://ws.mysecu.lu@127.0.0.1/",
        "http://user:word@127.0.0.1/",
        "http://\x00/",
        "://",
        " ",
        "http://\uff57s.mysecu.lu",
    ],
)
def test_what_is_no_usable_url(url):
    with pytest.raises(TransportError) as caught:
        Client(url)
    assert _ids(caught) in (["NET-005"], ["NET-004"])


def test_nothing_listens():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(TransportError) as caught:
        post(resolve(f"http://127.0.0.1:{port}", allow_real_systems=False), b"", timeout=5)
    assert _ids(caught) == ["NET-001"]
    assert str(port) in str(caught.value)


def test_a_name_that_no_resolver_takes():
    url = resolve(f"http://{'a' * 64}.localhost", allow_real_systems=False)
    with pytest.raises(TransportError) as caught:
        post(url, b"", timeout=5)
    assert _ids(caught) in (["NET-005"], ["NET-001"])


def test_no_answer_in_time():
    with peer.answering(None) as silent, pytest.raises(TransportError) as caught:
        post(resolve(silent.url, allow_real_systems=False), b"x", timeout=0.2)
    assert _ids(caught) == ["NET-002"]


@pytest.mark.parametrize(
    "data",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<a/>", b"no HTTP at all\r\n\r\n"],
)
def test_a_connection_that_is_cut(data):
    with peer.answering(data) as broken, pytest.raises(TransportError) as caught:
        post(resolve(broken.url, allow_real_systems=False), b"x", timeout=5)
    assert _ids(caught) == ["NET-006"]


def test_a_redirect_is_not_followed():
    elsewhere = peer.http("302 Found", b"", extra="Location: http://127.0.0.1:1/\r\n")
    with peer.answering(elsewhere) as sender:
        reply = post(resolve(sender.url, allow_real_systems=False), b"x", timeout=5)
    assert reply.status == 302


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with peer.answering(peer.http("200 OK", b"<a/>")) as direct:
        reply = post(resolve(direct.url, allow_real_systems=False), b"x", timeout=5)
    assert reply.data == b"<a/>"


def test_the_request_on_the_wire():
    with peer.answering(peer.http("200 OK", b"<a/>")) as heard:
        post(resolve(heard.url, allow_real_systems=False), b"\xc3\xa9\r\n", timeout=5)
    head, _, body = heard.received[0].partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert lines[0] == f"post {PATH} http/1.1"
    assert "content-type: text/xml;charset=utf-8" in lines
    assert 'soapaction: ""' in lines
    assert "accept-encoding: identity" in lines
    assert body == b"\xc3\xa9\r\n"


def test_an_endless_answer_is_cut(monkeypatch):
    from memhon.client import transport
    from memhon.intake import Limits

    monkeypatch.setattr(transport, "DEFAULT", Limits(size=1000))
    with (
        peer.answering(peer.http("200 OK", b"x" * 5000)) as talker,
        pytest.raises(TransportError) as caught,
    ):
        post(resolve(talker.url, allow_real_systems=False), b"x", timeout=5)
    assert _ids(caught) == ["LIMIT-001"]
