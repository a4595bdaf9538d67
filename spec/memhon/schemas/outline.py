"""What a schema says of itself, row by row, for pages and listings.

The component model is xmlschema's; it is imported only when an outline is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from memhon.catalogue import Message
from memhon.errors import SchemaError
from memhon.schemas.facets import facet_words, literal_facets, type_words
from memhon.schemas.models import Models, package_models
from memhon.schemas.particles import (
    Particle,
    documentation_of,
    namespace_of,
    particles,
    provenance_of,
)

_XS = "http://www.w3.org/2001/XMLSchema"


@dataclass(frozen=True, slots=True)
class Row:
    """One element of a message."""

    depth: int
    """0 for the document element."""
    name: str
    """Local name, to the letter."""
    namespace: str | None
    """Namespace on the wire; None for an unqualified element."""
    path: str
    """Local names from the document element, separated by ``/``."""
    minimum: int
    maximum: int | None
    """None: unbounded."""
    choice: bool
    """Whether the element is one branch of a choice."""
    type_name: str
    """Name of the type, or of the built-in that an anonymous type restricts."""
    facets: tuple[str, ...]
    """French sentences, one a facet."""
    documentation: str
    """French."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    schema: str
    """Path of the schema file in which the element is declared, below ``memhon_xsd``."""
    owner: str | None
    """Name of the global complex type in which it is declared; None for a global element."""
    local: tuple[str, ...]
    """Local names from that type, or from the global element (itself included), to the element."""
    type_schema: str | None
    """Path of the file of the element's named type; None for a built-in or anonymous one."""
    type_ref: str | None
    """Name of that type."""
    literal: tuple[tuple[str, str], ...]
    """Facets to the letter, inherited ones included, e.g. ``("maxLength", "6")``."""

    @property
    def qualified(self) -> bool:
        """Whether the element is in a namespace on the wire."""
        return self.namespace is not None

    @property
    def cardinality(self) -> str:
        """How often the element may stand there, e.g. ``1``, ``0..1`` or ``1..n``."""
        most = "n" if self.maximum is None else str(self.maximum)
        return most if str(self.minimum) == most else f"{self.minimum}..{most}"


@dataclass(frozen=True, slots=True)
class Outline:
    """A message as its schema describes it."""

    schema: str
    """Path of the schema below ``memhon_xsd``."""
    documentation: str
    """Notice at the head of the file, French."""
    rows: tuple[Row, ...]
    """Depth first, in the order of the schema."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a walk through a message stands."""

    depth: int
    path: str
    schema: str
    owner: str | None
    local: tuple[str, ...]
    seen: tuple[Any, ...]
    """The types around it: a recursive one is entered once."""


def outline(message: Message) -> Outline:
    """The outline of a message.

    Untyped elements are shown with the type that the catalogue reads them as.

    Raises:
        SchemaError: The schema is missing, cannot be compiled, or lacks the root.
    """
    models = package_models()
    schema = models.schemas.get(message.schema)
    if schema is None:
        raise SchemaError(f"schéma introuvable : {message.schema}")
    root = schema.maps.elements.get(message.qname)
    if root is None:
        raise SchemaError(f"{message.schema} : pas d'élément global « {message.root} »")
    start = _Place(0, "", message.schema, None, (), ())
    rows = tuple(_Walk(models, message).rows(Particle(root, None), start))
    return Outline(message.schema, _notice(schema), rows)


class _Walk:
    """Goes through a message, depth first."""

    def __init__(self, models: Models, message: Message) -> None:
        self._models, self._message = models, message

    def rows(self, particle: Particle, place: _Place) -> Iterator[Row]:
        element = particle.component
        declared = element.ref if element.ref is not None else element
        name = declared.local_name
        here = f"{place.path}/{name}" if place.path else name
        local = (*place.local, name)
        kind = self._type_of(declared, place.depth)
        yield self._row(particle, declared, kind, place, here)
        if not kind.is_complex() or any(kind is one for one in place.seen):
            return
        inside = _Place(
            place.depth + 1, here, place.schema, place.owner, local, (*place.seen, kind)
        )
        if kind.name:
            inside = self._at(kind, inside)
        for child in particles(kind):
            if child.is_element:
                yield from self.rows(
                    child, inside if child.home is kind else self._at(child.home, inside)
                )

    def _at(self, kind: Any, place: _Place) -> _Place:
        schema = self._models.path_of(kind.schema.url) or place.schema
        return _Place(place.depth, place.path, schema, kind.local_name, (), place.seen)

    def _row(self, particle: Particle, declared: Any, kind: Any, place: _Place, here: str) -> Row:
        element = particle.component
        named = kind.name is not None and kind.target_namespace != _XS
        return Row(
            depth=place.depth,
            name=declared.local_name,
            namespace=namespace_of(declared),
            path=here,
            minimum=element.min_occurs,
            maximum=element.max_occurs,
            choice=bool(particle.choice),
            type_name=type_words(kind),
            facets=facet_words(kind),
            documentation=documentation_of(element) or documentation_of(declared),
            provenance=provenance_of(element) or provenance_of(declared),
            schema=place.schema,
            owner=place.owner,
            local=(*place.local, declared.local_name),
            type_schema=self._models.path_of(kind.schema.url) if named else None,
            type_ref=kind.local_name if named else None,
            literal=literal_facets(kind),
        )

    def _type_of(self, declared: Any, depth: int) -> Any:
        types = declared.schema.maps.types
        if depth == 0 and self._message.bind:
            return types[f"{{{self._message.namespace}}}{self._message.bind}"]
        builtin = self._message.bind_elements.get(declared.local_name)
        return types[f"{{{_XS}}}{builtin}"] if builtin else declared.type


def _notice(schema: Any) -> str:
    first = next(iter(schema.annotations), None)
    nodes = [] if first is None else first.documentation
    return " ".join(" ".join("".join(node.itertext()) for node in nodes).split())
