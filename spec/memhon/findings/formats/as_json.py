"""Reports as one JSON document, the same shape for one file and for thousands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files

from memhon.findings.report import Report
from memhon.findings.report import summary as summarise

SCHEMA = "urn:memhon:report:1"
"""Name of the shape; it changes when a field changes its meaning or goes away."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_text(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    """The document that ``report.schema.json`` describes; it always carries its summary."""
    from memhon import __version__

    del summary  # a stable shape has no optional parts
    document = {
        "schema": SCHEMA,
        "memhon": __version__,
        "lang": lang,
        "summary": summarise(reports, planned=planned).to_dict(lang),
        "reports": [report.to_dict(lang) for report in reports],
    }
    written = json.dumps(document, ensure_ascii=False, indent=2)
    return _SURROGATE.sub(lambda match: f"\\\\u{ord(match.group()):04x}", written)


def json_schema() -> bytes:
    """The JSON Schema of the document, as published."""
    return files("memhon.findings.formats").joinpath("report.schema.json").read_bytes()
