"""Counts what was refused: a day, a family and a provider, never a patient or a fee note."""

from __future__ import annotations

from datetime import datetime

from memhon import intake, soap
from memhon.catalogue import AnomalyFields, load
from memhon.findings import Severity, make
from memhon.sandbox.ondemand import senders_in
from memhon.store import Store

_AFTER_CODE = " : "
"""What stands between code and sentence where one element holds both."""


def count_refusal(
    store: Store, recognised: intake.Recognised, payload: soap.Element, space: str, now: datetime
) -> None:
    """Count the answer if it refuses what the usage report counts.

    Args:
        store: Keeps the count.
        recognised: The request.
        payload: The message that answers it.
        space: Provider code of the mySecu space of the token; empty when it names none.
        now: Instant of the exchange.

    Raises:
        StoreError: The store cannot be written.
    """
    exchange = recognised.exchange
    fields = exchange.response.anomalies
    if exchange.id not in load().journal.exchanges or not _refuses(payload, fields):
        return
    named = sorted(senders_in(recognised.element, space))
    store.usage.refused(exchange.family, named[0] if len(named) == 1 else "", now)


def _refuses(payload: soap.Element, fields: AnomalyFields | None) -> bool:
    if fields is None:
        return False
    nodes = payload.iter(f"{{*}}{fields.element}", fields.element)
    if fields.nature is not None:
        return any(_text(node, fields.nature) == fields.refusal for node in nodes)
    # An anomaly with a code of its own stands in an answer that was computed nevertheless.
    return fields.code is None and any(_blocks(node.text or "") for node in nodes)


def _text(node: soap.Element, local: str) -> str:
    return (node.findtext(f"{{*}}{local}") or "").strip()


def _blocks(reason: str) -> bool:
    return make(reason.partition(_AFTER_CODE)[0].strip()).severity is Severity.ERROR
