"""Tells the application whose TLS certificate a request came over; uvicorn itself does not."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

PEER = "memhon.peer"
"""Key of the ASGI scope: SHA-256 of the client's TLS certificate, hexadecimal."""


TRANSPORT = "memhon.transport"
"""Key of the ASGI scope: the connection, for what hangs up on demand."""


class PeerProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type] # chosen at import
    """The HTTP protocol of uvicorn; every scope names its connection and client certificate."""

    app: ASGIApp

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Read the certificate once for the connection."""
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert(binary_form=True) if tls is not None else None
        peer = hashlib.sha256(certificate).hexdigest() if certificate else None
        self.app = _named(self.app, peer, transport)


def _named(app: ASGIApp, peer: str | None, transport: asyncio.BaseTransport) -> ASGIApp:
    async def named(scope: Scope, receive: Receive, send: Send) -> Any:
        scope[TRANSPORT] = transport
        if peer is not None:
            scope[PEER] = peer
        return await app(scope, receive, send)

    return named
