"""Findings, reports and verdicts: how MemHon says what it saw.

This room knows texts, severities and verdicts. It must not know XML: line, XPath and values come
from the room that looked at the document.
"""

from memhon.findings.model import (
    Check,
    CheckStatus,
    Finding,
    Severity,
    Verdict,
    cut,
    explain,
    make,
)
from memhon.findings.rendering import finding_lines
from memhon.findings.report import Report, Summary, Tally, decide, summary

__all__ = [
    "Check",
    "CheckStatus",
    "Finding",
    "Report",
    "Severity",
    "Summary",
    "Tally",
    "Verdict",
    "cut",
    "decide",
    "explain",
    "finding_lines",
    "make",
    "summary",
]
