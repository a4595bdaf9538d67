"""The particles of a complex type, one after the other, with the groups they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

PROVENANCE = "urn:memhon:provenance"


@dataclass(frozen=True, slots=True)
class Particle:
    """An element or a wildcard of a content model."""

    component: Any
    """xmlschema's ``XsdElement`` or ``XsdAnyElement``."""
    home: Any
    """The complex type that declares it: the one asked for, or one that it extends."""
    choice: tuple[str, ...] = ()
    """Names of the branches of the innermost choice it is in; a branch of several is one text."""
    group: str | None = None
    """Local name of the named model group it comes from."""
    minimum: int = 1
    """How often the groups around it stand there, at least."""
    maximum: int | None = 1
    """At most; None: unbounded."""

    @property
    def is_element(self) -> bool:
        """Whether it is an element, not a wildcard."""
        return getattr(self.component, "type", None) is not None


def particles(kind: Any) -> Iterator[Particle]:
    """The particles of a type in the order of its content; none without content of elements."""
    if kind.is_complex() and hasattr(kind.content, "model"):
        yield from _of(kind.content, Particle(None, kind), seen=())


def _of(group: Any, around: Particle, seen: tuple[str, ...]) -> Iterator[Particle]:
    if group.ref is None and group.name:
        if group.name in seen:
            return
        seen = (*seen, group.name)
        around = replace(around, group=group.local_name)
    inner = replace(
        around,
        home=_home(group, around.home),
        choice=_branches(group) if group.model == "choice" and group.ref is None else around.choice,
        minimum=around.minimum * group.min_occurs,
        maximum=_product(around.maximum, group.max_occurs),
    )
    for item in group:
        if hasattr(item, "model"):
            yield from _of(item, inner, seen)
        else:
            yield replace(inner, component=item)


def _home(component: Any, otherwise: Any) -> Any:
    """The complex type next above a component; a named group stands in none of its own."""
    above = component.parent
    while above is not None:
        if hasattr(above, "is_complex"):
            return above
        above = above.parent
    return otherwise


def _branches(group: Any) -> tuple[str, ...]:
    found = [_label(item) for item in group]
    return tuple(found) if len(found) > 1 else ()


def _label(item: Any) -> str:
    if not hasattr(item, "model"):
        return str(item.local_name or "*")
    if item.ref is not None:
        return str(item.local_name)
    return " + ".join(_label(part) for part in item)


def _product(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return None
    return one * other


def documentation_of(component: Any) -> str:
    """The text of a component's annotation on one line; empty without one."""
    annotation = getattr(component, "annotation", None)
    if annotation is None:
        return ""
    parts = ["".join(node.itertext()) for node in annotation.documentation]
    return " ".join(" ".join(parts).split())


def provenance_of(component: Any) -> tuple[str, ...]:
    """The source tags in a component's annotation."""
    annotation = getattr(component, "annotation", None)
    if annotation is None:
        return ()
    groups = [
        (node.text or "").split() for node in annotation.appinfo if node.get("source") == PROVENANCE
    ]
    return tuple(tag for group in groups for tag in group)


def namespace_of(declared: Any) -> str | None:
    """The namespace of an element on the wire; None for an unqualified one."""
    if declared.qualified or declared.is_global():
        return declared.target_namespace or None
    return None
