"""Turns the anomalies inside an answer into findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from memhon.catalogue import AnomalyFields
from memhon.errors import CatalogueError
from memhon.findings import Finding, Report, decide, explain, make
from memhon.intake import Recognised, xpath_of
from memhon.soap import Element

_AFTER_CODE = " : "
"""What stands between code and sentence where one element holds both."""
UNREGISTERED = "ANO-001"
UNREGISTERED_REFUSAL = "ANO-002"


def with_anomalies(report: Report, recognised: Recognised) -> Report:
    """The report on an answer, with the anomalies that the answer carries.

    Args:
        report: The checks on the answer.
        recognised: The answer's tree; the catalogue says where anomalies stand in it.
    """
    found = tuple(_anomalies(recognised))
    if not found:
        return report
    findings = report.findings + found
    return replace(report, findings=findings, verdict=decide(findings, report.checks))


def with_notice(report: Report, headers: Mapping[str, str]) -> Report:
    """The report, with what the head of the answer tells besides.

    Args:
        report: The checks on the answer, and its anomalies.
        headers: Of the answer; only what is registered here as a notice counts.
    """
    told = headers.get("x-memhon-notice", "")
    if _kind(told) != "notice":
        return report
    findings = (*report.findings, make(told))
    return replace(report, findings=findings, verdict=decide(findings, report.checks))


def _anomalies(recognised: Recognised) -> Iterator[Finding]:
    fields = recognised.message.anomalies
    if fields is None:
        return
    for node in recognised.element.iter(f"{{*}}{fields.element}"):
        code, text = _told(node, fields)
        refused = fields.nature is not None and _child(node, fields.nature) == fields.refusal
        yield replace(
            _finding(code, text, refused=refused),
            line=node.sourceline,
            xpath=xpath_of(node, recognised.element, recognised.message.prefixes),
            element=fields.element,
        )


def _told(node: Element, fields: AnomalyFields) -> tuple[str, str]:
    """Code and sentence; a text that begins with no code of ours is all sentence."""
    text = _child(node, fields.text) if fields.text else (node.text or "").strip()
    if fields.code:
        return _child(node, fields.code), text
    code, _, sentence = text.partition(_AFTER_CODE)
    return (code, sentence) if _is_anomaly(code) else ("", text)


def _child(node: Element, local: str) -> str:
    return (node.findtext(f"{{*}}{local}") or "").strip()


def _finding(code: str, text: str, *, refused: bool) -> Finding:
    if not _is_anomaly(code):
        return make(
            UNREGISTERED_REFUSAL if refused else UNREGISTERED,
            found=code or None,
            detail=text or None,
        )
    values = _values(code, text)
    return make(code, found=values.get("found"), detail=values.get("detail"))


def _values(code: str, text: str) -> dict[str, str]:
    """What the sender filled into our sentence, if the text is our sentence."""
    parts = re.split(r"\{(\w+)\}", explain(code).texts["fr"].text)
    pattern = "".join(
        f"(?P<{part}>.*)" if number % 2 else re.escape(part) for number, part in enumerate(parts)
    )
    match = re.fullmatch(pattern, text, re.DOTALL)
    return match.groupdict() if match else {}


def _is_anomaly(code: str) -> bool:
    return _kind(code) == "anomaly"


def _kind(code: str) -> str | None:
    try:
        return explain(code).kind
    except CatalogueError:
        return None
