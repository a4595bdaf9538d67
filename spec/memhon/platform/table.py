"""The table of everything that the platform's API answers; each subject has a module of its own."""

from __future__ import annotations

from memhon.platform.operations import Operation
from memhon.platform.patient_documents import PATIENT_DOCUMENTS
from memhon.platform.practitioner_documents import PRACTITIONER_DOCUMENTS

OPERATIONS: tuple[Operation, ...] = (
    *PRACTITIONER_DOCUMENTS,
    *PATIENT_DOCUMENTS,
)
"""In the order of the published description."""
