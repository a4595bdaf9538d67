"""Fills a sandbox with the demo messages of the catalogue, as if they had been received."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from memhon import intake, messages, soap
from memhon.catalogue import DemoMessage, load
from memhon.sandbox.exchange import SynchronousExchange
from memhon.sandbox.numbering import Foretold
from memhon.store import DuplicateError


def populate(exchange: SynchronousExchange) -> int:
    """Hand every demo message to its behaviour; what is there already is refused and stays.

    Args:
        exchange: Its store is filled, at the instant of its clock.

    Returns:
        How many messages were handed over.
    """
    population = load().population
    for message in population:
        _hand_over(message, exchange)
    return len(population)


def _hand_over(message: DemoMessage, exchange: SynchronousExchange) -> None:
    catalogue = load()
    data = catalogue.example(message.exchange_id, "request", message.example).data
    for old, new in message.instead.items():
        data = data.replace(old.encode(), new.encode())
    model_uid = catalogue.exchange(message.exchange_id).model_uid
    received = soap.write_request(intake.read(data).root, model_uid=model_uid)
    context = exchange.context(received, "")
    numbering = Foretold((message.key, *message.more), context.numbering)
    behaviour = exchange.behaviours[message.exchange_id]
    with suppress(DuplicateError):
        behaviour(messages.parse(data), replace(context, numbering=numbering))
