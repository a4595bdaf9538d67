"""Runs the application on the loopback address, in a thread of this process."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time

import uvicorn
from starlette.types import ASGIApp

from memhon.errors import SandboxError
from memhon.sandbox.patience import HEAD_SECONDS, protocol

HOST = "127.0.0.1"
_START_SECONDS = 10.0
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.002


class Server:
    """A server on one loopback port.

    Args:
        app: The application.
        port: TCP port; 0 lets the system choose.
        listener: Its socket, when others answer on it too; otherwise one is opened.
        tls: Speaks HTTPS with this context; the application is told the client's certificate.
        head_seconds: How long the head of a request may take.
        option: Option of the command line that chooses another port, for the error.

    Raises:
        SandboxError: The port cannot be opened.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int = 0,
        listener: socket.socket | None = None,
        tls: ssl.SSLContext | None = None,
        head_seconds: float = HEAD_SECONDS,
        option: str = "--port",
    ) -> None:
        self._socket = listen(port, option) if listener is None else listener
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            loop="auto",
            http=protocol(head_seconds=head_seconds),
            lifespan="off",
            ws="none",
            access_log=False,
            server_header=False,
            date_header=False,
            log_config=None,
            timeout_graceful_shutdown=2,
        )
        config.load()
        config.ssl = tls
        self._scheme = "https" if tls else "http"
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="memhon-sandbox", daemon=True)

    @property
    def url(self) -> str:
        """Address without a path."""
        return f"{self._scheme}://{HOST}:{self.port}"

    def start(self) -> None:
        """Start and return as soon as requests are answered.

        Raises:
            SandboxError: The server did not start.
        """
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self.stop()
                raise SandboxError("le bac à sable n'a pas démarré")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Finish running requests, close the port and end the thread."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def listen(port: int, option: str = "--port") -> socket.socket:
    """Open a port of the loopback address.

    Args:
        port: TCP port; 0 lets the system choose.
        option: Option of the command line that chooses another port, for the error.

    Raises:
        SandboxError: The port cannot be opened.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There SO_REUSEADDR would let two servers share one port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise SandboxError(
            f"le port {port} de {HOST} ne peut pas être ouvert ({error}) ; "
            f"fermez le programme qui l'occupe ou choisissez-en un autre avec {option}"
        ) from error
    return listener
