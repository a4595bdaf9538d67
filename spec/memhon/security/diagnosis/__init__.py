"""Why a digest or a signature does not fit: hypotheses that are tried, never guessed."""

from memhon.security.diagnosis.comparing import compare
from memhon.security.diagnosis.explaining import explain
from memhon.security.diagnosis.model import (
    Cause,
    Compared,
    Comparison,
    Diagnosis,
    Difference,
    ReferenceDiagnosis,
    SignatureDiagnosis,
)

__all__ = [
    "Cause",
    "Compared",
    "Comparison",
    "Diagnosis",
    "Difference",
    "ReferenceDiagnosis",
    "SignatureDiagnosis",
    "compare",
    "explain",
]
