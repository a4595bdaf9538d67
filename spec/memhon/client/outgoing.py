"""What is sent: an envelope stays as it is, anything else has still to be wrapped."""

from __future__ import annotations

from dataclasses import dataclass

from memhon import intake, messages, soap
from memhon.catalogue import Exchange, load
from memhon.errors import MessageError
from memhon.findings import make


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request ready for the wire."""

    data: bytes | None
    """An envelope that the caller made, to be sent byte for byte."""
    element: soap.Element | None
    """A bare message, still to be wrapped and signed."""
    exchange: Exchange | None
    """Its exchange; None for an envelope whose content is not recognised."""
    message: soap.Element | None = None
    """The message, bare or inside the envelope, as far as it is recognised."""


def prepare(message: object, exchange: str | None) -> Outgoing:
    """Recognise what shall be sent.

    The message is not validated: what the peer says about a wrong one is worth reading too.

    Args:
        message: A binding, the bytes of a bare message, or the bytes of an envelope.
        exchange: Id of the exchange that is expected, if one is.

    Raises:
        MessageError: The bytes are no message we know, or not of that exchange.
        CatalogueError: ``exchange`` is unknown.
    """
    if isinstance(message, (bytes, bytearray, memoryview)):
        return _from_bytes(bytes(message), exchange)
    entry = messages.entry_of(message)
    if exchange is not None and load().exchange(exchange).id != entry.exchange_id:
        finding = make("FORM-017", found=entry.exchange_id, expected=exchange, element=entry.root)
        raise MessageError(findings=(finding,))
    element = messages.to_element(message)
    return Outgoing(None, element, load().exchange(entry.exchange_id), element)


def _from_bytes(data: bytes, exchange: str | None) -> Outgoing:
    root = intake.read(data).root
    try:
        recognised = intake.recognise(root, exchange=exchange)
    except MessageError:
        if root.tag != intake.ENVELOPE or exchange is not None:
            raise
        return Outgoing(data, None, None)
    if recognised.enveloped:
        return Outgoing(data, None, recognised.exchange, recognised.element)
    return Outgoing(None, recognised.element, recognised.exchange, recognised.element)
