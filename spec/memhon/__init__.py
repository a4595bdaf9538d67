"""MemHon: the electronic fee note (RA and PID) of doctors and dentists in Luxembourg.

The public surface is ``__all__``, loaded on first use: validating a message imports no server and
no database. MemHon is an independent reference, not a publication of the Agency, CNS or CCSS.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memhon.catalogue import Exchange, exchanges
    from memhon.client import (
        Answer,
        Client,
        ClientKeys,
        SandboxClock,
        explain_signature,
        verify_signature,
    )
    from memhon.clock import Clock, SystemClock, VirtualClock
    from memhon.errors import (
        BindingsDriftError,
        CatalogueError,
        JournalError,
        MemhonError,
        MessageError,
        SandboxError,
        SchemaError,
        SecurityError,
        SoapFault,
        StoreError,
        TransportError,
    )
    from memhon.findings import Finding, Report, Verdict, explain
    from memhon.local import Sandbox
    from memhon.messages import parse, serialize
    from memhon.soap import open_envelope
    from memhon.tracing import Trace
    from memhon.validation import validate

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "BindingsDriftError",
    "CatalogueError",
    "Client",
    "ClientKeys",
    "Clock",
    "Exchange",
    "Finding",
    "JournalError",
    "MemhonError",
    "MessageError",
    "Report",
    "Sandbox",
    "SandboxClock",
    "SandboxError",
    "SchemaError",
    "SecurityError",
    "SoapFault",
    "StoreError",
    "SystemClock",
    "Trace",
    "TransportError",
    "Verdict",
    "VirtualClock",
    "exchanges",
    "explain",
    "explain_signature",
    "open_envelope",
    "parse",
    "serialize",
    "validate",
    "verify_signature",
]

_ROOMS = {
    "catalogue": ("Exchange", "exchanges"),
    "client": (
        "Answer",
        "Client",
        "ClientKeys",
        "SandboxClock",
        "explain_signature",
        "verify_signature",
    ),
    "clock": ("Clock", "SystemClock", "VirtualClock"),
    "findings": ("Finding", "Report", "Verdict", "explain"),
    "local": ("Sandbox",),
    "messages": ("parse", "serialize"),
    "soap": ("open_envelope",),
    "tracing": ("Trace",),
    "validation": ("validate",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'memhon' has no attribute {name!r}")
    try:
        module = importlib.import_module(f"memhon.{_HOMES.get(name, 'errors')}")
    except ModuleNotFoundError as error:
        # only the sandbox needs more than the core
        missing = f'memhon.{name} needs {error.name}: pip install "memhon[sandbox]"'
        raise ModuleNotFoundError(missing, name=error.name) from error
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
