"""The built site and a sandbox, side by side on the loopback address."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from memhon.local import Sandbox
from memhon.sandbox import Server

WIRE_PORT = 8480


def serve(
    site: Path,
    *,
    port: int = 8000,
    wire_port: int = WIRE_PORT,
    told: Callable[[str], None] = print,
    stop: threading.Event | None = None,
) -> None:
    """Serve the site and keep a sandbox running until Ctrl-C.

    Args:
        site: Folder of the built site.
        port: Port of the site.
        wire_port: Port of the sandbox.
        told: Receives the lines for the person at the keyboard.
        stop: Ends the service when set, for programs.

    Raises:
        SandboxError: A port cannot be opened.
    """
    server = Server(site_app(site), port=port)
    try:
        with Sandbox(port=wire_port) as sandbox:
            server.start()
            told(f"site : {server.url}/")
            told(f"bac à sable : {sandbox.url} (sécurité non simulée)")
            told("Ctrl-C arrête les deux.")
            _wait(stop or threading.Event())
    except KeyboardInterrupt:
        told("arrêt.")
    finally:
        server.stop()


def site_app(site: Path) -> Starlette:
    """The application that serves the files, compressed where the browser agrees."""
    files = StaticFiles(directory=site, html=True)
    return Starlette(routes=[Mount("/", files)], middleware=[Middleware(GZipMiddleware)])


def _wait(stop: threading.Event) -> None:
    # A wait without a limit cannot be interrupted on every platform.
    while not stop.wait(0.5):
        pass
