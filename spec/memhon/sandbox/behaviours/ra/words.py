"""What the answers of RA have in common: kinds of anomalies, days and instants as written."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from xsdata.models.datatype import XmlDate

from memhon.findings import Finding, Severity
from memhon.sandbox.access_log import Read
from memhon.store import DepositEntry

NEVER = "1970-01-01T00:00:00Z"
"""Stands for the required instant of what never happened, as the nil UUID does for a key."""

_KINDS = {
    Severity.ERROR: "REFUS",
    Severity.WARNING: "AVERTISSEMENT",
    Severity.INFORMATION: "INFORMATION",
}
_LONGEST = 500


def kind(finding: Finding) -> str:
    """How an anomaly weighs, in the words of the wire."""
    return _KINDS[finding.severity]


def reason(finding: Finding) -> str:
    """The sentence of an anomaly, no longer than our schemas allow."""
    return finding.text("fr")[:_LONGEST]


def written(instant: datetime | None) -> str:
    """An instant as the answers write it: UTC, whole seconds."""
    if instant is None:
        return NEVER
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def day(date: XmlDate) -> str:
    """The day as written, in the form of the wire; a zone designator does not move it."""
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def read_of(category: str, deposit: DepositEntry) -> Read:
    """What an answer shows of one deposit."""
    whose = deposit.matricule or deposit.birth_date or ""
    return Read(category, whose, reference=deposit.secu_uuid, source=deposit.sender)


def two_decimals(amount: Decimal) -> Decimal:
    """The same amount with two decimals, however large it is."""
    return Decimal(f"{amount:.2f}")
