"""HTTP in front of the services: a path and a method each, capped bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from importlib.metadata import version
from time import perf_counter
from typing import Protocol, TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from memhon.intake import DEFAULT, Limits
from memhon.sandbox.bodies import read_body
from memhon.sandbox.exchange import SynchronousExchange
from memhon.sandbox.identity import IdentityProvider
from memhon.sandbox.ondemand import Broken, headers_of
from memhon.sandbox.peer import PEER
from memhon.sandbox.selftest import SelfTest
from memhon.sandbox.switchboard import Effect
from memhon.sandbox.tokenservice import TokenService
from memhon.sandbox.voice import Answer
from memhon.sandbox.wiretap import Wiretap, sent
from memhon.store import WireExchange

EXCHANGE_PATH = "/ws/soap/espinst/syncexchange"
IDENTITY_PATH = "/SAML2Server/AuthenticationService"
TOKEN_PATH = "/ws/soap/trust"
SELF_TEST_PATH = "/ws/soap/inttest/btt"
TLS_TEST_PATH = "/ws/soap/inttest/ssl"
_NAMES = {IDENTITY_PATH: "identity", TOKEN_PATH: "token", SELF_TEST_PATH: "self-test"}
"""How the desk knows a service that is no exchange."""
_CONTENT_TYPE = "text/xml;charset=UTF-8"
_CLOSE = {"Connection": "close"}
"""What was not read to its end cannot be followed by another request."""
BODY_SECONDS = 30.0
"""How long a body may take; 16 MiB pass in that time at 5 Mbit/s."""
_VERSION = version("memhon")


@dataclass(frozen=True, slots=True)
class Services:
    """What listens on the wire port."""

    exchange: SynchronousExchange
    identity: IdentityProvider | None = None
    tokens: TokenService | None = None
    tls: bool = False
    """Whether a request has to come over TLS with a client certificate."""
    tap: Wiretap | None = None
    """Keeps what goes over the wire; None when there is no desk."""

    @property
    def secured(self) -> bool:
        """Whether signatures and tokens are checked."""
        return self.exchange.gate is not None


_Answering: TypeAlias = Callable[[bytes, str | None, str], Answer]
"""Answers a body, given the TLS certificate and the network address of the peer; never raises."""


class Service(Protocol):
    """Anything that answers bytes; never raises."""

    def answer(self, data: bytes, peer: str | None) -> Answer:
        """The answer to one request."""
        ...


def create_app(
    services: Services, *, limits: Limits = DEFAULT, body_seconds: float = BODY_SECONDS
) -> Starlette:
    """The application that a server runs.

    Args:
        services: Answer the requests.
        limits: A longer body is refused without being kept.
        body_seconds: A body that takes longer is refused (HTTP 408).
    """
    listening: dict[str, _Answering] = {EXCHANGE_PATH: services.exchange.answer} | {
        path: _wherever(service)
        for path, service in (
            (IDENTITY_PATH, services.identity),
            (TOKEN_PATH, services.tokens),
            (SELF_TEST_PATH, _self_test(services.exchange)),
        )
        if service is not None
    }
    routes = [
        Route(path, _endpoint(answering, services, limits, body_seconds), methods=["POST"])
        for path, answering in listening.items()
    ]
    if services.secured:
        routes.append(Route(TLS_TEST_PATH, _tls_test(services), methods=["GET"]))
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refusal(services)})
    # A redirect would leave without our headers, and no client of ours follows one.
    app.router.redirect_slashes = False
    return app


def _wherever(service: Service) -> _Answering:
    """Answer alike wherever the request comes from."""
    return lambda data, peer, _address: service.answer(data, peer)


def _endpoint(
    answering: _Answering, services: Services, limits: Limits, body_seconds: float
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        _require_xml(request)
        try:
            async with asyncio.timeout(body_seconds):
                data = await read_body(request, limits.size)
        except TimeoutError:
            raise HTTPException(408, headers=_CLOSE) from None
        except ClientDisconnect:
            return Response(status_code=400)
        began = _Began(services.exchange.clock.now(), perf_counter(), data or b"")
        peer = request.scope.get(PEER)
        if services.tls and peer is None:
            found = await run_in_threadpool(services.exchange.refuse_peer)
        elif data is None:
            found = await run_in_threadpool(services.exchange.refuse_size, limits.size)
        else:
            address = request.client.host if request.client else ""
            found = await run_in_threadpool(answering, data, peer, address)
        if services.tap is not None:
            services.tap.keep(_tapped(began, found, request.scope["path"]))
        if found.met is not None and found.met.seconds:
            await asyncio.sleep(found.met.seconds)
        response = _delivered(found, services)
        if data is None:
            response.headers.update(_CLOSE)
        return response

    return answer


@dataclass(frozen=True, slots=True)
class _Began:
    """A request that was read, or refused before it was."""

    at: datetime
    counter: float
    """Seconds of the machine."""
    data: bytes


def _tapped(began: _Began, answer: Answer, path: str) -> WireExchange:
    return sent(
        answer,
        WireExchange(
            at=began.at,
            correlation_id="",
            exchange=_NAMES.get(path, ""),
            outcome="",
            http_status=answer.status,
            microseconds=round((perf_counter() - began.counter) * 1_000_000),
            request=began.data,
            response=b"",
        ),
    )


def _self_test(exchange: SynchronousExchange) -> SelfTest | None:
    if exchange.gate is None:
        return None
    return SelfTest(exchange.gate, exchange.numbering, exchange.diagnostics)


def _tls_test(services: Services) -> Callable[[Request], Awaitable[Response]]:
    async def test(request: Request) -> Response:
        if services.tls and request.scope.get(PEER) is None:
            raise HTTPException(403)
        return PlainTextResponse("OK\n", headers=_headers(services, "unknown", "computed"))

    return test


def _require_xml(request: Request) -> None:
    given = request.headers.get("content-type", _CONTENT_TYPE)
    if given.partition(";")[0].strip().lower() != "text/xml":
        raise HTTPException(415, f"Content-Type « {given} » : SOAP 1.1 demande « text/xml ».")


def _delivered(answer: Answer, services: Services) -> Response:
    """The answer as it is sent: the switchboard may break it."""
    whole = _response(answer, services)
    if answer.met is not None and answer.met.effect in (Effect.CUT, Effect.HALF):
        return Broken(whole, half=answer.met.effect is Effect.HALF)
    return whole


def _response(answer: Answer, services: Services) -> Response:
    kind = "computed" if answer.computed else "example"
    headers = _headers(services, answer.exchange or "unknown", kind)
    headers["Content-Type"] = _CONTENT_TYPE
    headers |= headers_of(answer)
    if answer.notice is not None:
        headers["X-Memhon-Notice"] = answer.notice
    return Response(answer.data, answer.status, headers)


def _refusal(services: Services) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def refused(_request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        headers = _headers(services, "unknown", "computed") | dict(error.headers or {})
        text = error.detail if error.status_code == 415 else _words(error.status_code, services)
        return PlainTextResponse(f"{error.status_code} {text}\n", error.status_code, headers)

    return refused


def _words(status: int, services: Services) -> str:
    if status == 404 and not services.secured:
        return f"{_OFF} {_WORDS[404]}"
    return _WORDS.get(status, "")


_OFF = "Sécurité désactivée ici : client en --security off."
_WORDS = {
    403: "Connexion TLS sans certificat client (SEC-070).",
    404: f"Rien à cette adresse ; l'échange synchrone est à {EXCHANGE_PATH}.",
    405: "Ce service n'accepte que la méthode POST.",
    408: "Le corps de la requête n'est pas arrivé à temps.",
}


def _headers(services: Services, exchange: str, kind: str) -> dict[str, str]:
    return {
        # The sandbox may live at another time than its server.
        "Date": format_datetime(services.exchange.clock.now(), usegmt=True),
        "X-Memhon-Sandbox": _VERSION,
        "X-Memhon-Security": "strict" if services.secured else "off",
        "X-Memhon-Answer": kind,
        "X-Memhon-Exchange": exchange,
    }
