"""Sends broken requests to a sandbox of this build and keeps what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from memhon import intake
from memhon.catalogue import Catalogue, Example, Exchange
from memhon.clock import VirtualClock
from memhon.errors import MemhonError, SoapFault
from memhon.findings import Finding
from memhon.local import Sandbox
from memhon.schemas import Outline
from memhon.site.provoking import with_value, without_a_leaf
from memhon.site.recording import SEED, SIDE_BY_SIDE, START
from memhon.site.refusals import ANOMALY, FAULT, Cited, Refusal


def refuse_all(
    catalogue: Catalogue, outlines: Mapping[str, Mapping[str, Outline]]
) -> tuple[Refusal, ...]:
    """A fault for each exchange, and an anomaly where its entry says how to provoke one.

    Raises:
        MemhonError: A broken request was accepted, or answered with something else.
    """
    exchanges = catalogue.exchanges
    smallest = {exchange.id: _smallest(catalogue, exchange) for exchange in exchanges}
    provoked = [exchange for exchange in exchanges if exchange.provoked]
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        faults = pool.map(lambda e: _fault(smallest[e.id], outlines[e.id]["request"]), exchanges)
        anomalies = pool.map(lambda e: _anomaly(smallest[e.id], e), provoked)
        return (*faults, *anomalies)


def _smallest(catalogue: Catalogue, exchange: Exchange) -> Example:
    requests = [e for e in catalogue.examples(exchange.id) if e.direction == "request"]
    return min(requests, key=lambda example: len(example.data))


def _fault(example: Example, outline: Outline) -> Refusal:
    data, missing = without_a_leaf(example.data, outline.rows)
    with Sandbox(clock=VirtualClock(START), seed=SEED) as sandbox:
        try:
            sandbox.client().send(data, exchange=example.exchange_id)
        except SoapFault as fault:
            cites(fault, missing.name)
            return Refusal(
                exchange_id=example.exchange_id,
                kind=FAULT,
                change=(
                    f"exemple « {example.name} », envoyé sans l'élément obligatoire "
                    f"<code>{missing.name}</code>"
                ),
                status=fault.status,
                code=fault.code,
                reason=fault.reason,
                findings=tuple(_cited(finding) for finding in fault.findings),
                correlation_id=fault.correlation_id or "",
                response=fault.raw,
                response_view=intake.indented(fault.raw),
            )
    raise MemhonError(f"{example.exchange_id} : accepté sans {missing.path}")


def _anomaly(example: Example, exchange: Exchange) -> Refusal:
    wanted = exchange.provoked
    if wanted is None:
        raise MemhonError(f"{exchange.id} : rien à provoquer")
    data, change = example.data, f"exemple « {example.name} », envoyé une seconde fois"
    if wanted.element:
        data = with_value(data, wanted.element, wanted.value)
        change = (
            f"exemple « {example.name} », avec <code>{wanted.value}</code> dans "
            f"<code>{wanted.element}</code>"
        )
    populated = exchange.populated
    with Sandbox(clock=VirtualClock(START), seed=SEED, populated=populated) as sandbox:
        client = sandbox.client()
        if not wanted.element:
            client.send(data, exchange=exchange.id)
        answer = client.send(data, exchange=exchange.id)
    found = [finding for finding in answer.report.findings if finding.id == wanted.finding]
    if not found:
        raise MemhonError(f"{exchange.id} : la réponse ne porte pas {wanted.finding}")
    return Refusal(
        exchange_id=exchange.id,
        kind=ANOMALY,
        change=change,
        status=answer.trace[-1].status,
        code=wanted.finding,
        reason=found[0].text("fr"),
        findings=(),
        correlation_id=answer.correlation_id or "",
        response=answer.raw,
        response_view=intake.indented(answer.raw),
    )


def cites(fault: SoapFault, missing: str) -> None:
    """Accept a fault that says what is missing; one of another cause would teach something false.

    Raises:
        MemhonError: It says something else.
    """
    if not any(missing in finding.text("fr") for finding in fault.findings):
        raise MemhonError(f"la faute ne nomme pas l'élément retiré, {missing} : {fault}")


def _cited(finding: object) -> Cited:
    if not isinstance(finding, Finding):
        raise MemhonError("la faute cite autre chose qu'une anomalie")
    return Cited(finding.id, finding.xpath or "", finding.text("fr"))
