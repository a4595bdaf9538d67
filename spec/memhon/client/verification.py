"""Believes an answer only when the service itself signed it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from memhon import intake, security, soap
from memhon.catalogue import load
from memhon.client.answer import Step, on_demand
from memhon.client.keys import ClientKeys
from memhon.errors import MessageError, SecurityError
from memhon.findings import make

_PROFILE = "service-response"
_DISTRUST = (
    "N'en employez rien. La requête a pu être traitée : renvoyez-la avec les mêmes identifiants."
)


def verified_answer(step: Step, keys: ClientKeys, now: datetime) -> soap.Element:
    """The Body of an answer of mySecu; nothing else of the answer may be read.

    Args:
        step: The HTTP exchange.
        keys: Whom to believe.
        now: Instant at which certificates have to be valid.

    Raises:
        MessageError: The answer is no XML that the door lets in.
        SecurityError: As ``verified_body``.
    """
    with believing(step):
        return verified_body(intake.read(step.response).root, keys, now)


@contextmanager
def believing(step: Step) -> Iterator[None]:
    """Put the Correlation-ID of an answer into what its content makes fail.

    Raises:
        SecurityError: The error of the block, with that text.
    """
    try:
        yield
    except SecurityError as error:
        try:
            found = soap.open_envelope(step.response).correlation_id
        except MessageError:
            found = None
        text = f"réponse refusée : {error} (Correlation-ID : {found or 'absent'}) {_DISTRUST}"
        text += on_demand(step)
        raise SecurityError(text, findings=error.findings) from None


def verified_body(root: soap.Element, keys: ClientKeys, now: datetime) -> soap.Element:
    """The Body of an envelope that mySecu signed.

    Raises:
        SecurityError: It is not signed, the signature is wrong, or another than mySecu signed.
    """
    verified = security.verify(root, load().signing[_PROFILE], trust=keys.trust, now=now)
    if security.fingerprint(verified.certificate) != keys.mysecu:
        found = security.subject(verified.certificate)
        raise SecurityError(findings=(make("SEC-018", found=found),))
    return verified.parts["body"]
