"""What is wrong with journals: every bad line up to a bound, then one refusal of them all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from memhon.catalogue import load
from memhon.errors import JournalError
from memhon.findings import Finding


class BadLines:
    """Collects findings file by file; those beyond the bound are counted only."""

    def __init__(self) -> None:
        self._most = load().journal.listed
        self._found: list[tuple[str, Finding]] = []
        self._count = 0
        self._name = ""

    def begin(self, path: Path) -> None:
        """What follows is about this file."""
        self._name = str(path)

    @property
    def full(self) -> bool:
        """Whether what follows is counted only."""
        return len(self._found) >= self._most

    def one_more(self) -> None:
        """Count a line without saying what is wrong with it."""
        self._count += 1

    def extend(self, findings: Iterable[Finding]) -> None:
        """Remember what is wrong with one line; nothing is wrong without findings."""
        found = [(self._name, finding) for finding in findings]
        self._count += bool(found)
        self._found += found[: self._most - len(self._found)]

    def refuse(self) -> None:
        """Refuse the journals if anything was found.

        Raises:
            JournalError: With every finding that was remembered.
        """
        if not self._found:
            return
        raise JournalError(
            _told(self._count, len(self._found), full=self.full),
            findings=tuple(finding for _, finding in self._found),
            places=tuple(name for name, _ in self._found),
        )


def _told(count: int, listed: int, *, full: bool) -> str:
    many = "s" if count > 1 else ""
    told = (
        f"{count} ligne{many} refusée{many} dans le journal d'utilisation, "
        "aucun relevé n'est établi"
    )
    return f"{told} ; les {listed} premières anomalies sont énumérées" if full else told
