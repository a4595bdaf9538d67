"""Slow and never-ending requests and answers: somebody gives up, and the others are served."""

import socket
import threading
import time

import pytest

import peer
from memhon.catalogue import load
from memhon.client import Client
from memhon.clock import SystemClock
from memhon.errors import TransportError
from memhon.intake import Limits
from memhon.sandbox import (
    EXCHANGE_PATH,
    Numbering,
    Server,
    Services,
    SynchronousExchange,
    create_app,
    rules_of,
)
from memhon.store import open_store

HEAD = f"POST {EXCHANGE_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n".encode()
GIVE_UP = 6.0
"""The server below is set to give up after half a second; a busy machine may take longer."""


@pytest.fixture(scope="module")
def server():
    store = open_store("memory")
    exchange = SynchronousExchange(store, SystemClock(), Numbering(), rules_of(load()))
    app = create_app(Services(exchange), limits=Limits(size=100_000), body_seconds=0.5)
    running = Server(app, head_seconds=0.5)
    running.start()
    yield running
    running.stop()
    store.close()


def connected(server: Server) -> socket.socket:
    """A connection that gives up after a while."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=GIVE_UP)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def received(connection: socket.socket) -> bytes:
    """All that comes until the server closes."""
    data = b""
    try:
        while part := connection.recv(65536):
            data += part
    except ConnectionError:
        pass
    return data


def fed(connection: socket.socket, drop: bytes, every: float) -> bytes:
    """What the server says while it is fed drop by drop, and that it ends."""
    stop = threading.Event()

    def feed() -> None:
        while not stop.wait(every):
            try:
                connection.sendall(drop)
            except OSError:
                return

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    try:
        return received(connection)
    finally:
        stop.set()
        thread.join(5)


def flooded(connection: socket.socket, size: int) -> int:
    """How many bytes could be sent before the server hung up."""
    for sent in range(0, size, 100_000):
        try:
            connection.sendall(b"a" * 100_000)
        except ConnectionError:
            return sent
        time.sleep(0.001)
    return size


def alive(server: Server) -> None:
    """Others are served."""
    with connected(server) as connection:
        connection.sendall(HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n")
        assert received(connection).startswith(b"HTTP/1.1 500")


def test_a_connection_that_says_nothing_is_closed(server):
    with connected(server) as connection:
        assert b"" == received(connection)
    alive(server)


@pytest.mark.parametrize("drop", [b"X-A: b\r\n", b"x"])
def test_a_head_that_never_ends_is_closed(server, drop):
    with connected(server) as connection:
        connection.sendall(HEAD)
        assert b"" == fed(connection, drop, 0.05)
    alive(server)


def test_a_second_head_that_never_ends_is_closed(server):
    with connected(server) as connection:
        connection.sendall(HEAD + b"Content-Length: 0\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 500")
        connection.sendall(HEAD + b"X-A: ")
        assert b"" == fed(connection, b"x", 0.05)
    alive(server)


def test_a_head_of_ten_megabytes_is_closed(server):
    with connected(server) as connection:
        connection.sendall(HEAD + b"X-A: ")
        assert flooded(connection, 10_000_000) < 10_000_000
    alive(server)


def test_a_long_but_possible_head_is_read(server):
    with connected(server) as connection:
        long = b"X-A: " + b"a" * 30_000 + b"\r\n"
        connection.sendall(HEAD + long + b"Connection: close\r\nContent-Length: 0\r\n\r\n")
        assert received(connection).startswith(b"HTTP/1.1 500")


def test_a_slow_body_is_refused(server):
    with connected(server) as connection:
        connection.sendall(HEAD + b"Content-Length: 90000\r\n\r\n")
        answer = fed(connection, b"x", 0.05)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in answer.lower()
    alive(server)


def test_a_slow_chunked_body_is_refused(server):
    with connected(server) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        assert fed(connection, b"1\r\nx\r\n", 0.05).startswith(b"HTTP/1.1 408")
    alive(server)


def test_a_body_that_never_ends_is_refused(server):
    with connected(server) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        answer = fed(connection, chunk, 0.0005)
    assert answer[:12] in (b"HTTP/1.1 500", b"HTTP/1.1 408", b"")
    alive(server)


def test_slow_peers_do_not_keep_others_waiting(server):
    slow = [connected(server) for _ in range(60)]
    try:
        for connection in slow:
            connection.sendall(HEAD + b"Content-Length: 90000\r\n\r\nx")
        alive(server)
    finally:
        for connection in slow:
            connection.close()


def test_a_true_call_passes_the_bounds(scene):
    assert 200 == scene.post(scene.business()).status


def drip(port_ready: threading.Event, found: list[int], stop: threading.Event) -> None:
    """A peer that answers a byte now and then, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found.append(listener.getsockname()[1])
        port_ready.set()
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<a>")
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return


def test_the_client_gives_up_on_an_answer_that_never_ends():
    ready, stop = threading.Event(), threading.Event()
    found: list[int] = []
    thread = threading.Thread(target=drip, args=(ready, found, stop), daemon=True)
    thread.start()
    assert ready.wait(5)
    client = Client(f"http://127.0.0.1:{found[0]}", timeout=0.2, security="off")
    start = time.monotonic()
    with pytest.raises(TransportError) as caught:
        client.send(load().example("pid-sim", "request", "minimal").data)
    stop.set()
    thread.join(5)
    assert ["NET-002"] == [finding.id for finding in caught.value.findings]
    assert time.monotonic() - start < GIVE_UP


def test_the_client_gives_up_on_an_answer_that_is_too_long():
    data = b"<a>" + b"x" * (17 * 1024 * 1024)
    with peer.answering(peer.http("200 OK", data)) as other:
        client = Client(other.url, security="off")
        with pytest.raises(TransportError) as caught:
            client.send(load().example("pid-sim", "request", "minimal").data)
    assert ["LIMIT-001"] == [finding.id for finding in caught.value.findings]
