"""Tells the application whose TLS certificate a request came over; uvicorn itself does not."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

PEER = "memhon.peer"
"""Key of the ASGI scope: SHA-256 of the client's TLS certificate, hexadecimal."""


class PeerProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type] # chosen at import
    """The HTTP protocol of uvicorn; every scope of a connection names its client certificate."""

    app: ASGIApp

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Read the certificate once for the connection."""
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert(binary_form=True) if tls is not None else None
        if certificate:
            self.app = _named(self.app, hashlib.sha256(certificate).hexdigest())


def _named(app: ASGIApp, peer: str) -> ASGIApp:
    async def named(scope: Scope, receive: Receive, send: Send) -> Any:
        scope[PEER] = peer
        return await app(scope, receive, send)

    return named
