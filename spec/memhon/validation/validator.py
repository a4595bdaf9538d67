"""Bytes → report: the planned layers, in order, each of which ends visibly.

A layer that crashes, is skipped or hits a limit never lets a message pass: the verdict is then
« undecided », unless something else already made it invalid.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from memhon.catalogue import load
from memhon.errors import CatalogueError, MessageError
from memhon.findings import Check, CheckStatus, Finding, Report, Severity, decide, make
from memhon.intake import DEFAULT, Document, Limits, Recognised
from memhon.validation.places import DocumentPlace
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
    limits: Limits = DEFAULT,
) -> Report:
    """Judge a message, bare or inside a SOAP envelope.

    Args:
        data: The document as received.
        exchange: Id of the exchange that is expected, if one is.
        layers: Layers to apply, of ``wellformed`` and ``schema``; all by default. The layers below
            one that is asked for are always applied.
        source: Name of the document, for the report.
        show_values: Whether values of personal fields are shown.
        limits: Sizes and time above which the document is not judged.

    Raises:
        CatalogueError: ``exchange`` or a layer is unknown.
    """
    return examine(
        data,
        exchange=exchange,
        layers=layers,
        source=source,
        show_values=show_values,
        limits=limits,
    ).report


def examine(
    data: bytes,
    *,
    exchange: str | None = None,
    layers: Sequence[str] | None = None,
    source: str | None = None,
    show_values: bool = False,
    limits: Limits = DEFAULT,
) -> Examination:
    """Judge a message and hand on the tree that was judged.

    Args and errors are those of ``validate``.
    """
    planned = _planned(layers)
    if exchange is not None:
        load().exchange(exchange)
    run = Run(data, exchange, show_values=show_values, limits=limits)
    start = time.perf_counter()
    for layer in planned:
        _apply(layer, run, start)
    recognised = run.recognised
    report = Report(
        verdict=decide(run.findings, run.checks),
        exchange=recognised.exchange.id if recognised else None,
        direction=recognised.message.direction.value if recognised else None,
        version=recognised.message.version if recognised else None,
        findings=_placed(run),
        checks=tuple(run.checks),
        source=source,
    )
    return Examination(report, run.document, recognised)


def _placed(run: Run) -> tuple[Finding, ...]:
    """The findings with the document they belong to, for excerpts and corrections."""
    if not run.findings:
        return ()
    try:
        place = DocumentPlace(run.data, run.document, run.recognised, show_values=run.show_values)
    except Exception:
        # excerpts and corrections are a comfort: the verdict stands without them
        return tuple(run.findings)
    return tuple(replace(finding, place=place) for finding in run.findings)


def _planned(layers: Sequence[str] | None) -> tuple[str, ...]:
    names = tuple(LAYERS)
    unknown = [name for name in layers or () if name not in names]
    if unknown or (layers is not None and not layers):
        known = ", ".join(names)
        raise CatalogueError(f"couche inconnue : {', '.join(unknown) or '(aucune)'} ; {known}")
    last = max((names.index(name) for name in layers), default=0) if layers else len(names) - 1
    return names[: last + 1]


def _apply(layer: str, run: Run, began: float) -> None:
    if any(check.status is not CheckStatus.PASSED for check in run.checks):
        run.checks.append(Check(layer, CheckStatus.SKIPPED, 0.0))
        return
    start = time.perf_counter()
    try:
        found = tuple(LAYERS[layer](run))
        failed = any(finding.severity is Severity.ERROR for finding in found)
        status = CheckStatus.FAILED if failed else CheckStatus.PASSED
    except Exception as error:
        found = _reasons(error)
        status = CheckStatus.FAILED if found else CheckStatus.CRASHED
        if not found:
            detail = f"{type(error).__name__}: {error}"
            found = (make("CRASH-001", element=layer, detail=detail),)
    end = time.perf_counter()
    if status is CheckStatus.PASSED and end - began > run.limits.seconds:
        found = (*found, _too_slow(layer, end - began, run.limits))
        status = CheckStatus.FAILED
    run.findings.extend(found)
    run.checks.append(Check(layer, status, (end - start) * 1000))


def _reasons(error: Exception) -> tuple[Finding, ...]:
    """What a refusal found; nothing when it was no refusal, or one without a reason."""
    findings = error.findings if isinstance(error, MessageError) else ()
    return tuple(finding for finding in findings if isinstance(finding, Finding))


def _too_slow(layer: str, seconds: float, limits: Limits) -> Finding:
    # a layer is not stopped halfway; one that ran over time lets nothing pass
    found, expected = f"{seconds:.1f} s", f"{limits.seconds:g} s"
    return make("LIMIT-005", element=layer, found=found, expected=expected)
