"""What ``make soak`` measures with: servers in processes of their own, and 16 plain connections."""

import re
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import wire

CONNECTIONS = 16
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slice:
    """Requests that were sent one after the other on each of some connections."""

    seconds: float
    """From the first byte to the last."""
    latencies: tuple[float, ...]
    """Seconds that each answer took."""
    failures: tuple[bytes, ...]
    """Answers without the mark of success, or with an anomaly."""

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.latencies) / self.seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own."""

    port: int
    """On the loopback address."""
    process: subprocess.Popen[str]
    path: str = wire.PATH
    """Where it answers."""

    def resident(self) -> int:
        """Bytes of memory that it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) * 1024


@contextmanager
def serving(script: str, *arguments: object, path: str = wire.PATH) -> Iterator[Server]:
    """Start a script that prints its port and then serves."""
    command = [sys.executable, script, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        yield Server(int(process.stdout.readline()), process, path)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def request(server: Server, body: bytes) -> bytes:
    """A whole HTTP request."""
    head = (
        f"POST {server.path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        'Content-Type: text/xml;charset=UTF-8\r\nSOAPAction: ""\r\n'
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(
    servers: Sequence[Server], bodies: Sequence[bytes], mark: bytes, connections: int = CONNECTIONS
) -> Slice:
    """Send every body once, as fast as the servers answer.

    Args:
        servers: The connections are dealt out to them in turn.
        bodies: What to send.
        mark: Stands in every good answer.
        connections: How many are open at once.
    """
    waiting = iter(bodies)
    latencies: list[float] = []
    failures: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        lines = [_Line(servers[number % len(servers)]) for number in range(connections)]
        start = time.perf_counter()
        open_lines = [line for line in lines if line.begin(waiting)]
        for line in open_lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
        left = len(open_lines)
        while left:
            for key, _ in selector.select():
                answer = key.data.receive()
                if answer is None:
                    continue
                latencies.append(time.perf_counter() - key.data.begun)
                if mark not in answer or b"anomalies" in answer:
                    failures.append(answer)
                if not key.data.begin(waiting):
                    selector.unregister(key.data.socket)
                    left -= 1
        seconds = time.perf_counter() - start
        for line in lines:
            line.socket.close()
    return Slice(seconds, tuple(latencies), tuple(failures))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return statistics.quantiles(values, n=1000, method="inclusive")[round(share * 1000) - 1]


class _Line:
    """One connection with one request on its way."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self._received = b""

    def begin(self, waiting: Iterator[bytes]) -> bool:
        """Send the next request; False when there is none."""
        body = next(waiting, None)
        if body is None:
            return False
        self._received = b""
        self.begun = time.perf_counter()
        self.socket.sendall(request(self._server, body))
        return True

    def receive(self) -> bytes | None:
        """The answer, once it is complete."""
        some = self.socket.recv(262_144)
        assert some, self._received
        self._received += some
        head, blank, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not blank or length is None or len(body) < int(length[1]):
            return None
        return self._received


class Goals:
    """Collects figures for one table, and what was missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []
        self._rows: list[tuple[str, str, str, str]] = []

    def told(self, name: str, figure: float, goal: str = "", *, reached: bool = True) -> None:
        """Note one figure beside its goal, if it has one."""
        shown = f"{figure:.0f}" if figure >= 100 else f"{figure:.2f}"
        verdict = "" if not goal else "ok" if reached else "MISSED"
        self._rows.append((name, shown, goal, verdict))
        print(f"  {name}: {shown}", file=sys.stderr, flush=True)
        if not reached:
            self.missed.append(name)

    def at_least(self, name: str, figure: float, least: float) -> None:
        """A figure that should be large."""
        self.told(name, figure, f">= {least}", reached=figure >= least)

    def at_most(self, name: str, figure: float, most: float) -> None:
        """A figure that should be small."""
        self.told(name, figure, f"<= {most}", reached=figure <= most)

    def table(self) -> str:
        """All figures, one to a line."""
        return "\n".join(
            f"{name:<66}{shown:>8}   {goal:<8}{verdict}".rstrip()
            for name, shown, goal, verdict in self._rows
        )
