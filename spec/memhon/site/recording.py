"""Sends every example request to a sandbox of this build and keeps what went over the wire."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import memhon
from memhon import intake
from memhon.catalogue import Catalogue, Example, load
from memhon.clock import VirtualClock
from memhon.errors import MemhonError
from memhon.findings import Verdict
from memhon.local import Sandbox
from memhon.site.records import Recorded, steady

START = "2026-01-15T09:30:00+00:00"
"""Instant of every recorded exchange; an ordinary working morning in Luxembourg."""
SEED = 2026
SIDE_BY_SIDE = 8

_LAYERS = {"wellformed": "forme", "schema": "schéma"}


def record_all(catalogue: Catalogue) -> tuple[Recorded, ...]:
    """One record for each example request of each exchange.

    Every example meets a sandbox of its own, so that none depends on those before it.

    Raises:
        MemhonError: An example or an answer is not valid, or an example was answered by a fault.
    """
    examples = [
        example for exchange in catalogue.exchanges for example in catalogue.examples(exchange.id)
    ]
    for example in examples:
        _valid(example.data, example, "exemple")
    requests = [example for example in examples if example.direction == "request"]
    # Most of the time goes by while servers wind down; side by side they wait together.
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        return tuple(pool.map(_record, requests))


def _record(example: Example) -> Recorded:
    clock = VirtualClock(START)
    populated = load().exchange(example.exchange_id).populated
    with Sandbox(clock=clock, seed=SEED, populated=populated) as sandbox:
        try:
            answer = sandbox.client().send(example.data, exchange=example.exchange_id)
        except MemhonError as error:
            raise MemhonError(f"{_name(example)} : envoi en échec : {error}") from error
    step = answer.trace[-1]
    _valid(step.request, example, "enveloppe envoyée")
    layers = _valid(step.response, example, "réponse")
    return Recorded(
        exchange_id=example.exchange_id,
        name=example.name,
        path=urlsplit(step.url).path,
        request_headers=steady(step.request_headers.items()),
        request=step.request,
        request_view=intake.indented(step.request),
        status=step.status,
        response_headers=steady(step.response_headers.items()),
        response=step.response,
        response_view=intake.indented(step.response),
        correlation_id=answer.correlation_id or "",
        layers=layers,
    )


def _valid(data: bytes, example: Example, what: str) -> tuple[str, ...]:
    report = memhon.validate(data, exchange=example.exchange_id)
    if report.verdict is not Verdict.VALID:
        raise MemhonError(f"{_name(example)}, {what} : {report.to_text()}")
    return tuple(_LAYERS.get(check.layer, check.layer) for check in report.checks)


def _name(example: Example) -> str:
    return f"{example.exchange_id}, exemple {example.direction}-{example.name}"
