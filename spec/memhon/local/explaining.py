"""Why a message was refused, with what the sandbox knows: its certificates and its account."""

from __future__ import annotations

from memhon.catalogue import load
from memhon.home import pki_path
from memhon.security import Pki, diagnosis
from memhon.store import RefusedMessage


def explain_refused(message: RefusedMessage) -> diagnosis.Diagnosis:
    """The diagnosis of a refused message, as of the instant of its refusal."""
    known = [item.certificate for item in Pki(pki_path()).inventory()]
    passwords = [str(load().settings["account_password"])]
    return diagnosis.explain(message.data, known=known, passwords=passwords, now=message.refused_at)
