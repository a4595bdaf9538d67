"""The forms a set of reports can be written in, each in one file.

A form takes reports and gives one text; it must not judge, and it must not know XML schemas,
files or terminals. To add one: write its file and list it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from memhon.findings.formats.as_json import json_schema, json_text
from memhon.findings.formats.as_text import summary_text, text
from memhon.findings.report import Report

__all__ = ["FORMATS", "Format", "json_schema", "summary_text", "text"]


class Format(Protocol):
    """Writes reports as one document."""

    def __call__(
        self,
        reports: Sequence[Report],
        lang: str = "fr",
        summary: bool = True,
        *,
        planned: int | None = None,
    ) -> str:
        """The document, without a line feed at its end.

        Args:
            reports: The reports, in the order in which they are shown.
            lang: Language of the texts, ``fr`` or ``en``.
            summary: Whether the counts over all reports are part of it, where the form leaves it.
            planned: How many documents were to be judged, when the work was cut short.
        """


def _junit(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    from memhon.findings.formats.as_junit import junit

    return junit(reports, lang, summary, planned=planned)


def _sarif(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    from memhon.findings.formats.as_sarif import sarif

    return sarif(reports, lang, summary, planned=planned)


def _html(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    from memhon.findings.formats.as_html import html

    return html(reports, lang, summary, planned=planned)


FORMATS: Mapping[str, Format] = {
    "text": text,
    "json": json_text,
    # these three import more than a command that prints text should wait for
    "junit": _junit,
    "sarif": _sarif,
    "html": _html,
}
