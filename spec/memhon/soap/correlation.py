"""The comment that opens every answer, and the ids drawn in its form (wire-contract §1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

_CORRELATION = re.compile(r"Correlation-ID:\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Correlation:
    """The four lines of the comment before the envelope."""

    platform: str
    """Name of the platform that answers."""
    body: str
    """Who runs it."""
    environment: str
    """Name of the environment."""
    id: str
    """``Id-`` and 24 hexadecimal digits."""


def comment(correlation: Correlation) -> str:
    """The comment with its delimiters, four lines."""
    lines = (
        correlation.platform,
        correlation.body,
        correlation.environment,
        f"Correlation-ID: {correlation.id}",
    )
    return "<!--" + "\n".join(line.replace("--", "- -") for line in lines) + "-->"


def correlation_id(root: etree._Element) -> str | None:
    """The correlation id told by a comment before the document element, if there is one."""
    for sibling in root.itersiblings(etree.Comment, preceding=True):
        found = _CORRELATION.search(sibling.text or "")
        if found:
            return found.group(1)
    return None


def identifier(now: datetime, digits: str, number: int) -> str:
    """An XML id of the observed form: milliseconds, 16 hexadecimal digits, a number.

    Args:
        now: Instant of the answer.
        digits: 16 hexadecimal digits.
        number: Counts the ids of one answer from 1.
    """
    # Integer division of microseconds: a float would lose the last digit of some instants.
    micros = int(now.timestamp()) * 1_000_000 + now.microsecond
    return f"Id-{micros // 1000:016d}-{digits}-{number}"
