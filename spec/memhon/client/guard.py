"""Which hosts are real systems, and where a client sends when nobody says."""

from __future__ import annotations

import ipaddress
import os
import re

DEFAULT_ENDPOINT = "http://127.0.0.1:8480"
EXCHANGE_PATH = "/ws/soap/espinst/syncexchange"
PATHS = {"identity": "/SAML2Server/AuthenticationService", "tokens": "/ws/soap/trust"}
"""Paths of the services that come before the exchange."""
_DIAGNOSTIC = re.compile(
    r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?"
    r"/_sandbox/diagnostic/Id-[0-9a-f]{24}"
)
_REAL = ("esante.lu", "mysecu.lu")


def endpoint_or_default(given: str | None) -> str:
    """The endpoint given, else ``MEMHON_ENDPOINT``, else the local sandbox."""
    return given or os.environ.get("MEMHON_ENDPOINT") or DEFAULT_ENDPOINT


def is_real(host: str) -> bool:
    """Whether a host, in lower case and without a trailing dot, belongs to the real systems."""
    return any(host == domain or host.endswith("." + domain) for domain in _REAL)


def is_diagnostic(url: str) -> bool:
    """Whether a link leads to the desk of a sandbox on this machine, and nowhere else.

    A fault is read before anybody knows who wrote it, so that any other link in it may be a trap.
    """
    return _DIAGNOSTIC.fullmatch(url) is not None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: its name is ``localhost`` or its address a loopback one."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
