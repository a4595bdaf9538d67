"""Starts the counterpart and the clients that talk to it, in one process.

It must not know how an exchange is answered or sent; it wires the rooms that do.
"""

from memhon.local.sandbox import OFF, STRICT, Sandbox

__all__ = ["OFF", "STRICT", "Sandbox"]
