"""The named exit codes of every command."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from memhon.findings import Verdict


class Exit(IntEnum):
    """What a command returns to its caller."""

    FINE = 0
    """Valid, or done; warnings are allowed."""
    INVALID = 1
    """At least one error finding, drift, or a fault received."""
    USAGE = 2
    """Wrong words on the command line, or a file that is not there."""
    UNDECIDED = 3
    """Something was not judged, and nothing is invalid."""
    FAILED = 4
    """The work could not be done."""


_WEIGHT = (Exit.FAILED, Exit.INVALID, Exit.UNDECIDED, Exit.FINE)
_OF_VERDICT = {
    Verdict.VALID: Exit.FINE,
    Verdict.INVALID: Exit.INVALID,
    Verdict.UNDECIDED: Exit.UNDECIDED,
}


def of_verdict(verdict: Verdict) -> Exit:
    """The exit code of one verdict."""
    return _OF_VERDICT[verdict]


def worst(codes: Iterable[Exit]) -> Exit:
    """The exit code of several results: failed before invalid before undecided before fine."""
    given = set(codes)
    return next((code for code in _WEIGHT if code in given), Exit.FINE)
