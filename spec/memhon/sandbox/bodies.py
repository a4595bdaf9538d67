"""Reads the body of a request, and no more of it than is wanted."""

from __future__ import annotations

from starlette.requests import Request

_DRAINED = 4


async def read_body(request: Request, limit: int) -> bytes | None:
    """The body, or None when it is longer than the limit.

    A long body is read on and thrown away, up to a few times the limit: a peer that is still
    sending would otherwise see a broken connection instead of the refusal.

    Args:
        request: What is read.
        limit: Bytes that are kept at most.
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
