"""A guard that lets no socket leave the loopback address.

``conftest.py`` installs it in the process of the tests, ``sitecustomize.py`` beside it in every
Python process started from there (commands, notebook kernels).
"""

import ipaddress
import os
import socket
from collections.abc import Callable
from typing import Any

LOCAL_NAMES = frozenset({"", "localhost", "ip6-localhost", "testserver"})
_originals: dict[str, Callable[..., Any]] = {}


class OutsideLoopbackError(OSError):
    """A test, or something it started, wanted to reach another machine."""


def is_local(host: object) -> bool:
    """Say whether a host name or address stays on this machine; nothing is resolved for that."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text.lower() in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return text.lower() == socket.gethostname().lower()
    return address.is_loopback or address.is_unspecified


def install() -> None:
    """Replace what opens a connection or resolves a name; a second call changes nothing."""
    if _originals:
        return
    for name in ("connect", "connect_ex", "sendto"):
        _originals[name] = getattr(socket.socket, name)
        setattr(socket.socket, name, _guarded_method(_originals[name]))
    _originals["getaddrinfo"] = socket.getaddrinfo
    socket.getaddrinfo = _guarded_lookup  # type: ignore[assignment]


def _refuse(host: object) -> OutsideLoopbackError:
    return OutsideLoopbackError(
        f"process {os.getpid()} wanted to reach {host!r}: tests stay on the loopback address"
    )


def _guarded_method(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1] if arguments else None
        inet = self.family in {socket.AF_INET, socket.AF_INET6}
        if inet and isinstance(address, tuple) and not is_local(address[0]):
            raise _refuse(address[0])
        return original(self, *arguments)

    return guarded


def _guarded_lookup(host: Any, *arguments: Any, **options: Any) -> Any:
    if not is_local(host):
        raise _refuse(host)
    return _originals["getaddrinfo"](host, *arguments, **options)
