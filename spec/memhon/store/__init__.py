"""Remembers what the sandbox received and computed; the only room that writes SQL.

It keeps plain values. It must not know XML, HTTP or the meaning of an amount.
"""

from memhon.store.opening import open_store
from memhon.store.records import Deposit, IssuedToken, RefusedMessage, Simulation
from memhon.store.refused import RefusedBounds
from memhon.store.store import DuplicateError, Store

__all__ = [
    "Deposit",
    "DuplicateError",
    "IssuedToken",
    "RefusedBounds",
    "RefusedMessage",
    "Simulation",
    "Store",
    "open_store",
]
