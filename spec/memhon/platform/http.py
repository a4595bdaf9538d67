"""The API over HTTP: finds the operation, recognises the caller, and answers in JSON."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from memhon.errors import StoreError
from memhon.findings import Finding, cut, make
from memhon.intake import DEFAULT
from memhon.platform.callers import PlatformError
from memhon.platform.identity import recognise
from memhon.platform.operations import BASE, JSON, ZIP, Asked, Operation, Reply, find
from memhon.platform.periods import misunderstood
from memhon.platform.services import Platform
from memhon.sandbox import read_body
from memhon.security import instants

BODY_BYTES = 64 * 1024
ZIP_BYTES = DEFAULT.size + BODY_BYTES
"""A message of the largest size, not compressed, and its archive around it."""
BODY_SECONDS = 30.0
_HEAVY = 2
_LOG = logging.getLogger("memhon.platform")


class Api:
    """Answers every request below ``/api/v1``.

    Args:
        platform: What the operations have at hand.
        operations: The table.
        body_seconds: A body that takes longer is refused (HTTP 408).
    """

    def __init__(
        self,
        platform: Platform,
        operations: Sequence[Operation],
        *,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._platform = platform
        self._operations = tuple(operations)
        self._seconds = body_seconds
        # An archive takes memory and a core; many at once would starve everything else.
        self._turn = asyncio.Semaphore(_HEAVY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except PlatformError as error:
            response = self._refusal(error)
        except StoreError as error:
            _LOG.error("platform: %s", error)
            response = self._refusal(PlatformError(503, make("PLA-028")))
        except ClientDisconnect:
            return
        except Exception:
            # The path of a request names a patient: it stays out of the log.
            _LOG.exception("platform failed, %s", request.method)
            response = self._refusal(PlatformError(500, make("SBX-006")))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix(BASE)
        try:
            operation, place = find(self._operations, request.method, path)
        except PlatformError:
            # A peer that is still sending would see a broken connection instead of the refusal.
            await self._read(request, BODY_BYTES)
            raise
        if operation.accepts != ZIP:
            body = await self._read(request, BODY_BYTES)
            return await run_in_threadpool(self._done, operation, place, request, body)
        body = await self._read(request, ZIP_BYTES)
        async with self._turn:
            return await run_in_threadpool(self._done, operation, place, request, body)

    async def _read(self, request: Request, limit: int) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                data = await read_body(request, limit)
        except TimeoutError:
            raise _unread(408, "pas arrivé à temps", limit) from None
        if data is None:
            raise _unread(413, f"plus de {limit} octets", limit)
        return data

    def _done(
        self, operation: Operation, place: Mapping[str, str], request: Request, body: bytes
    ) -> Response:
        platform = self._platform
        address = request.client.host if request.client else ""
        caller = recognise(platform, request.headers, address)
        if caller.role not in operation.roles:
            expected = ", ".join(sorted(operation.roles))
            raise PlatformError(403, make("PLA-010", found=caller.role.value, expected=expected))
        query = _query(request, operation)
        _check_body(request, operation, body)
        now = platform.clock.now()
        asked = Asked(caller, now, place, query, body, operation.action)
        return _response(operation.work(platform, asked))

    def _refusal(self, error: PlatformError) -> Response:
        finding = error.finding
        told: dict[str, Any] = {
            "message": finding.text("fr"),
            "code": f"HTTP {error.status}",
            "timestamp": instants.milliseconds(self._platform.clock.now()),
            "id": finding.id,
            "fix": finding.wording("fr").fix,
            "page": finding.page,
        }
        if error.causes:
            told["findings"] = [_shown(cause) for cause in error.causes]
        headers = {"Connection": "close"} if error.status in (408, 413) else {}
        return Response(_bytes(told), error.status, headers | error.headers, JSON)


def _query(request: Request, operation: Operation) -> Mapping[str, str]:
    given = Counter(name for name, _ in request.query_params.multi_items())
    known = ", ".join(operation.query) or "aucun paramètre"
    for name, times in given.items():
        if name not in operation.query:
            raise misunderstood(cut(name), "paramètre inconnu", known)
        if times > 1:
            raise misunderstood(name, f"{times} valeurs", "une seule")
    return dict(request.query_params)


def _check_body(request: Request, operation: Operation, body: bytes) -> None:
    if not body and not (operation.accepts and operation.required):
        return
    given = request.headers.getlist("content-type")
    kind, _, rest = ", ".join(given).partition(";")
    charset = rest.strip().lower().replace('"', "")
    expected = operation.accepts or "un corps vide"
    if kind.strip().lower() != operation.accepts or charset not in ("", "charset=utf-8"):
        found = cut(", ".join(given)) or "absent"
        raise PlatformError(415, make("PLA-016", found=found, expected=expected))


def _unread(status: int, found: str, limit: int) -> PlatformError:
    return PlatformError(status, make("PLA-015", found=found, expected=f"{limit} octets"))


def _response(reply: Reply) -> Response:
    if reply.data is not None:
        return Response(reply.data, reply.status, dict(reply.headers), reply.kind)
    body = b"" if reply.value is None else _bytes(reply.value)
    return Response(body, reply.status, dict(reply.headers), JSON if body else None)


def _shown(finding: Finding) -> dict[str, Any]:
    """A cause, without an excerpt of the message: it would hold what the message holds."""
    names = ("id", "line", "column", "xpath", "found", "expected", "text", "fix", "page")
    told = finding.to_dict("fr")
    return {name: told[name] for name in names if told[name] is not None}


def _bytes(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()
