import socket
import threading
import time

import pytest

import wire
from memhon.errors import SandboxError
from memhon.local import Sandbox
from memhon.sandbox import Server


async def _app(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_port_in_use_is_told_in_words():
    first = Server(_app)
    try:
        with pytest.raises(SandboxError, match=f"port {first.port}.*--port"):
            Server(_app, port=first.port)
    finally:
        first.stop()


@pytest.mark.parametrize("port", [-1, 70000])
def test_an_impossible_port_is_told_in_words(port):
    with pytest.raises(SandboxError, match=str(port)):
        Server(_app, port=port)


def test_only_the_loopback_address_listens():
    server = Server(_app)
    try:
        assert server.url == f"http://127.0.0.1:{server.port}"
        assert server._socket.getsockname()[0] == "127.0.0.1"
    finally:
        server.stop()


def test_stopping_frees_the_port_and_the_thread():
    before = threading.active_count()
    server = Server(_app)
    server.start()
    assert wire.send(server.url, b"").status == 204
    server.stop()
    assert threading.active_count() == before
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", server.port))


def test_a_connection_kept_open_does_not_hold_up_the_stop():
    server = Server(_app)
    server.start()
    with socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 204")
        start = time.monotonic()
        server.stop()
    assert time.monotonic() - start < 3


def test_starting_is_quick():
    with Sandbox():
        pass
    start = time.monotonic()
    with Sandbox():
        assert time.monotonic() - start < 0.5
