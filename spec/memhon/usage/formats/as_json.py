"""A usage report for a program."""

from __future__ import annotations

import json
from typing import Any

from memhon.clock.luxembourg import ZONE
from memhon.usage.figures import Figures, Row


def json_text(report: Figures) -> str:
    """Indented JSON; a count that the source cannot know is null."""
    period = report.period
    document = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "zone": ZONE,
        "by": report.by.value,
        "source": report.source,
        "read": report.read,
        "repeated": report.repeated,
        "rows": [{"key": row.key, **_numbers(row)} for row in report.rows],
        "total": _numbers(report.total),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _numbers(row: Row) -> dict[str, Any]:
    return {"counts": dict(row.counts), "forms": dict(row.forms)}
