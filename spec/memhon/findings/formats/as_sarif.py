"""Reports as SARIF 2.1.0, the form in which code hosts and editors read findings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from memhon.findings.formats.corrections import fixes
from memhon.findings.model import Finding, Severity, Verdict, explain
from memhon.findings.report import Report
from memhon.findings.report import summary as summarise
from memhon.findings.words import WORDS, safe

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
_OPEN = ("limit", "crash")

Json = dict[str, Any]


def sarif(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    """One log with one run; the summary stands in the properties of the run."""
    from memhon import __version__

    counts = summarise(reports, planned=planned)
    known = _Known(
        ids=_numbered(sorted({f.id for report in reports for f in report.findings})),
        uris=_numbered(_uri(report.source) for report in reports),
        lang=lang,
    )
    driver: Json = {
        "name": "MemHon",
        "semanticVersion": __version__,
        "rules": [_rule(id_, lang) for id_ in known.ids],
    }
    notices = [notice for report in reports for notice in _notices(report, known)]
    if not counts.complete:
        told = WORDS[lang]["partial"].format(judged=counts.judged, planned=counts.planned)
        notices.append({"level": "error", "message": {"text": told.replace("(s)", "s")}})
    run: Json = {
        "tool": {"driver": driver},
        "language": lang,
        "automationDetails": {"id": "memhon/validate/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": not notices, "toolExecutionNotifications": notices}
        ],
        # a file that was named twice is one artifact
        "artifacts": list({_uri(report.source): _artifact(report) for report in reports}.values()),
        "results": [
            _result(finding, report, known) for report in reports for finding in report.findings
        ],
    }
    if summary:
        run["properties"] = {"summary": counts.to_dict(lang)}
    return json.dumps(
        {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What results refer to by index."""

    ids: dict[str, int]
    """Finding ids with the place of their rules."""
    uris: dict[str, int]
    """Documents with the place of their artifacts."""
    lang: str

    def artifact(self, report: Report) -> Json:
        """The reference to the document of a report."""
        uri = _uri(report.source)
        return {"uri": uri, "index": self.uris[uri]}


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _rule(finding_id: str, lang: str) -> Json:
    registered = explain(finding_id)
    wording, words = registered.texts[lang], WORDS[lang]
    parts = [
        (words["cause"], wording.cause),
        (words["allowed"], wording.allowed),
        (words["fix"], wording.fix),
    ]
    return {
        "id": finding_id,
        "name": finding_id.replace("-", ""),
        "shortDescription": {"text": wording.title},
        "fullDescription": {"text": wording.cause},
        "defaultConfiguration": {"level": _LEVELS[Severity(registered.severity)]},
        "help": {
            "text": "\n\n".join(f"{name}: {value}" for name, value in parts),
            "markdown": "\n\n".join(f"**{name}** {_markdown(value)}" for name, value in parts),
        },
        "properties": {
            "tags": sorted({registered.layer, registered.kind}),
            "since": f"{registered.since}",
        },
    }


def _result(finding: Finding, report: Report, known: _Known) -> Json:
    wording = finding.wording(known.lang)
    is_open = finding.kind in _OPEN
    key = "|".join([finding.id, report.source or "", finding.xpath or "", str(finding.line)])
    texts = {
        name: safe(value)
        for name in ("layer", "found", "expected", "excerpt", "edit", "page")
        if (value := getattr(finding, name)) is not None
    }
    result: Json = {
        "ruleId": finding.id,
        "ruleIndex": known.ids[finding.id],
        # a result that is not « fail » has no level (SARIF 3.27.10); what was not judged is open
        "kind": "open" if is_open else "fail",
        "level": "none" if is_open else _LEVELS[finding.severity],
        "message": {"text": _plain(f"{finding.text(known.lang)} {wording.fix}")},
        "locations": [_location(finding, known.artifact(report))],
        "partialFingerprints": {"memhon/v1": hashlib.sha256(_bytes(key)).hexdigest()},
        "properties": texts,
    }
    if "edit" in texts:
        found = fixes(texts["edit"], known.artifact(report), wording.fix)
        result |= {"fixes": found} if found else {}
    return result


def _location(finding: Finding, artifact: Json) -> Json:
    physical: Json = {"artifactLocation": artifact}
    if finding.line:
        physical["region"] = {"startLine": finding.line}
        if finding.column:
            physical["region"]["startColumn"] = finding.column
    location: Json = {"physicalLocation": physical}
    if finding.xpath:
        logical = {"fullyQualifiedName": safe(finding.xpath), "kind": "element"}
        if finding.element:
            logical["name"] = safe(finding.element)
        location["logicalLocations"] = [logical]
    return location


def _notices(report: Report, known: _Known) -> list[Json]:
    """What kept a document from being judged; a result alone could be filtered away."""
    if report.verdict is not Verdict.UNDECIDED:
        return []
    place = [{"physicalLocation": {"artifactLocation": known.artifact(report)}}]
    notices: list[Json] = [
        {
            "level": "error",
            "message": {"text": _plain(finding.text(known.lang))},
            "associatedRule": {"id": finding.id, "index": known.ids[finding.id]},
            "locations": place,
        }
        for finding in report.findings
        if finding.kind in _OPEN
    ]
    told = WORDS[known.lang]["nothing_checked"]
    return notices or [{"level": "error", "message": {"text": told}, "locations": place}]


def _artifact(report: Report) -> Json:
    properties: Json = {"verdict": report.verdict.value}
    for name in ("exchange", "direction", "version"):
        if getattr(report, name) is not None:
            properties[name] = getattr(report, name)
    properties["checks"] = {check.layer: check.status.value for check in report.checks}
    return {
        "location": {"uri": _uri(report.source)},
        "roles": ["analysisTarget"],
        "properties": properties,
    }


def _uri(source: str | None) -> str:
    """The name of a document as a URI reference; an absolute path becomes a file URI."""
    if not source:
        return "document"
    path = source.replace("\\", "/")
    if path[1:3] == ":/":
        return f"file:///{path[:2]}{quote(_bytes(path[2:]))}"
    return f"file://{quote(_bytes(path))}" if path.startswith("/") else quote(_bytes(path))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _plain(text: str) -> str:
    """A message without what SARIF would read as an embedded link (3.11.6)."""
    return safe(text).replace("](", "] (")


def _markdown(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
