"""The only door to ``memhon_xsd``: resolve, compile, check, describe; no network, no DTD.

It must not know where a message came from: it is handed an element and says what the schema says.
"""

from memhon.schemas.checking import findings_of
from memhon.schemas.compiling import (
    base64_elements,
    compiled,
    compiled_envelope,
    is_loose,
    strict,
)
from memhon.schemas.outline import Outline, Row, outline
from memhon.schemas.source import paths, source, strict_source, strict_tree, tree

__all__ = [
    "Outline",
    "Row",
    "base64_elements",
    "compiled",
    "compiled_envelope",
    "findings_of",
    "is_loose",
    "outline",
    "paths",
    "source",
    "strict",
    "strict_source",
    "strict_tree",
    "tree",
]
