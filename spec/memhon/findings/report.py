"""A report: what was checked, what was found, and the verdict that follows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from memhon.findings.model import Check, CheckStatus, Finding, Severity, Verdict
from memhon.findings.rendering import report_text


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of the planned checks on one document."""

    verdict: Verdict
    exchange: str | None
    """Id of the exchange recognised, if one was."""
    direction: str | None
    """``request`` or ``response``."""
    version: str | None
    """Version of the schema that was applied."""
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    """Every planned layer, in order, with how it ended."""
    source: str | None = None
    """Name of the file, for the reader."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def to_dict(self, lang: str = "fr") -> dict[str, Any]:
        """The report as plain values; texts in that language."""
        return {
            "source": self.source,
            "verdict": self.verdict.value,
            "exchange": self.exchange,
            "direction": self.direction,
            "version": self.version,
            "checks": [
                {
                    "layer": check.layer,
                    "status": check.status.value,
                    "milliseconds": round(check.milliseconds, 3),
                }
                for check in self.checks
            ],
            "findings": [finding.to_dict(lang) for finding in self.findings],
        }

    def to_json(self, lang: str = "fr") -> str:
        """The report as indented JSON; texts in that language."""
        return json.dumps(self.to_dict(lang), ensure_ascii=False, indent=2)

    def to_text(self, lang: str = "fr") -> str:
        """The report for a reader; several lines, no colour."""
        return report_text(self, lang)

    def __str__(self) -> str:
        """The French text of the report."""
        return self.to_text()


def decide(findings: Sequence[Finding], checks: Sequence[Check]) -> Verdict:
    """The verdict that follows from findings and checks.

    A finding of class ``limit`` or ``crash`` says that something was not judged: it never makes a
    message invalid, and it never lets one pass.
    """
    judged = [f for f in findings if f.kind not in ("limit", "crash")]
    if any(finding.severity is Severity.ERROR for finding in judged):
        return Verdict.INVALID
    if len(judged) < len(findings) or not checks:
        return Verdict.UNDECIDED
    if any(check.status is not CheckStatus.PASSED for check in checks):
        return Verdict.UNDECIDED
    return Verdict.VALID
