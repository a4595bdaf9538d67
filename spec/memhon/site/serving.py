"""The built site and a sandbox, side by side on the loopback address."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from memhon.local import Sandbox
from memhon.sandbox import Server
from memhon.site.checkout import Checkout
from memhon.site.commands import Command
from memhon.site.live import LiveSite
from memhon.site.overlay import Overlay, live_routes

WIRE_PORT = 8480

_HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.(?:css|js)$")
_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=600"
_FRESH = "no-cache"


def serve(
    site: Path,
    *,
    port: int = 8000,
    wire_port: int = WIRE_PORT,
    told: Callable[[str], None] = print,
    stop: threading.Event | None = None,
    checkout: Checkout | None = None,
    commands: Command | None = None,
) -> None:
    """Serve the site and keep a sandbox running until Ctrl-C.

    Args:
        site: Folder of the built site.
        port: Port of the site.
        wire_port: Port of the sandbox.
        told: Receives the lines for the person at the keyboard.
        stop: Ends the service when set, for programs.
        checkout: Sources to watch: what is saved is shown. None serves the site as it is.
        commands: The command line, for its page.

    Raises:
        SandboxError: A port cannot be opened.
        MemhonError: The sources cannot be used, at the start.
    """
    overlay = None if checkout is None else Overlay()
    ended = stop or threading.Event()
    server = Server(site_app(site, overlay), port=port)
    try:
        with Sandbox(port=wire_port, desk_port=0) as sandbox:
            server.start()
            for line in _opened(server.url, sandbox):
                told(line)
            if checkout is not None and overlay is not None:
                LiveSite(checkout, overlay, told, commands).run(ended)
            _wait(ended)
    except KeyboardInterrupt:
        told("arrêt.")
    finally:
        server.stop()


def _opened(site: str, sandbox: Sandbox) -> tuple[str, ...]:
    return (
        f"site : {site}/",
        f"bac à sable : {sandbox.url} (sécurité stricte, clés d'essai)",
        f"poste de commande : {sandbox.desk_url} (horloge, pannes, signatures refusées)",
        "Ctrl-C arrête tout.",
    )


def site_app(site: Path, overlay: Overlay | None = None) -> Starlette:
    """The application that serves the files, compressed where the browser agrees.

    Args:
        site: Folder of the built site.
        overlay: Files served in front of it; pages then reload by themselves.
    """
    files: list[BaseRoute]
    if overlay is None:
        files = [Mount("/", _Files(directory=site, html=True))]
    else:
        files = live_routes(site, overlay)
    return Starlette(routes=files, middleware=[Middleware(GZipMiddleware)])


class _Files(StaticFiles):
    """The built site: what carries a digest in its name is kept, pages are asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        kind = response.headers.get("content-type", "")
        kept = _FOREVER if _HASHED.search(path) else _FRESH if "html" in kind else _SHORT
        response.headers["cache-control"] = kept
        return response


def _wait(stop: threading.Event) -> None:
    # A wait without a limit cannot be interrupted on every platform.
    while not stop.wait(0.5):
        pass
