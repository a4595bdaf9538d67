"""Sends one message through the whole chain and reads the answer.

It must not know the sandbox, which it meets only over the wire, nor any webservice.
"""

from memhon.client.answer import Answer, Step, on_demand
from memhon.client.client import Client
from memhon.client.desk import DEFAULT_DESK, Desk
from memhon.client.keys import ClientKeys
from memhon.client.recording import Call, Outcome, Recorder
from memhon.client.sandbox_clock import SandboxClock
from memhon.client.signatures import explain_signature, verify_signature

__all__ = [
    "DEFAULT_DESK",
    "Answer",
    "Call",
    "Client",
    "ClientKeys",
    "Desk",
    "Outcome",
    "Recorder",
    "SandboxClock",
    "Step",
    "explain_signature",
    "on_demand",
    "verify_signature",
]
