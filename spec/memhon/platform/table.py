"""The table of everything that the platform's API answers; each subject has a module of its own."""

from __future__ import annotations

from memhon.platform.consents import CONSENTS
from memhon.platform.members import MEMBERS
from memhon.platform.operations import Operation
from memhon.platform.patient_documents import PATIENT_DOCUMENTS
from memhon.platform.persons import PERSONS
from memhon.platform.practitioner_documents import PRACTITIONER_DOCUMENTS

OPERATIONS: tuple[Operation, ...] = (
    *PRACTITIONER_DOCUMENTS,
    *PATIENT_DOCUMENTS,
    *CONSENTS,
    *MEMBERS,
    *PERSONS,
)
"""In the order of the published description."""
