"""The one hardened door for untrusted XML: limits, refusals, bytes → tree, canonical form.

It knows which documents exist (from the catalogue). It must not know schemas, bindings or networks.
"""

from memhon.intake.door import Document, read
from memhon.intake.forms import canonical, indented, xpath_of
from memhon.intake.limits import DEFAULT, Limits
from memhon.intake.recognition import (
    BODY,
    ENVELOPE,
    FAULT,
    MODEL_UID,
    REQUEST_INFO,
    RESPONSE_INFO,
    Recognised,
    Wire,
    carrier_of,
    recognise,
)

__all__ = [
    "BODY",
    "DEFAULT",
    "ENVELOPE",
    "FAULT",
    "MODEL_UID",
    "REQUEST_INFO",
    "RESPONSE_INFO",
    "Document",
    "Limits",
    "Recognised",
    "Wire",
    "canonical",
    "carrier_of",
    "indented",
    "read",
    "recognise",
    "xpath_of",
]
