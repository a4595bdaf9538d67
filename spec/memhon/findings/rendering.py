"""A report as text for a person, in French or English."""

from __future__ import annotations

from typing import Protocol

from memhon.findings.model import Check, CheckStatus, Finding, Verdict


class Judged(Protocol):
    """What the text of a report is made from."""

    @property
    def verdict(self) -> Verdict: ...  # noqa: D102
    @property
    def exchange(self) -> str | None: ...  # noqa: D102
    @property
    def direction(self) -> str | None: ...  # noqa: D102
    @property
    def version(self) -> str | None: ...  # noqa: D102
    @property
    def findings(self) -> tuple[Finding, ...]: ...  # noqa: D102
    @property
    def checks(self) -> tuple[Check, ...]: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102


_WORDS = {
    "fr": {
        "valid": "valide",
        "invalid": "non valide",
        "undecided": "indécis",
        "for": "pour",
        "line": "ligne",
        "found": "trouvé",
        "expected": "attendu",
        "cause": "cause",
        "fix": "correction",
        "request": "requête",
        "response": "réponse",
        "unknown": "message non reconnu",
        "not_run": "non exécuté",
        "error": "bloquante",
        "warning": "avertissement",
        "information": "information",
        "wellformed": "forme",
        "schema": "schéma",
        "binding": "lecture",
    },
    "en": {
        "valid": "valid",
        "invalid": "invalid",
        "undecided": "undecided",
        "for": "for",
        "line": "line",
        "found": "found",
        "expected": "expected",
        "cause": "cause",
        "fix": "fix",
        "request": "request",
        "response": "response",
        "unknown": "message not recognised",
        "not_run": "not run",
        "error": "error",
        "warning": "warning",
        "information": "information",
        "wellformed": "form",
        "schema": "schema",
        "binding": "binding",
    },
}


def report_text(report: Judged, lang: str = "fr") -> str:
    """The whole report, headline first, one paragraph a finding."""
    lines = [headline(report, lang)]
    for finding in report.findings:
        lines += ["", *finding_lines(finding, lang)]
    return "\n".join(lines)


def headline(report: Judged, lang: str = "fr") -> str:
    """Source, verdict, layers and message on one line."""
    words = _WORDS[lang]
    colon = " : " if lang == "fr" else ": "
    layers = []
    for check in report.checks:
        name = words.get(check.layer, check.layer)
        run = check.status in (CheckStatus.PASSED, CheckStatus.FAILED)
        layers.append(name if run else f"{name} ({words['not_run']})")
    verdict = words[report.verdict.value]
    scope = f" {words['for']}{colon}{', '.join(layers)}" if layers else ""
    if report.verdict is not Verdict.VALID:
        scope = f" ({', '.join(layers)})" if layers else ""
    what = words["unknown"]
    if report.exchange and report.direction:
        what = f"{report.exchange}, {words[report.direction]} V{report.version}"
    source = f"{report.source}{colon}" if report.source else ""
    return f"{source}{verdict}{scope} – {what}"


def finding_lines(finding: Finding, lang: str = "fr") -> list[str]:
    """One finding: place and sentence, then what was found, what is allowed, why and the fix."""
    words = _WORDS[lang]
    colon = " : " if lang == "fr" else ": "
    place = f"{words['line']} {finding.line}, " if finding.line else ""
    wording = finding.wording(lang)
    lines = [f"{finding.id} ({place}{words[finding.severity.value]}) {finding.text(lang)}"]
    pairs = [
        ("XPath", finding.xpath),
        (words["found"], finding.found),
        (words["expected"], finding.expected),
        (words["cause"], wording.cause),
        (words["fix"], wording.fix),
    ]
    lines += [f"  {name}{colon}{value}" for name, value in pairs if value]
    return lines
