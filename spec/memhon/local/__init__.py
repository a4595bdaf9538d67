"""Starts the counterpart and the clients that talk to it.

It must not know how an exchange is answered or sent; it wires the rooms that do.
"""

from memhon.local.sandbox import Sandbox
from memhon.local.services import OFF, STRICT

__all__ = ["OFF", "STRICT", "Sandbox"]
