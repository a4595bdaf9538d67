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
from memhon.security.diagnosis.rendering_html import html_page
from memhon.security.diagnosis.rendering_json import as_json
from memhon.security.diagnosis.rendering_text import as_text

__all__ = [
    "Cause",
    "Compared",
    "Comparison",
    "Diagnosis",
    "Difference",
    "ReferenceDiagnosis",
    "SignatureDiagnosis",
    "as_json",
    "as_text",
    "compare",
    "explain",
    "html_page",
]
