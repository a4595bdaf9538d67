"""The desk: explains what was refused and sets the sandbox, for this machine and nobody else.

A page of another site may send requests to the loopback address, or have its own name resolve to
it. Therefore every request has to name the desk itself, and none from another page is answered.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from memhon.clock import Clock
from memhon.errors import StoreError
from memhon.findings import Finding, cut, make
from memhon.sandbox.access_log import DESK, local_reader, reads_in_message, write_down
from memhon.sandbox.control import ROOT, Control
from memhon.sandbox.desk_control import ControlDesk
from memhon.sandbox.desk_page import Explain, gone_page, told_json, told_page
from memhon.sandbox.diagnostics import PATH
from memhon.sandbox.refusal import unkept
from memhon.store import RefusedMessage, Store

UNKNOWN = "SBX-010"
_POLICY = "Content-Security-Policy"
HEADERS = {
    "Cache-Control": "no-store",
    _POLICY: (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_METHODS = ("GET", "HEAD")
_ID = re.compile(r"Id-[0-9a-f]{24}")
_HTML = "text/html; charset=utf-8"
_LOG = logging.getLogger("memhon.sandbox")


@dataclass(frozen=True, slots=True)
class DeskPart:
    """What answers at the desk besides diagnosis and control; guarded like them.

    A part that sets a ``Content-Security-Policy`` keeps it.
    """

    routes: Sequence[BaseRoute]
    written: str = ""
    """Below which path other methods than GET and HEAD are let through; empty: nowhere."""


def create_desk(control: Control, explain: Explain, *parts: DeskPart) -> ASGIApp:
    """The application that a server on the loopback address runs.

    Args:
        control: Of the sandbox; its store holds the refused messages, and its clock says which of
            them have expired.
        explain: Says why a message was refused.
        parts: What else answers; they are asked before the control.
    """
    told = _diagnostic(control.store, control.clock, explain)
    routes = [
        Route(PATH + "{correlation_id}", told, methods=["GET"]),
        Route(PATH + "{rest:path}", _unlisted, methods=["GET"]),
        *(route for part in parts for route in part.routes),
        Route(ROOT + "{rest:path}", ControlDesk(control)),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _nothing})
    app.router.redirect_slashes = False
    return Guarded(app, tuple(part.written for part in parts if part.written))


class Guarded:
    """Lets a request through that names the desk and comes from no other page.

    Args:
        app: What is guarded.
        written: Paths below which other methods than GET and HEAD are let through.
    """

    def __init__(self, app: ASGIApp, written: tuple[str, ...] = ()) -> None:
        self._app = app
        self._written = written

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = headers.get(_POLICY)
                headers.update(HEADERS if own is None else {**HEADERS, _POLICY: own})
            await send(message)

        refused = _refused(scope, self._written)
        await (refused or self._app)(scope, receive, closed)


def _refused(scope: Scope, written: tuple[str, ...]) -> Response | None:
    finding = _foreign(scope)
    if finding is not None:
        fix = finding.wording("fr").fix
        return PlainTextResponse(f"403 {finding.id} : {finding.text('fr')}\n{fix}\n", 403)
    path = scope["path"]
    if scope["method"] not in _METHODS and not (_is_control(path) or path.startswith(written)):
        return PlainTextResponse(_WORDS[405], 405, {"Allow": ", ".join(_METHODS)})
    return None


def _is_control(path: str) -> bool:
    return path.startswith(ROOT) and not path.startswith(PATH)


def _foreign(scope: Scope) -> Finding | None:
    """Why the request is not for the desk, or not from here; only the very headers count."""
    # The port of the socket: nothing that the peer says has a part in it.
    port = (scope.get("server") or ("", 0))[1]
    own = [f"{name}:{port}" for name in _NAMES] + (list(_NAMES) if port == 80 else [])
    hosts = _values(scope, b"host")
    if len(hosts) != 1 or hosts[0].lower() not in own:
        return make("SBX-008", found=cut(", ".join(hosts)) or "absent", expected=own[0])
    origins = _values(scope, b"origin")
    expected = f"http://{hosts[0].lower()}"
    if origins and [origin.lower() for origin in origins] != [expected]:
        return make("SBX-009", found=cut(", ".join(origins)) or "vide", expected=expected)
    return None


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _diagnostic(
    store: Store, clock: Clock, explain: Explain
) -> Callable[[Request], Awaitable[Response]]:
    turn = asyncio.Semaphore(1)

    def answered(correlation_id: str, address: str, *, as_json: bool) -> Response:
        message = _kept(store, clock, correlation_id)
        if message is None:
            return _gone(as_json=as_json)
        diagnosis = explain(message)
        reader = local_reader(DESK, f"GET {PATH}…", address)
        reads = reads_in_message(message.data, message.correlation_id)
        write_down(store, reader, reads, clock.now())
        if as_json:
            return JSONResponse(told_json(message, diagnosis))
        return Response(told_page(message, diagnosis), media_type=_HTML)

    async def diagnostic(request: Request) -> Response:
        correlation_id = request.path_params["correlation_id"]
        as_json = request.query_params.get("format") == "json"
        # An explanation takes memory and a core; many at once would starve the exchange.
        async with turn:
            try:
                address = request.client.host if request.client else ""
                return await run_in_threadpool(answered, correlation_id, address, as_json=as_json)
            except StoreError as error:
                _LOG.error("diagnosis not given, %s: %s", correlation_id, error)
                return _unkept(error, as_json=as_json)
            except Exception:
                _LOG.exception("diagnosis failed, %s", correlation_id)
                return PlainTextResponse(_WORDS[500], 500)

    return diagnostic


def _kept(store: Store, clock: Clock, correlation_id: str) -> RefusedMessage | None:
    if not _ID.fullmatch(correlation_id):
        return None
    return store.refused.find(correlation_id, clock.now())


def _gone(*, as_json: bool) -> Response:
    finding = make(UNKNOWN)
    if as_json:
        return JSONResponse({"finding": finding.to_dict("fr")}, 404)
    return Response(gone_page(finding), 404, media_type=_HTML)


def _unkept(error: StoreError, *, as_json: bool) -> Response:
    (finding,) = unkept(error)
    if as_json:
        return JSONResponse({"finding": finding.to_dict("fr")}, 503)
    return Response(gone_page(finding), 503, media_type=_HTML)


async def _unlisted(_request: Request) -> Response:
    raise HTTPException(404)


async def _nothing(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return PlainTextResponse(_WORDS.get(error.status_code, ""), error.status_code)


_WORDS = {
    404: "404 Rien à cette adresse ; les écrans sont à /, l'horloge se lit à /_sandbox/clock, et "
    "une faute SEC porte le lien de son diagnostic.\n",
    405: "405 Le poste de commande ne se lit qu'avec GET ou HEAD.\n",
    500: "500 Le diagnostic a échoué ; le journal du bac à sable dit pourquoi.\n",
}
