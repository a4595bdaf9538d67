"""Sends broken requests to a sandbox of this build and keeps what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from memhon import intake
from memhon.catalogue import Catalogue, Example, Exchange, Provocation
from memhon.client import Answer
from memhon.clock import VirtualClock
from memhon.errors import MemhonError, SoapFault
from memhon.findings import Finding
from memhon.local import Sandbox
from memhon.schemas import Outline
from memhon.site.markup import code, inline
from memhon.site.provoking import with_value, without_a_leaf
from memhon.site.recording import SEED, SIDE_BY_SIDE, START
from memhon.site.refusals import ANOMALY, FAULT, Cited, Refusal


def refuse_all(
    catalogue: Catalogue, outlines: Mapping[str, Mapping[str, Outline]]
) -> tuple[Refusal, ...]:
    """A fault for each exchange, then the anomalies that its entry says how to provoke.

    Raises:
        MemhonError: A broken request was accepted, or answered with something else.
    """
    exchanges = catalogue.exchanges
    provoked = [
        (exchange, wanted)
        for exchange in exchanges
        if exchange.alive
        for wanted in exchange.provoked
    ]
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        faults = pool.map(
            lambda e: _fault(_smallest(catalogue, e), outlines[e.id]["request"]), exchanges
        )
        others = pool.map(lambda pair: _provoked(catalogue, *pair), provoked)
        return (*faults, *others)


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
            change = (
                f"exemple « {example.name} », envoyé sans l'élément obligatoire "
                f"<code>{missing.name}</code>"
            )
            return _of_fault(example, change, fault)
    raise MemhonError(f"{example.exchange_id} : accepté sans {missing.path}")


def _provoked(catalogue: Catalogue, exchange: Exchange, wanted: Provocation) -> Refusal:
    example = (
        catalogue.example(exchange.id, "request", wanted.example)
        if wanted.example
        else _smallest(catalogue, exchange)
    )
    data, change = example.data, _change(example, wanted)
    if wanted.element:
        data = with_value(data, wanted.element, wanted.value)
    with Sandbox(clock=VirtualClock(START), seed=SEED, populated=exchange.populated) as sandbox:
        client = sandbox.client()
        for _ in range(wanted.times - 1):
            client.send(data, exchange=exchange.id)
        try:
            answer = client.send(data, exchange=exchange.id)
        except SoapFault as fault:
            cites(fault, wanted.finding)
            return _of_fault(example, change, fault, wanted.finding)
    return _of_answer(example, change, answer, wanted.finding)


def _change(example: Example, wanted: Provocation) -> str:
    changed = f"exemple « {example.name} »"
    if wanted.element:
        why = f" : {inline(wanted.why)}" if wanted.why else ""
        changed += f", avec {code(wanted.value)} dans {code(wanted.element)}{why}"
    return changed + (f", envoyé {wanted.times} fois" if wanted.times > 1 else "")


def _of_answer(example: Example, change: str, answer: Answer, wanted: str) -> Refusal:
    found = [finding for finding in answer.report.findings if finding.id == wanted]
    if not found:
        raise MemhonError(f"{example.exchange_id} : la réponse ne porte pas {wanted}")
    return Refusal(
        exchange_id=example.exchange_id,
        kind=ANOMALY,
        change=change,
        status=answer.trace[-1].status,
        code=wanted,
        provoked=wanted,
        reason=found[0].text("fr"),
        findings=(),
        correlation_id=answer.correlation_id or "",
        response=answer.raw,
        response_view=intake.indented(answer.raw),
    )


def _of_fault(example: Example, change: str, fault: SoapFault, wanted: str = "") -> Refusal:
    return Refusal(
        exchange_id=example.exchange_id,
        kind=FAULT,
        change=change,
        status=fault.status,
        code=fault.code,
        provoked=wanted,
        reason=fault.reason,
        findings=tuple(_cited(finding) for finding in fault.findings),
        correlation_id=fault.correlation_id or "",
        response=fault.raw,
        response_view=intake.indented(fault.raw),
    )


def cites(fault: SoapFault, wanted: str) -> None:
    """Accept a fault that says what was wrong; one of another cause would teach something false.

    Args:
        fault: As received.
        wanted: Name of the element that was taken out, or id of the anomaly.

    Raises:
        MemhonError: It says something else.
    """
    if not any(wanted == found.id or wanted in found.text("fr") for found in fault.findings):
        raise MemhonError(f"la faute ne nomme pas ce qui a été abîmé, {wanted} : {fault}")


def _cited(finding: object) -> Cited:
    if not isinstance(finding, Finding):
        raise MemhonError("la faute cite autre chose qu'une anomalie")
    return Cited(finding.id, finding.xpath or "", finding.text("fr"))
