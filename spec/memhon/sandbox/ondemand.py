"""What the effects of the switchboard do to an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from memhon import soap
from memhon.catalogue import load
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.peer import TRANSPORT
from memhon.sandbox.switchboard import Effect, Met
from memhon.sandbox.voice import Answer, Marks

RETRY_SECONDS = 120
OTHER_CORRELATION = "Id-" + 24 * "0"
"""What an answer to another call names: the sandbox never draws it."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SIGNATURE = re.compile(rb"(SignatureValue[^>]*>\s*)(.)")
_MAINTENANCE = (
    "503 Maintenance annoncée par le commutateur du bac à sable : réessayez dans "
    f"{RETRY_SECONDS} secondes.\n"
)


def senders_in(message: soap.Element, space: str) -> frozenset[str]:
    """Codes by which a call may name its provider: its space, otherwise what the message says."""
    if space:
        return frozenset((space,))
    texts = {(node.text or "").strip() for node in message.iter()}
    return frozenset(provider.code for provider in load().providers if provider.code in texts)


def of_another_call(
    payload: soap.Element, request: soap.Element, numbering: Numbering
) -> soap.Element:
    """The answer with other identifiers wherever it repeats those of the request."""
    asked = {(node.text or "").strip().casefold() for node in request.iter() if _identifies(node)}
    for node in payload.iter():
        if _identifies(node) and (node.text or "").strip().casefold() in asked:
            node.text = numbering.uuid()
    return payload


def marked_for_another(marks: Marks) -> Marks:
    """The ids of an answer that names another call."""
    return replace(marks, correlation=replace(marks.correlation, id=OTHER_CORRELATION))


def badly_signed(envelope: bytes) -> bytes:
    """The envelope with another value of its signature."""
    return _SIGNATURE.sub(lambda at: at[1] + (b"B" if at[2] == b"A" else b"A"), envelope, count=1)


def maintenance(exchange: str, met: Met) -> Answer:
    """What is said instead of an answer."""
    return Answer(503, _MAINTENANCE.encode(), exchange, True, met)


class Broken(Response):
    """An answer that never arrives, or only its first half.

    Args:
        whole: The answer as it would be sent.
        half: Whether its first half arrives.
    """

    def __init__(self, whole: Response, *, half: bool) -> None:
        super().__init__(whole.body, whole.status_code, dict(whole.headers))
        self._half = half

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what arrives and hang up."""
        transport = scope[TRANSPORT]
        if self._half:
            headers = self.raw_headers
            start = {"type": "http.response.start", "status": self.status_code, "headers": headers}
            await send(start)
            half = bytes(self.body)[: len(self.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            transport.close()
        else:
            transport.abort()
        # The server would complete what ends before its connection does.
        while (await receive())["type"] != "http.disconnect":
            pass


def headers_of(answer: Answer) -> Mapping[str, str]:
    """What the head of an answer says about the switchboard."""
    if answer.met is None:
        return {}
    told = {"X-Memhon-On-Demand": answer.met.effect.value}
    if answer.met.effect is Effect.MAINTENANCE:
        told |= {"Retry-After": str(RETRY_SECONDS), "Content-Type": "text/plain; charset=utf-8"}
    return told


def _identifies(node: soap.Element) -> bool:
    return bool(node.text and _UUID.fullmatch(node.text.strip()))
