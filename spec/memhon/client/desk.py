"""Talks to the desk of a sandbox that runs on this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from memhon.client.guard import EXCHANGE_PATH
from memhon.client.transport import Address, Reply, Request, call, is_local, resolve
from memhon.errors import CatalogueError, SandboxError, TransportError
from memhon.findings import cut, make

DEFAULT_DESK = "http://127.0.0.1:8481"
_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
    "User-Agent": "memhon",
}
_SECONDS = 60.0
_MOST = 128 * 1024 * 1024
"""Bytes of an answer; a copy of a store is long."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a sandbox is set; one request at a time.

    Use ``Desk.at`` to make one.
    """

    url: Address

    @classmethod
    def at(cls, address: str = DEFAULT_DESK) -> Desk:
        """The desk at an address.

        Args:
            address: ``http://`` and a loopback address with its port, without a path.

        Raises:
            TransportError: It is no such address (NET-005), or a real system (NET-004).
        """
        url = resolve(address, allow_real_systems=False)
        if url.scheme != "http" or not is_local(url) or url.path != EXCHANGE_PATH:
            detail = f"une adresse de bouclage sans chemin est attendue, p. ex. {DEFAULT_DESK}"
            raise TransportError(findings=(make("NET-005", found=address, detail=detail),))
        return cls(url.copy_with(path="/", query=None, fragment=None))

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """Make a request and give the value of the answer; None when it has none.

        Args:
            method: Of HTTP.
            path: Below ``/_sandbox/``.
            wish: What is asked for, as values of JSON.
            query: What follows the path.

        Raises:
            SandboxError: The desk refuses; the finding says why.
            TransportError: Nothing listens there (NET-008), or no desk (NET-009).
        """
        url = self.url.copy_with(path=path, params=dict(query or {}))
        data = json.dumps({} if wish is None else wish).encode() if method == "POST" else None
        try:
            reply = call(Request(method, url, data, _HEADERS), timeout=_SECONDS, limit=_MOST)
        except TransportError as error:
            raise self._unreached(error) from None
        return self._value(reply)

    def _unreached(self, error: TransportError) -> TransportError:
        (finding,) = error.findings
        if finding.id != "NET-001":
            return error
        detail = getattr(finding, "detail", None)
        return TransportError(findings=(make("NET-008", found=self._shown, detail=detail),))

    def _value(self, reply: Reply) -> Any:
        if reply.status == 204:
            return None
        if reply.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise self._no_desk(reply)
        try:
            value = json.loads(reply.data)
        except (ValueError, RecursionError):
            raise self._no_desk(reply) from None
        if 200 <= reply.status < 300:
            return value
        raise _refused(value) or self._no_desk(reply)

    def _no_desk(self, reply: Reply) -> TransportError:
        start = cut(reply.data[:200].decode("utf-8", "replace")) or "réponse vide"
        detail = f"HTTP {reply.status}, {start}"
        return TransportError(findings=(make("NET-009", found=self._shown, detail=detail),))

    @property
    def _shown(self) -> str:
        return str(self.url).rstrip("/")


def _refused(value: Any) -> SandboxError | None:
    """The refusal as it would be in this process; None when it is of another kind."""
    match value:
        case {"finding": {"id": str(known), **told}}:
            text = {name: value for name, value in told.items() if isinstance(value, str)}
            try:
                finding = make(
                    known,
                    element=text.get("element"),
                    found=text.get("found"),
                    expected=text.get("expected"),
                    detail=text.get("detail"),
                )
            except CatalogueError:
                return None
            return SandboxError(findings=(finding,))
    return None
