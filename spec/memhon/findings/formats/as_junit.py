"""Reports as JUnit XML: one suite a file, one case a layer, as build servers read it.

A suite without failure and error is a valid message; what was not judged is an error, never a
success.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from memhon.findings.model import Check, CheckStatus, Finding, Severity, Verdict
from memhon.findings.rendering import finding_lines, message_name
from memhon.findings.report import Report
from memhon.findings.report import summary as summarise
from memhon.findings.words import WORDS, safe

_OPEN = ("limit", "crash")


@dataclass(frozen=True, slots=True)
class _Case:
    """One layer of one report."""

    name: str
    seconds: float
    outcome: str
    """``passed``, ``failure``, ``error`` or ``skipped``."""
    message: str
    kind: str
    """Id of the first finding that decides, or what else kept the layer from success."""
    text: str


def junit(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    """One ``testsuites`` document; the totals stand in its attributes."""
    del summary  # the totals are part of the form
    suites = [(_source(report, lang), report, _cases(report, lang)) for report in reports]
    counts = summarise(reports, planned=planned)
    totals = _totals([case for *_, cases in suites for case in cases])
    root = ET.Element("testsuites", {"name": "memhon validate", **totals})
    for source, report, cases in suites:
        suite = ET.SubElement(root, "testsuite", {"name": source, **_totals(cases)})
        properties = ET.SubElement(suite, "properties")
        for name, value in _properties(report, lang):
            ET.SubElement(properties, "property", {"name": name, "value": value})
        for case in cases:
            _write(suite, source, case)
    if not counts.complete:
        _write_partial(root, WORDS[lang]["partial"], counts.judged, counts.planned)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _properties(report: Report, lang: str) -> list[tuple[str, str]]:
    known = [("verdict", str(report.verdict)), ("message", message_name(report, lang))]
    names = ("exchange", "direction", "version")
    return known + [(name, str(value)) for name in names if (value := getattr(report, name))]


def _source(report: Report, lang: str) -> str:
    return safe(report.source) if report.source else WORDS[lang]["unnamed"]


def _totals(cases: Sequence[_Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": str(len(cases)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
        "time": f"{sum(case.seconds for case in cases):.6f}",
    }


def _cases(report: Report, lang: str) -> list[_Case]:
    """A case for every planned layer, and for every other layer that has a finding."""
    planned = [check.layer for check in report.checks]
    stopped = [check.layer for check in report.checks if check.status is CheckStatus.CRASHED]
    groups: dict[str, list[Finding]] = {layer: [] for layer in planned}
    for finding in report.findings:
        # what a crash left behind belongs to the layer that crashed
        crash = finding.kind == "crash" and finding.layer not in planned and bool(stopped)
        groups.setdefault(stopped[0] if crash else finding.layer, []).append(finding)
    checks = {check.layer: check for check in report.checks}
    cases = [_case(layer, checks.get(layer), found, lang) for layer, found in groups.items()]
    outcomes = {case.outcome for case in cases}
    if report.verdict is not Verdict.VALID and not outcomes & {"failure", "error"}:
        outcome = "failure" if report.verdict is Verdict.INVALID else "error"
        told = WORDS[lang]["nothing_checked"]
        cases.append(_Case("verdict", 0.0, outcome, told, "verdict", told))
    return cases


def _case(layer: str, check: Check | None, found: Sequence[Finding], lang: str) -> _Case:
    words = WORDS[lang]
    outcome = _outcome(check, found)
    weighty = [f for f in found if f.severity is Severity.ERROR] or list(found)
    message = weighty[0].text(lang) if weighty else words["no_finding"]
    if len(weighty) > 1:
        message = f"{message} (+ {len(weighty) - 1})"
    if outcome == "skipped" and not found:
        message = words["layer_skipped"]
    ids = [finding.id for finding in found]
    told = "\n\n".join(
        "\n".join(finding_lines(finding, lang, known=finding.id in ids[:number]))
        for number, finding in enumerate(found)
    )
    seconds = check.milliseconds / 1000 if check else 0.0
    kind = weighty[0].id if weighty else outcome
    return _Case(words.get(layer, layer), seconds, outcome, safe(message), kind, told)


def _outcome(check: Check | None, found: Sequence[Finding]) -> str:
    status = check.status if check else CheckStatus.PASSED
    if any(f.severity is Severity.ERROR and f.kind not in _OPEN for f in found):
        return "failure"
    if status is CheckStatus.CRASHED or any(f.kind in _OPEN for f in found):
        return "error"
    if status is CheckStatus.FAILED:
        return "failure"
    return "skipped" if status is CheckStatus.SKIPPED else "passed"


def _write(suite: ET.Element, source: str, case: _Case) -> None:
    element = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": source,
            "name": case.name,
            "file": source,
            "time": f"{case.seconds:.6f}",
        },
    )
    if case.outcome in ("failure", "error"):
        told = ET.SubElement(element, case.outcome, {"message": case.message, "type": case.kind})
        told.text = case.text or case.message
    elif case.outcome == "skipped":
        ET.SubElement(element, "skipped", {"message": case.message})
    elif case.text:
        ET.SubElement(element, "system-out").text = case.text


def _write_partial(root: ET.Element, sentence: str, judged: int, planned: int) -> None:
    """A suite of its own says that the work was cut short, so that no server shows success."""
    told = sentence.format(judged=judged, planned=planned).replace("(s)", "s")
    case = _Case("complete", 0.0, "error", told, "partial", told)
    suite = ET.SubElement(root, "testsuite", {"name": "memhon validate", **_totals([case])})
    _write(suite, "memhon validate", case)
    for name in ("tests", "errors"):
        root.set(name, str(int(root.get(name, "0")) + 1))
