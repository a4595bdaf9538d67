"""Refuses a catalogue that contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from memhon.catalogue.model import Direction, Exchange, Message
from memhon.errors import CatalogueError


def check(exchanges: Sequence[Exchange]) -> None:
    """Compare the exchanges with each other and with themselves.

    Raises:
        CatalogueError: An id, a ``modelUID``, a schema or a root is used twice, a direction is
            missing, a state is unknown, or a message has no prefix for its namespace.
    """
    _unique("identifiant d'échange", (exchange.id for exchange in exchanges))
    _unique("modelUID", (exchange.model_uid for exchange in exchanges))
    _unique("schéma", (m.schema for exchange in exchanges for m in exchange.messages))
    currents = [m for exchange in exchanges for m in _current_messages(exchange)]
    _unique("racine", (message.qname for message in currents))
    for exchange in exchanges:
        if exchange.state not in ("alive", "example"):
            raise CatalogueError(f"{exchange.id} : état inconnu « {exchange.state} »")
        for message in exchange.messages:
            if message.namespace not in message.prefixes.values():
                raise CatalogueError(f"{exchange.id} : aucun préfixe pour {message.namespace}")


def _current_messages(exchange: Exchange) -> tuple[Message, Message]:
    directions = {message.direction for message in exchange.messages}
    for direction in Direction:
        if direction not in directions:
            raise CatalogueError(f"{exchange.id} : aucun message « {direction.value} »")
    return (exchange.request, exchange.response)


def _unique(what: str, values: Iterable[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise CatalogueError(f"{what} en double dans le catalogue : {value}")


def check_examples(folders: Iterable[str], exchanges: Iterable[Exchange]) -> None:
    """Every folder of examples belongs to an exchange.

    An exchange whose file is lost would make its messages look unknown, that is, wrong.

    Raises:
        CatalogueError: One does not.
    """
    lost = sorted(set(folders) - {exchange.id for exchange in exchanges})
    if lost:
        raise CatalogueError(f"exemples sans échange au catalogue : {', '.join(lost)}")
