"""The control of a sandbox over HTTP: JSON in, JSON out, nothing but what was asked for."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from memhon.errors import StoreError
from memhon.findings import Finding, cut, make
from memhon.sandbox.bodies import read_body
from memhon.sandbox.control import LOAD, Told, methods_of
from memhon.sandbox.refusal import unkept
from memhon.sandbox.wishes import WishError, misunderstood, read_wish

WISH_BYTES = 64 * 1024
COPY_BYTES = 64 * 1024 * 1024
BODY_SECONDS = 30.0
_JSON = "application/json"
_CLOSE = {"Connection": "close"}
"""What was not read to its end cannot be followed by another request."""
_LOG = logging.getLogger("memhon.sandbox")


class Asks(Protocol):
    """Answers requests that are a method, a path and plain values."""

    def ask(
        self, method: str, path: str, wish: Any, query: Mapping[str, str], address: str, /
    ) -> Told:
        """Answer a request; see ``Control.ask``."""
        ...


class ControlDesk:
    """Answers requests below ``/_sandbox/``: all but those for a diagnosis.

    Args:
        control: Does what is asked.
        body_seconds: A body that takes longer is refused (HTTP 408).
        methods: What a path answers to.
    """

    def __init__(
        self,
        control: Asks,
        *,
        body_seconds: float = BODY_SECONDS,
        methods: Callable[[str], tuple[str, ...]] = methods_of,
    ) -> None:
        self._control = control
        self._methods = methods
        self._seconds = body_seconds
        # A copy takes memory and a core; many at once would starve the exchange.
        self._turn = asyncio.Semaphore(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except WishError as error:
            response = self._refusal(error, request)
        except StoreError as error:
            _LOG.error("desk: %s", error)
            (finding,) = unkept(error)
            response = _told(503, finding)
        except ClientDisconnect:
            return
        except Exception:
            _LOG.exception("desk failed, %s", request.method)
            response = _told(500, make("SBX-006"))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path, method = request.url.path, "GET" if request.method == "HEAD" else request.method
        if method != "POST" or request.method not in self._methods(path):
            return await self._done(request, method, None)
        _require_json(request)
        if path != LOAD:
            return await self._done(request, method, await self._read(request, WISH_BYTES))
        async with self._turn:
            return await self._done(request, method, await self._read(request, COPY_BYTES))

    async def _read(self, request: Request, limit: int) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                data = await read_body(request, limit)
        except TimeoutError:
            raise WishError(408, make("SBX-013", found="pas arrivé à temps")) from None
        if data is None:
            found = f"plus de {limit} octets"
            raise WishError(413, make("SBX-013", found=found))
        return data

    async def _done(self, request: Request, method: str, data: bytes | None) -> Response:
        query = request.query_params
        names = [name for name, _ in query.multi_items()]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise misunderstood(f"?{cut(twice[0])}", "deux valeurs", "une seule")
        path = request.scope["path"]

        def work() -> tuple[Told, bytes]:
            wish = None if data is None else read_wish(data)
            address = request.client.host if request.client else ""
            told = self._control.ask(method, path, wish, dict(query), address)
            return told, b"" if told.value is None else _bytes(told.value)

        told, body = await run_in_threadpool(work)
        headers = {"Location": told.place} if told.place else {}
        kind = _JSON if body else None
        return Response(body, told.status, headers, kind)

    def _refusal(self, error: WishError, request: Request) -> Response:
        headers = dict(_CLOSE) if error.status in (408, 413, 415) else {}
        if error.status == 405:
            headers["Allow"] = ", ".join(self._methods(request.scope["path"]))
        return _told(error.status, error.finding, headers)


def _require_json(request: Request) -> None:
    given = request.headers.getlist("content-type")
    kind, _, rest = ", ".join(given).partition(";")
    charset = rest.strip().lower().replace('"', "")
    if kind.strip().lower() != _JSON or charset not in ("", "charset=utf-8"):
        found = cut(", ".join(given)) or "absent"
        raise WishError(415, make("SBX-011", found=found, expected=_JSON))


def _told(status: int, finding: Finding, headers: dict[str, str] | None = None) -> Response:
    told = finding.to_dict("fr") | {"detail": finding.detail}
    value = {name: text for name, text in told.items() if text is not None}
    return Response(_bytes({"finding": value}), status, headers or {}, _JSON)


def _bytes(value: Any) -> bytes:
    """JSON; a list has one line for each of its values, as it may be long."""
    if isinstance(value, list):
        lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in value)
        return f"[{lines}]\n".encode()
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()
