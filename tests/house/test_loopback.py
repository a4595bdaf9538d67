"""No socket leaves the loopback address during the tests, and the guard really bites."""

import os
import socket
import subprocess
import sys

import pytest

import loopback

ELSEWHERE = "192.0.2.1"


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as stream, pytest.raises(loopback.OutsideLoopbackError):
        stream.connect((ELSEWHERE, 80))
    with socket.socket() as stream, pytest.raises(loopback.OutsideLoopbackError):
        stream.connect_ex((ELSEWHERE, 80))


def test_a_datagram_to_another_machine_is_refused():
    datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with datagram, pytest.raises(loopback.OutsideLoopbackError):
        datagram.sendto(b"x", (ELSEWHERE, 53))


def test_no_name_is_looked_up():
    with pytest.raises(loopback.OutsideLoopbackError):
        socket.getaddrinfo("memhon.invalid", 443)
    with pytest.raises(loopback.OutsideLoopbackError):
        socket.create_connection(("memhon.invalid", 443))


def test_the_loopback_address_stays_open():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as stream,
    ):
        assert stream.getpeername() == server.getsockname()


def test_processes_started_by_tests_carry_the_guard():
    code = f"import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)"
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert answer.returncode == 1
    assert "OutsideLoopbackError" in answer.stderr
