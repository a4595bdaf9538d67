"""Sends one message through the whole chain and reads the answer.

It must not know the sandbox, which it meets only over the wire, nor any webservice.
"""

from memhon.client.answer import Answer, Step
from memhon.client.client import Client
from memhon.client.keys import ClientKeys
from memhon.client.recording import Call, Outcome, Recorder
from memhon.client.signatures import explain_signature, verify_signature

__all__ = [
    "Answer",
    "Call",
    "Client",
    "ClientKeys",
    "Outcome",
    "Recorder",
    "Step",
    "explain_signature",
    "verify_signature",
]
