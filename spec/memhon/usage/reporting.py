"""From a journal or a store to a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from memhon.catalogue import load
from memhon.usage.counting import count_journals
from memhon.usage.period import By, Period, month_of
from memhon.usage.report import UsageReport, made

if TYPE_CHECKING:
    from memhon.store import Store, UsageCount


def report_of_journals(
    paths: Sequence[str | Path], period: Period, by: By = By.MONTH
) -> UsageReport:
    """The report on one journal, or on several that are read as one.

    Args:
        paths: The files.
        period: Days of Luxembourg.
        by: What the rows stand for.

    Raises:
        JournalError: A line is bad; every one is named, up to a bound, and nothing is counted.
        OSError: A file cannot be read.
    """
    counted = count_journals([Path(path) for path in paths], period, by)
    cells = (
        ((group.decode(), pair.decode().partition(";")[0], form.decode()), number)
        for (group, pair, form), number in counted.cells.items()
    )
    return made(period, by, "journal", cells, read=counted.read, repeated=counted.repeated)


def report_of_store(store: Store, period: Period, by: By = By.MONTH) -> UsageReport:
    """The report on what a sandbox answered.

    Args:
        store: Its store.
        period: Days of Luxembourg.
        by: What the rows stand for.

    Raises:
        StoreError: The store cannot be read.
    """
    sent = load().journal.forms[0].name
    found = store.usage.between(period.first, period.last)
    cells = (((_key(entry, by), entry.kind.value, sent), entry.count) for entry in found)
    return made(period, by, "store", cells)


def _key(entry: UsageCount, by: By) -> str:
    if by is By.MONTH:
        return month_of(entry.day)
    return entry.sender if by is By.PRACTITIONER else entry.family
