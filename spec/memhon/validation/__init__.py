"""Message → report, one layer one file.

The validator lists the layers. This room must not know how a message travels or who sent it.
"""

from memhon.validation.validator import LAYERS, Examination, examine, validate

__all__ = ["LAYERS", "Examination", "examine", "validate"]
