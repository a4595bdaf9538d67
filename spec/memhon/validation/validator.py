"""Bytes → report: the planned layers, in order, each of which ends visibly.

A layer that crashes, is skipped or hits a limit never lets a message pass: the verdict is then
« undecided », unless something else already made it invalid.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memhon.catalogue import load
from memhon.errors import CatalogueError, MessageError
from memhon.findings import Check, CheckStatus, Finding, Report, Severity, decide, make
from memhon.intake import Document, Recognised
from memhon.validation.run import Run
from memhon.validation.schema import check_schema
from memhon.validation.wellformed import check_form


@dataclass(frozen=True, slots=True)
class Examination:
    """A report together with the very tree that it judges."""

    report: Report
    document: Document | None
    recognised: Recognised | None


Layer = Callable[[Run], Sequence[Finding]]

LAYERS: dict[str, Layer] = {"wellformed": check_form, "schema": check_schema}


def validate(
    data: bytes,
    *,
    exchange: str | None = None,
    layers: Sequence[str] | None = None,
    source: str | None = None,
    show_values: bool = False,
) -> Report:
    """Judge a message, bare or inside a SOAP envelope.

    Args:
        data: The document as received.
        exchange: Id of the exchange that is expected, if one is.
        layers: Layers to apply, of ``wellformed`` and ``schema``; all by default. The layers below
            one that is asked for are always applied.
        source: Name of the document, for the report.
        show_values: Whether values of personal fields are shown.

    Raises:
        CatalogueError: ``exchange`` or a layer is unknown.
    """
    return examine(
        data, exchange=exchange, layers=layers, source=source, show_values=show_values
    ).report


def examine(
    data: bytes,
    *,
    exchange: str | None = None,
    layers: Sequence[str] | None = None,
    source: str | None = None,
    show_values: bool = False,
) -> Examination:
    """Judge a message and hand on the tree that was judged.

    Args and errors are those of ``validate``.
    """
    planned = _planned(layers)
    if exchange is not None:
        load().exchange(exchange)
    run = Run(data, exchange, show_values=show_values)
    for layer in planned:
        _apply(layer, run)
    recognised = run.recognised
    report = Report(
        verdict=decide(run.findings, run.checks),
        exchange=recognised.exchange.id if recognised else None,
        direction=recognised.message.direction.value if recognised else None,
        version=recognised.message.version if recognised else None,
        findings=tuple(run.findings),
        checks=tuple(run.checks),
        source=source,
    )
    return Examination(report, run.document, recognised)


def _planned(layers: Sequence[str] | None) -> tuple[str, ...]:
    names = tuple(LAYERS)
    unknown = [name for name in layers or () if name not in names]
    if unknown or (layers is not None and not layers):
        known = ", ".join(names)
        raise CatalogueError(f"couche inconnue : {', '.join(unknown) or '(aucune)'} ; {known}")
    last = max((names.index(name) for name in layers), default=0) if layers else len(names) - 1
    return names[: last + 1]


def _apply(layer: str, run: Run) -> None:
    if any(check.status is not CheckStatus.PASSED for check in run.checks):
        run.checks.append(Check(layer, CheckStatus.SKIPPED, 0.0))
        return
    start = time.perf_counter()
    try:
        found: Sequence[Finding] = LAYERS[layer](run)
        failed = any(finding.severity is Severity.ERROR for finding in found)
        status = CheckStatus.FAILED if failed else CheckStatus.PASSED
    except MessageError as refusal:
        found = [finding for finding in refusal.findings if isinstance(finding, Finding)]
        status = CheckStatus.FAILED
    except Exception as crash:
        found = [make("CRASH-001", element=layer, detail=f"{type(crash).__name__}: {crash}")]
        status = CheckStatus.CRASHED
    run.findings.extend(found)
    run.checks.append(Check(layer, status, (time.perf_counter() - start) * 1000))
