"""The only outgoing HTTP of the project: no proxy from the environment, no redirect."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

import httpx

from memhon.client.guard import EXCHANGE_PATH, PATHS, endpoint_or_default, is_loopback, is_real
from memhon.errors import TransportError
from memhon.findings import make
from memhon.intake import DEFAULT

REQUEST_HEADERS = {
    "Content-Type": "text/xml;charset=UTF-8",
    "Accept": "text/xml",
    "Accept-Encoding": "identity",
    "SOAPAction": '""',
    "User-Agent": "memhon",
}

_WHOLE = 4
"""How many times the timeout a whole answer may take; a drop now and then would never end."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as received."""

    status: int
    headers: Mapping[str, str]
    data: bytes


Address: TypeAlias = httpx.URL


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request."""

    method: str
    url: Address
    data: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def resolve(given: str | None, *, allow_real_systems: bool) -> httpx.URL:
    """The URL to send to.

    The host is judged in the very form in which it would be connected to.

    Args:
        given: Endpoint of the caller, or None for the default; the path of the synchronous
            exchange is added when there is none.
        allow_real_systems: Whether hosts of the real systems are permitted.

    Raises:
        TransportError: No usable URL (NET-005), or a real system without permission (NET-004).
    """
    text = endpoint_or_default(given)
    try:
        url = httpx.URL(text)
        host = unquote(url.raw_host.decode("ascii")).strip().rstrip(".").lower()
    except (httpx.InvalidURL, ValueError) as error:
        raise _unusable(text, str(error)) from None
    if is_real(host) and not allow_real_systems:
        raise TransportError(findings=(make("NET-004", found=host),))
    if url.scheme not in ("http", "https") or not host:
        raise _unusable(text, "http://hôte[:port] ou https://hôte[:port] est attendu")
    if url.port is not None and not 0 < url.port < 65536:
        raise _unusable(text, f"port {url.port}")
    if url.userinfo:
        raise _unusable(host, "nom d'utilisateur ou mot de passe dans l'adresse")
    return url.copy_with(path=EXCHANGE_PATH) if url.path in ("", "/") else url


def is_local(url: httpx.URL) -> bool:
    """Whether a URL leads to this machine."""
    return is_loopback(url.host)


def is_local_tls(url: httpx.URL) -> bool:
    """Whether a URL leads to this machine over HTTPS, hence to a sandbox."""
    return url.scheme == "https" and is_loopback(url.host)


def service_url(url: httpx.URL, service: str) -> httpx.URL:
    """Where a service of the same peer listens.

    Args:
        url: Of the synchronous exchange.
        service: ``exchange``, ``identity`` or ``tokens``.
    """
    return url if service == "exchange" else url.copy_with(path=PATHS[service])


def post(
    url: httpx.URL, data: bytes, *, timeout: float, tls: ssl.SSLContext | None = None
) -> Reply:
    """Send bytes and read the whole answer, whatever its status.

    Args:
        url: Target, as ``resolve`` made it.
        data: Body, sent as it is.
        timeout: Seconds for each of connecting, sending and waiting.
        tls: With what to call over HTTPS; None presents nothing and believes public authorities.

    Raises:
        TransportError: There was no answer; the finding (``NET-…``) says why.
    """
    request = Request("POST", url, data, REQUEST_HEADERS)
    return call(request, timeout=timeout, tls=tls, limit=DEFAULT.size)


def call(
    request: Request,
    *,
    timeout: float,
    tls: ssl.SSLContext | None = None,
    limit: int,
) -> Reply:
    """Make a request and read the whole answer, whatever its status.

    Args:
        request: Method, target, headers and body.
        timeout: Seconds for each of connecting, sending and waiting.
        tls: As for ``post``.
        limit: Bytes of an answer that are read at most.

    Raises:
        TransportError: There was no answer; the finding (``NET-…``) says why.
    """
    url = request.url
    try:
        return _exchange(request, timeout, tls, limit)
    except httpx.TimeoutException:
        raise _error("NET-002", url, f"{timeout:g} s") from None
    except httpx.ConnectError as error:
        raise _error(_tls_or("NET-001", error), url, str(error)) from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError) as error:
        raise _error("NET-005", url, str(error)) from None
    except ValueError as error:
        # The resolver's own complaint, e.g. about a label of more than 63 characters.
        raise _error("NET-005", url, str(error)) from None
    except httpx.TransportError as error:
        raise _error(_tls_or("NET-006", error), url, str(error)) from None
    except httpx.DecodingError as error:
        raise _error("NET-003", url, str(error)) from None


def _tls_or(finding_id: str, error: BaseException) -> str:
    """NET-007 when TLS itself is what failed, else the id given."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "NET-007"
        cause = cause.__cause__ or cause.__context__
    return finding_id


def _exchange(request: Request, timeout: float, tls: ssl.SSLContext | None, limit: int) -> Reply:
    verify = tls or _trust(request.url)
    client = httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout, verify=verify)
    sent = client.stream(
        request.method, request.url, content=request.data, headers=dict(request.headers)
    )
    with client, sent as response:
        received = bytearray()
        latest = time.monotonic() + _WHOLE * timeout
        for chunk in response.iter_bytes():
            received += chunk
            if time.monotonic() > latest:
                raise httpx.ReadTimeout(f"more than {_WHOLE} times {timeout:g} s")
            if len(received) > limit:
                found = f"plus de {limit} octets"
                raise TransportError(findings=(make("LIMIT-001", found=found),))
        return Reply(response.status_code, dict(response.headers), bytes(received))


def _trust(url: httpx.URL) -> ssl.SSLContext | bool:
    # Reading the list of authorities takes longer than a whole exchange without TLS.
    return True if url.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _unusable(text: str, cause: str) -> TransportError:
    return TransportError(findings=(make("NET-005", found=text, detail=cause),))


def _error(finding_id: str, url: httpx.URL, detail: str) -> TransportError:
    told = detail.rstrip(".") or None
    return TransportError(findings=(make(finding_id, found=str(url), detail=told),))
