"""Who calls the platform, and how it says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from memhon.errors import MemhonError
from memhon.findings import Finding


class Role(StrEnum):
    """In which quality somebody calls (E V2.4)."""

    PRACTITIONER = "PRACTITIONER"
    PATIENT = "PATIENT"
    CNS = "CNS"
    ADMIN = "ADMIN"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who was recognised in a request."""

    role: Role
    name: str
    """Identifier of the person: eHealthID, member's identifier, or matricule of a patient."""
    ehealth_id: str = ""
    """Of the practitioner for whom they act; empty for a patient."""
    matricule: str = ""
    """National number of a patient; empty for everybody else."""
    address: str = ""
    """Network address of the peer."""

    @property
    def in_person(self) -> bool:
        """Whether a practitioner calls for themselves, not a member of their team."""
        return self.role is Role.PRACTITIONER and self.name == self.ehealth_id


class PlatformError(MemhonError):
    """A request that is refused; nothing was changed.

    Args:
        status: Of HTTP.
        finding: Why.
        causes: What led to it, where that has findings of its own.
        headers: Of the answer, e.g. ``Allow``.
    """

    def __init__(
        self,
        status: int,
        finding: Finding,
        causes: tuple[Finding, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(findings=(finding, *causes))
        self.status = status
        self.finding = finding
        self.causes = causes
        self.headers = dict(headers or {})
