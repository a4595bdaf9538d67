"""Messages: tree ↔ bindings, in both directions without loss.

It knows the generated classes only by the names that the catalogue gives. It must not know how a
message travels, nor what it means.
"""

from memhon.messages.binding import Binder, foreign
from memhon.messages.python_names import PythonName, python_names
from memhon.messages.reading import bind, binding_class, entry_of, parse
from memhon.messages.writing import serialize, to_element

__all__ = [
    "Binder",
    "PythonName",
    "bind",
    "binding_class",
    "entry_of",
    "foreign",
    "parse",
    "python_names",
    "serialize",
    "to_element",
]
