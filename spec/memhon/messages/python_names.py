"""How the generated classes and their attributes are called, by the names of the schema."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from memhon.catalogue import Message
from memhon.errors import CatalogueError

_Place = tuple[str | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PythonName:
    """A generated class, or one of its attributes."""

    package: str
    """Import name, e.g. ``memhon_bindings.pid_sim.request_v1``."""
    name: str
    """Class, e.g. ``TUta``; one inside another is written with a dot."""
    attribute: str | None
    """Attribute of the class; None for the class itself."""


def python_names(message: Message) -> Mapping[_Place, PythonName]:
    """The Python names of the types and elements of a message.

    The key is the name of the global type (None for a global element) and the local names from
    there down, as in a row of an outline; a type itself has no local names.

    Raises:
        CatalogueError: The bindings have not been generated for this message.
    """
    from xsdata.formats.dataclass.context import XmlContext

    try:
        module = importlib.import_module(message.package)
    except ImportError as error:
        raise CatalogueError(
            f"aucune classe générée pour {message.schema} : lancez « memhon bindings regenerate »"
        ) from error
    context = XmlContext()
    found: dict[_Place, PythonName] = {}
    for name in module.__all__:
        candidate = getattr(module, name)
        if is_dataclass(candidate) and isinstance(candidate, type):
            for place, python in _of(candidate, context, message.package):
                found.setdefault(place, python)
    return found


def _of(cls: type, context: Any, package: str) -> Iterator[tuple[_Place, PythonName]]:
    """A class of the package with everything inside it."""
    meta = cls.__dict__.get("Meta")
    wire = getattr(meta, "name", None) or cls.__name__
    # only elements are given a namespace of their own
    place: _Place = (None, (wire,)) if getattr(meta, "namespace", None) else (wire, ())
    yield place, PythonName(package, cls.__qualname__, None)
    yield from _attributes(cls, place, context, package)


def _attributes(
    cls: type, place: _Place, context: Any, package: str
) -> Iterator[tuple[_Place, PythonName]]:
    owner, names = place
    for variable in context.build(cls).get_all_vars():
        for field in variable.elements.values() or (variable,):
            inside: _Place = (owner, (*names, field.local_name))
            yield inside, PythonName(package, cls.__qualname__, variable.name)
            nested = field.clazz
            if nested and nested.__qualname__.startswith(f"{cls.__qualname__}."):
                yield from _attributes(nested, inside, context, package)
