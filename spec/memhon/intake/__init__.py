"""The one hardened door: limits, refusals, bytes → tree, canonical form, files of an archive.

It knows which documents exist (from the catalogue). It must not know schemas, bindings or networks.
"""

from memhon.intake.archive import Entry, archive, entries
from memhon.intake.deposit import deposit_archive
from memhon.intake.door import Document, read
from memhon.intake.forms import Paths, canonical, indented, xpath_of
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
from memhon.intake.showing import printable

__all__ = [
    "BODY",
    "DEFAULT",
    "ENVELOPE",
    "FAULT",
    "MODEL_UID",
    "REQUEST_INFO",
    "RESPONSE_INFO",
    "Document",
    "Entry",
    "Limits",
    "Paths",
    "Recognised",
    "Wire",
    "archive",
    "canonical",
    "carrier_of",
    "deposit_archive",
    "entries",
    "indented",
    "printable",
    "read",
    "recognise",
    "xpath_of",
]
