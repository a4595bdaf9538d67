"""A report: what was checked, what was found, and the verdict that follows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memhon.findings.model import Check, CheckStatus, Finding, Severity, Verdict, explain
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

    def to_text(self, lang: str = "fr", *, colour: bool = False, width: int | None = None) -> str:
        """The report for a reader; several lines.

        Args:
            lang: Language of the texts.
            colour: Whether the text is coloured, for a terminal that shows colours.
            width: Columns at which long lines are wrapped; never by default.
        """
        return report_text(self, lang, colour=colour, width=width)

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


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one finding id occurred."""

    id: str
    severity: Severity
    count: int
    """Findings of that id."""
    files: int
    """Reports with at least one of them."""

    @property
    def weight(self) -> str:
        """The severity, or ``open`` where something was not judged and so proves no fault."""
        return explain(self.id).weight

    def title(self, lang: str = "fr") -> str:
        """The title of the finding."""
        return explain(self.id).texts[lang].title


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over many reports."""

    planned: int
    """Documents that were to be judged."""
    judged: int
    """Documents that have a report, undecided ones included."""
    verdicts: Mapping[Verdict, int]
    """Reports by verdict; every verdict is a key."""
    findings: tuple[Tally, ...]
    """By finding id: errors first, then the most frequent."""

    @property
    def complete(self) -> bool:
        """Whether everything that was planned has a report."""
        return self.judged == self.planned

    def to_dict(self, lang: str = "fr") -> dict[str, Any]:
        """The counts as plain values; titles in that language."""
        return {
            "planned": self.planned,
            "judged": self.judged,
            "complete": self.complete,
            "verdicts": {verdict.value: count for verdict, count in self.verdicts.items()},
            "findings": [
                {
                    "id": tally.id,
                    "severity": tally.severity.value,
                    "title": tally.title(lang),
                    "count": tally.count,
                    "files": tally.files,
                }
                for tally in self.findings
            ],
        }


def summary(reports: Sequence[Report], *, planned: int | None = None) -> Summary:
    """The counts by verdict and by finding id.

    Args:
        reports: One report a document.
        planned: How many documents were to be judged, when the work was cut short.
    """
    counts = Counter(finding.id for report in reports for finding in report.findings)
    touched = Counter(id_ for report in reports for id_ in {f.id for f in report.findings})
    severities = {f.id: f.severity for report in reports for f in report.findings}
    order = tuple(Severity)
    tallies = [Tally(id_, severities[id_], counts[id_], touched[id_]) for id_ in counts]
    tallies.sort(key=lambda tally: (order.index(tally.severity), -tally.count, tally.id))
    verdicts = Counter(report.verdict for report in reports)
    return Summary(
        planned=len(reports) if planned is None else planned,
        judged=len(reports),
        verdicts={verdict: verdicts[verdict] for verdict in Verdict},
        findings=tuple(tallies),
    )
