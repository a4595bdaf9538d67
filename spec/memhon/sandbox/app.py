"""HTTP in front of the synchronous exchange: one path, one method, capped bodies."""

from __future__ import annotations

from importlib.metadata import version

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from memhon.intake import DEFAULT, Limits
from memhon.sandbox.exchange import Answer, SynchronousExchange

EXCHANGE_PATH = "/ws/soap/espinst/syncexchange"
_CONTENT_TYPE = "text/xml;charset=UTF-8"
_DRAINED = 4
_VERSION = version("memhon")


def create_app(exchange: SynchronousExchange, *, limits: Limits = DEFAULT) -> Starlette:
    """The application that a server runs.

    Args:
        exchange: Answers the requests.
        limits: A longer body is refused without being kept.
    """

    async def answer(request: Request) -> Response:
        _require_xml(request)
        try:
            data = await _read(request, limits.size)
        except ClientDisconnect:
            return Response(status_code=400)
        if data is None:
            return _response(exchange.refuse_size(limits.size))
        return _response(await run_in_threadpool(exchange.answer, data))

    app = Starlette(
        routes=[Route(EXCHANGE_PATH, answer, methods=["POST"])],
        exception_handlers={HTTPException: _refused},
    )
    # A redirect would leave without our headers, and no client of ours follows one.
    app.router.redirect_slashes = False
    return app


def _require_xml(request: Request) -> None:
    given = request.headers.get("content-type", _CONTENT_TYPE)
    if given.partition(";")[0].strip().lower() != "text/xml":
        raise HTTPException(415, f"Content-Type « {given} » : SOAP 1.1 demande « text/xml ».")


async def _read(request: Request, limit: int) -> bytes | None:
    """The body, or None when it is longer than the limit.

    A long body is read on and thrown away, up to a few times the limit: a peer that is still
    sending would otherwise see a broken connection instead of the fault.
    """
    received = bytearray()
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            received += chunk
        elif size > _DRAINED * limit:
            break
    return bytes(received) if size <= limit else None


def _response(answer: Answer) -> Response:
    kind = "computed" if answer.computed else "example"
    headers = _headers(answer.exchange or "unknown", kind)
    headers["Content-Type"] = _CONTENT_TYPE
    return Response(answer.data, answer.status, headers)


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = _headers("unknown", "computed") | dict(error.headers or {})
    text = error.detail if error.status_code == 415 else _WORDS.get(error.status_code, "")
    return PlainTextResponse(f"{error.status_code} {text}\n", error.status_code, headers)


_WORDS = {
    404: f"Rien à cette adresse ; l'échange synchrone est à {EXCHANGE_PATH}.",
    405: "L'échange synchrone n'accepte que la méthode POST.",
}


def _headers(exchange: str, kind: str) -> dict[str, str]:
    return {
        "X-Memhon-Sandbox": _VERSION,
        "X-Memhon-Security": "off",
        "X-Memhon-Answer": kind,
        "X-Memhon-Exchange": exchange,
    }
