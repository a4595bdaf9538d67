"""A peer on the loopback address that answers whatever a test wants."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Peer:
    """What the peer will say, and what it heard."""

    port: int
    received: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address without a path."""
        return f"http://127.0.0.1:{self.port}"


def http(status: str, body: bytes, kind: str = "text/xml", *, extra: str = "") -> bytes:
    """An HTTP answer with a length."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + extra.encode() + b"Connection: close\r\n\r\n" + body


@contextmanager
def answering(data: bytes | None) -> Iterator[Peer]:
    """A peer that reads one request and writes these bytes; None keeps silent."""
    listener = socket.create_server(("127.0.0.1", 0))
    peer = Peer(listener.getsockname()[1])
    done = threading.Event()

    def serve() -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            peer.received.append(_request(connection))
            if data is None:
                done.wait(10)
            else:
                connection.sendall(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        done.set()
        if thread.is_alive() and not peer.received:
            socket.create_connection(("127.0.0.1", peer.port)).close()
        thread.join(5)
        listener.close()


def _request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return received
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = (
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    length = next(lengths, 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
