"""What a schema says of itself, row by row, for pages and listings.

The component model is xmlschema's; it is imported only when an outline is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from memhon.catalogue import Message
from memhon.errors import SchemaError
from memhon.schemas.facets import facet_words, literal_facets, type_words

if TYPE_CHECKING:
    import xmlschema

PROVENANCE = "urn:memhon:provenance"
XSD = "http://www.w3.org/2001/XMLSchema"


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
    """Path below ``memhon_xsd`` of the file in which the element is declared."""
    owner: str | None
    """Name of the global complex type in which it is declared; None for a global element."""
    local: tuple[str, ...]
    """Local names from that type, or from the global element itself, down to the element."""
    type_schema: str | None
    """Path of the file of the element's named type; None for a built-in or anonymous type."""
    type_ref: str | None
    """Name of that type, to the letter."""
    literal: tuple[tuple[str, str], ...]
    """Facets as the schema writes them, inherited ones included, e.g. ``("maxLength", "6")``."""

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


def outline(message: Message) -> Outline:
    """The outline of a message.

    Untyped elements are shown with the type that the catalogue reads them as.

    Raises:
        SchemaError: The schema is missing, cannot be compiled, or lacks the root.
    """
    schema = _open(message.schema)
    root = schema.elements.get(message.root)
    if root is None:
        raise SchemaError(f"{message.schema} : pas d'élément global « {message.root} »")
    rows = tuple(_rows(root, message, depth=0, path="", choice=False, seen=()))
    return Outline(message.schema, _documentation(schema), rows)


def _open(path: str) -> xmlschema.XMLSchema10:
    import xmlschema

    file = str(files("memhon_xsd").joinpath(path))
    try:
        return xmlschema.XMLSchema10(file, allow="local", defuse="always")
    except (OSError, xmlschema.XMLSchemaException) as error:
        raise SchemaError(f"schéma inutilisable : {path} : {error}") from error


def _rows(
    element: Any,
    message: Message,
    *,
    depth: int,
    path: str,
    choice: bool,
    seen: tuple[str, ...],
) -> Iterator[Row]:
    declared = element.ref if element.ref is not None else element
    here = f"{path}/{declared.local_name}" if path else declared.local_name
    kind = _type_of(declared, message, depth)
    owner, local = _home(declared)
    reference = _reference(kind)
    yield Row(
        depth=depth,
        name=declared.local_name,
        namespace=declared.target_namespace if _in_namespace(declared) else None,
        path=here,
        minimum=element.min_occurs,
        maximum=element.max_occurs,
        choice=choice,
        type_name=type_words(kind),
        facets=facet_words(kind),
        documentation=_documentation(element) or _documentation(declared),
        provenance=_provenance(element) or _provenance(declared),
        schema=_file(declared),
        owner=owner,
        local=local,
        type_schema=reference and reference[0],
        type_ref=reference and reference[1],
        literal=literal_facets(kind),
    )
    if kind.is_complex() and (kind.name is None or kind.name not in seen):
        names = (*seen, kind.name) if kind.name else seen
        for child, branch in _children(kind.content, in_choice=False):
            yield from _rows(child, message, depth=depth + 1, path=here, choice=branch, seen=names)


def _home(declared: Any) -> tuple[str | None, tuple[str, ...]]:
    """The named type an element is declared in, and the names from there down to it."""
    names = [str(declared.local_name)]
    kind = declared.get_parent_type()
    while kind is not None and kind.name is None:
        holder = kind.parent
        names.insert(0, str(holder.local_name))
        kind = holder.get_parent_type()
    return (str(kind.local_name) if kind is not None else None), tuple(names)


def _reference(kind: Any) -> tuple[str, str] | None:
    if kind.name is None or kind.target_namespace == XSD:
        return None
    return _file(kind), str(kind.local_name)


def _file(component: Any) -> str:
    parts = str(component.schema.url).split("/")
    return "/".join(parts[parts.index("memhon_xsd") + 1 :])


def _in_namespace(declared: Any) -> bool:
    return bool(declared.qualified or declared.is_global())


def _type_of(declared: Any, message: Message, depth: int) -> Any:
    schema = declared.schema
    if depth == 0 and message.bind:
        return schema.maps.types[f"{{{message.namespace}}}{message.bind}"]
    builtin = message.bind_elements.get(declared.local_name)
    if builtin:
        return schema.maps.types[f"{{{XSD}}}{builtin}"]
    return declared.type


def _children(group: Any, *, in_choice: bool) -> Iterator[tuple[Any, bool]]:
    if not hasattr(group, "model"):
        return
    branch = in_choice or group.model == "choice"
    for item in group:
        if hasattr(item, "model"):
            yield from _children(item, in_choice=branch)
        elif getattr(item, "type", None) is not None:
            yield item, branch


def _documentation(component: Any) -> str:
    annotation = component.annotation if hasattr(component, "annotation") else None
    if annotation is None:
        annotations = getattr(component, "annotations", None) or ()
        annotation = annotations[0] if annotations else None
    if annotation is None:
        return ""
    parts = ["".join(node.itertext()) for node in annotation.documentation]
    return " ".join(" ".join(parts).split())


def _provenance(component: Any) -> tuple[str, ...]:
    if component.annotation is None:
        return ()
    tags = [
        (node.text or "").split()
        for node in component.annotation.appinfo
        if node.get("source") == PROVENANCE
    ]
    return tuple(tag for group in tags for tag in group)
