"""The files of ``memhon_xsd``, as bytes and as trees; the strict reading of wire-contract 9.4."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from lxml import etree

from memhon.catalogue import Message
from memhon.errors import SchemaError

XS = "http://www.w3.org/2001/XMLSchema"
_BASE = "memhon-xsd:///"


class _Resolver(etree.Resolver):
    """Serves includes and imports from the package; everything else does not exist."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        if system_url is None or not system_url.startswith(_BASE):
            raise SchemaError(f"référence extérieure refusée dans un schéma : {system_url}")
        path = system_url.removeprefix(_BASE)
        return self.resolve_string(source(path), context, base_url=system_url)


def source(path: str) -> bytes:
    """The bytes of a schema or WSDL file.

    Args:
        path: Path below ``memhon_xsd`` with forward slashes, e.g. ``ra/….xsd``.

    Raises:
        SchemaError: There is no such file.
    """
    try:
        return _folder().joinpath(path).read_bytes()
    except OSError as error:
        raise SchemaError(f"schéma introuvable : {path}") from error


def paths(suffix: str = ".xsd") -> tuple[str, ...]:
    """The paths of all files with that suffix below ``memhon_xsd``, sorted."""
    return tuple(sorted(path for path in _walk(_folder(), "") if path.endswith(suffix)))


def tree(path: str) -> etree._ElementTree[etree._Element]:
    """The parsed schema file, with includes and imports still to be resolved in the package.

    Raises:
        SchemaError: There is no such file, or it is not well-formed.
    """
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Resolver())
    try:
        root = etree.fromstring(source(path), parser, base_url=_BASE + path)
    except etree.XMLSyntaxError as error:
        raise SchemaError(f"schéma mal formé : {path} : {error}") from error
    return root.getroottree()


def strict_tree(message: Message) -> etree._ElementTree[etree._Element]:
    """The schema of a message in which the untyped elements have the type they are read as.

    Raises:
        SchemaError: The schema has no untyped element of a name that the catalogue binds.
    """
    schema = tree(message.schema)
    bindings = dict(message.bind_elements)
    names = {name: f"xs:{builtin}" for name, builtin in bindings.items()}
    if message.bind:
        prefix = _prefix_of(schema.getroot(), message.namespace)
        names[message.root] = f"{prefix}:{message.bind}" if prefix else message.bind
    for name, type_name in names.items():
        elements = _untyped(schema.getroot(), name)
        if not elements:
            raise SchemaError(f"{message.schema} : aucun élément « {name} » sans type")
        for element in elements:
            element.set("type", type_name)
    return schema


def strict_source(message: Message) -> bytes:
    """The bytes of ``strict_tree``.

    Raises:
        SchemaError: As ``strict_tree``.
    """
    return etree.tostring(strict_tree(message), encoding="UTF-8", xml_declaration=True)


def _untyped(schema: etree._Element, name: str) -> list[etree._Element]:
    return [
        element
        for element in schema.iter(f"{{{XS}}}element")
        if element.get("name") == name
        and element.get("type") is None
        and not any(etree.QName(child).localname.endswith("Type") for child in element)
    ]


def _prefix_of(schema: etree._Element, namespace: str) -> str:
    for prefix, uri in schema.nsmap.items():
        if uri == namespace:
            return prefix or ""
    raise SchemaError(f"aucun préfixe pour {namespace} dans le schéma")


def _folder() -> Traversable:
    return files("memhon_xsd")


def _walk(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"
