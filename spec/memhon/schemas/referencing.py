"""Reads a set of schema files into a reference; the cost grows with the number of types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from memhon.schemas.components import Describer
from memhon.schemas.models import Models, compile_all, package_models
from memhon.schemas.particles import PROVENANCE
from memhon.schemas.reference import Key, Member, Reference, SchemaInfo, TypeInfo, TypeUse, Use

_Target = tuple[str, Key]
"""``type`` or ``element``, and which."""
_Pair = tuple[_Target, Use]
_Uses = dict[_Target, dict[Use, None]]


@cache
def package_reference() -> Reference:
    """The reference of the project's own schemas, once a process.

    Raises:
        SchemaError: A file is missing or cannot be compiled.
    """
    return _reference(package_models())


def reference(folder: Path, paths: Iterable[str], *, doctype: bool = False) -> Reference:
    """The reference of any set of schema files.

    Args:
        folder: Folder that holds every file.
        paths: Paths below it; what they include or import is added.
        doctype: Whether a file may declare a document type and entities of its own.

    Raises:
        SchemaError: A file is missing or cannot be compiled.
    """
    return _reference(compile_all(folder, paths, doctype=doctype))


def _reference(models: Models) -> Reference:
    describer = Describer(models)
    schemas = [_schema(models, describer, path) for path in models.scans]
    uses = _uses(schemas)
    return Reference(tuple(_with_uses(schema, uses) for schema in schemas), models.compilations)


def _schema(models: Models, describer: Describer, path: str) -> SchemaInfo:
    scan, schema = models.scans[path], models.schemas[path]
    names = [name for space, name in scan.definitions if space == "type"]
    elements = [name for space, name in scan.definitions if space == "element"]
    namespace = schema.target_namespace
    notes, provenance = _head(schema)
    return SchemaInfo(
        path=path,
        target_namespace=namespace or None,
        qualified=scan.qualified,
        version=scan.version,
        notes=notes,
        provenance=provenance,
        links=tuple(link for link in scan.links if link in models.scans),
        elements=tuple(
            describer.element(schema.maps.elements[_clark(namespace, name)]) for name in elements
        ),
        types=tuple(
            describer.kind(path, schema.maps.types[_clark(namespace, name)]) for name in names
        ),
    )


def _clark(namespace: str | None, name: str) -> str:
    return f"{{{namespace}}}{name}" if namespace else name


def _head(schema: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first = next(iter(schema.annotations), None)
    if first is None:
        return (), ()
    notes = [" ".join("".join(node.itertext()).split()) for node in first.documentation]
    tags = [(node.text or "").split() for node in first.appinfo if node.get("source") == PROVENANCE]
    return tuple(note for note in notes if note), tuple(tag for group in tags for tag in group)


def _with_uses(schema: SchemaInfo, uses: _Uses) -> SchemaInfo:
    types = [
        replace(kind, used_by=tuple(uses.get(("type", kind.key), ()))) for kind in schema.types
    ]
    elements = [
        replace(one, used_by=tuple(uses.get(("element", Key(schema.path, one.name)), ())))
        for one in schema.elements
    ]
    return replace(schema, types=tuple(types), elements=tuple(elements))


def _uses(schemas: Iterable[SchemaInfo]) -> _Uses:
    found: _Uses = {}
    for schema in schemas:
        for element in schema.elements:
            _note(found, _of_member(element, schema.path, None))
        for kind in schema.types:
            _note(found, _of_type(kind))
    return found


def _note(found: _Uses, pairs: Iterable[_Pair]) -> None:
    for target, use in pairs:
        found.setdefault(target, {})[use] = None


def _of_type(kind: TypeInfo) -> Iterator[_Pair]:
    if kind.values is not None:
        for mention in kind.values.mentions:
            yield ("type", mention.key), Use(mention.how, kind.schema, kind.name, ())
    elif kind.bases and kind.bases[0][2] is not None:
        yield ("type", kind.bases[0][2]), Use(kind.bases[0][0], kind.schema, kind.name, ())
    for member in kind.members:
        yield from _of_member(member, kind.schema, kind.name)
    for attribute in kind.attributes:
        yield from _of_use(
            attribute.type, Use("attribute", kind.schema, kind.name, (attribute.name,))
        )


def _of_member(member: Member, schema: str, owner: str | None) -> Iterator[_Pair]:
    use = Use("element", schema, owner, member.names)
    if member.reference is None:
        yield from _of_use(member.type, use)
    else:
        yield ("element", member.reference), use
    for inner in member.members:
        yield from _of_member(inner, schema, owner)
    for attribute in member.attributes:
        names = (*member.names, attribute.name)
        yield from _of_use(attribute.type, Use("attribute", schema, owner, names))


def _of_use(used: TypeUse, use: Use) -> Iterator[_Pair]:
    if used.key is not None:
        yield ("type", used.key), use
    else:
        for mention in used.mentions:
            yield ("type", mention.key), use
