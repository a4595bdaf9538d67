"""The forms of a usage report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from memhon.usage.figures import Figures
from memhon.usage.formats.as_csv import csv_text
from memhon.usage.formats.as_html import html
from memhon.usage.formats.as_json import json_text
from memhon.usage.formats.as_text import text

FORMATS: Mapping[str, Callable[[Figures, str], str]] = {
    "text": text,
    "csv": lambda report, _lang: csv_text(report),
    "json": lambda report, _lang: json_text(report),
    "html": html,
}
"""By name: the report in that form, in a language where it has one; with its last line feed."""

__all__ = ["FORMATS"]
