"""Schemas compiled once per process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cache

from lxml import etree

from memhon.catalogue import Direction, Message, load
from memhon.errors import SchemaError
from memhon.schemas.source import XS, strict_tree, tree

_LOCK = threading.Lock()


def compiled(message: Message) -> etree.XMLSchema:
    """The published schema of a message.

    Raises:
        SchemaError: The file is missing or cannot be compiled.
    """
    return _compiled(message.exchange_id, message.direction, message.version, False)


def strict(message: Message) -> etree.XMLSchema:
    """The schema with the untyped elements typed as the catalogue reads them (wire-contract 9.4).

    It is the published schema itself when the catalogue binds nothing.

    Raises:
        SchemaError: The file is missing or cannot be compiled.
    """
    with_types = is_loose(message)
    return _compiled(message.exchange_id, message.direction, message.version, with_types)


@cache
def compiled_envelope() -> etree.XMLSchema:
    """The schema of the carriers ``RequestInfo`` and ``ResponseInfo``.

    Raises:
        SchemaError: The file is missing or cannot be compiled.
    """
    return _compile("mysecu/generic_sync.xsd", tree("mysecu/generic_sync.xsd"))


def is_loose(message: Message) -> bool:
    """Whether the published schema checks less than the catalogue reads."""
    return bool(message.bind or message.bind_elements)


@cache
def _compiled(
    exchange_id: str, direction: Direction, version: str, with_types: bool
) -> etree.XMLSchema:
    message = next(
        message
        for message in load().exchange(exchange_id).messages
        if message.direction is direction and message.version == version
    )
    return _compile(message.schema, strict_tree(message) if with_types else tree(message.schema))


def _compile(path: str, schema: etree._ElementTree[etree._Element]) -> etree.XMLSchema:
    try:
        # libxml2 prepares its built-in types with the first schema, and not for several threads.
        with _LOCK:
            return etree.XMLSchema(schema)
    except etree.XMLSchemaParseError as error:
        raise SchemaError(f"schéma inutilisable : {path} : {error}") from error


def base64_elements(message: Message) -> tuple[str, ...]:
    """Clark names of the elements that the schema declares as ``xs:base64Binary``."""
    return _base64_elements(message.schema)


@cache
def _base64_elements(path: str) -> tuple[str, ...]:
    return tuple(sorted(set(_base64_names(path))))


def _base64_names(path: str) -> Iterator[str]:
    root = tree(path).getroot()
    namespace = root.get("targetNamespace")
    qualified = root.get("elementFormDefault") == "qualified"
    prefixes = {prefix for prefix, uri in root.nsmap.items() if uri == XS}
    types = {f"{prefix}:base64Binary" if prefix else "base64Binary" for prefix in prefixes}
    for element in root.iter(f"{{{XS}}}element"):
        if element.get("type") in types:
            in_namespace = qualified or element.getparent() is root
            name = str(element.get("name"))
            yield f"{{{namespace}}}{name}" if namespace and in_namespace else name
    for reference in root.iter(f"{{{XS}}}include", f"{{{XS}}}import"):
        location = reference.get("schemaLocation")
        if location:
            yield from _base64_names(f"{path.rpartition('/')[0]}/{location}")
