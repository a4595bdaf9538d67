"""The time of a sandbox in another process, as its answers tell it."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from memhon.client.keys import ClientKeys
from memhon.client.transport import Request, call, is_local, is_local_tls, resolve
from memhon.clock import Clock, SystemClock
from memhon.errors import TransportError
from memhon.findings import make
from memhon.home import pki_path

_MARK = "x-memhon-sandbox"
"""Only a sandbox has a time of its own; anything else behind a local port has the machine's."""
_FRESH_SECONDS = 1.0
_NEAR = timedelta(seconds=1)
_MOST = 65_536
"""Bytes of an answer that is asked to have none."""
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "memhon"}


class SandboxClock:
    """Shows the time in which a sandbox on this machine lives.

    It asks the sandbox when it is first needed, and again when the last answer is a second old: a
    client that was made earlier follows a clock that is advanced later.

    Args:
        endpoint: Of the sandbox, a loopback address; as for ``Client``.
        keys: What to present over HTTPS; the test keys of ``demo-1`` by default.
        timeout: Seconds to wait for an answer.
        machine: The machine's time.

    Raises:
        TransportError: The endpoint is no usable URL, or of another machine (NET-005).
    """

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        keys: ClientKeys | None = None,
        timeout: float = 5.0,
        machine: Clock | None = None,
    ) -> None:
        url = resolve(endpoint, allow_real_systems=False)
        if not is_local(url):
            detail = "l'heure d'un bac à sable ne se lit que sur cette machine"
            raise TransportError(findings=(make("NET-005", found=str(url), detail=detail),))
        if keys is None and is_local_tls(url):
            keys = ClientKeys.of_sandbox(pki_path())
        self._tls = keys.tls(url.host) if keys and is_local_tls(url) else None
        self._request = Request("HEAD", url.copy_with(path="/", query=None), headers=_HEADERS)
        self._timeout = timeout
        self._machine = machine or SystemClock()
        self._lock = threading.Lock()
        self._offset = timedelta()
        self._read_at = float("-inf")

    def now(self) -> datetime:
        """The current instant of the sandbox, aware, in UTC.

        Raises:
            TransportError: The sandbox does not answer.
        """
        offset = self.offset()
        return self._machine.now() + offset

    def offset(self) -> timedelta:
        """By how much the sandbox is ahead of the machine; zero when they agree to the second.

        Raises:
            TransportError: The sandbox does not answer.
        """
        with self._lock:
            if time.monotonic() - self._read_at >= _FRESH_SECONDS:
                self._offset = self._asked()
                self._read_at = time.monotonic()
            return self._offset

    def _asked(self) -> timedelta:
        before = self._machine.now()
        reply = call(self._request, timeout=self._timeout, tls=self._tls, limit=_MOST)
        after = self._machine.now()
        told = _told(reply.headers)
        # The header has whole seconds, those that have passed.
        if told is None or before - 2 * _NEAR < told <= after + _NEAR:
            return timedelta()
        return told - after


def _told(headers: Mapping[str, str]) -> datetime | None:
    if _MARK not in headers:
        return None
    try:
        return parsedate_to_datetime(headers.get("date", "")).astimezone(UTC)
    except ValueError:
        return None
