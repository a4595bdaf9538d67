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
from memhon.schemas.content import Definition, Slot, definition_of
from memhon.schemas.foreseen import foreseen
from memhon.schemas.masking import Masker, masker
from memhon.schemas.outline import Outline, Row, outline
from memhon.schemas.possible import facet_findings, occurrence_findings
from memhon.schemas.readying import make_ready
from memhon.schemas.reference import (
    Attribute,
    Key,
    Member,
    Mention,
    Reference,
    SchemaInfo,
    TypeInfo,
    TypeUse,
    Use,
)
from memhon.schemas.referencing import package_reference, reference
from memhon.schemas.source import paths, source, strict_source, strict_tree, tree
from memhon.schemas.values import proposal, spellings

__all__ = [
    "Attribute",
    "Definition",
    "Key",
    "Masker",
    "Member",
    "Mention",
    "Outline",
    "Reference",
    "Row",
    "SchemaInfo",
    "Slot",
    "TypeInfo",
    "TypeUse",
    "Use",
    "base64_elements",
    "compiled",
    "compiled_envelope",
    "definition_of",
    "facet_findings",
    "findings_of",
    "foreseen",
    "is_loose",
    "make_ready",
    "masker",
    "occurrence_findings",
    "outline",
    "package_reference",
    "paths",
    "proposal",
    "reference",
    "source",
    "spellings",
    "strict",
    "strict_source",
    "strict_tree",
    "tree",
]
