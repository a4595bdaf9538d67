"""What the schema files say outside of elements: remarks at their head, and named types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_XS = "{http://www.w3.org/2001/XMLSchema}"
_PROVENANCE = "urn:memhon:provenance"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A named type of a schema file."""

    schema: str
    """Path of the file below ``memhon_xsd``."""
    name: str
    documentation: str
    """French."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""


def declarations(schemas: Mapping[str, bytes]) -> tuple[Declaration, ...]:
    """The named types of some schema files of our own, by file and in the order of the file."""
    return tuple(
        Declaration(path, node.get("name", ""), documentation(node), provenance(node))
        for path, data in sorted(schemas.items())
        for node in ET.fromstring(data)
        if node.tag in (f"{_XS}simpleType", f"{_XS}complexType") and node.get("name")
    )


def notes(data: bytes) -> tuple[str, ...]:
    """The remarks at the head of a schema file, one paragraph each."""
    parts = ET.fromstring(data).findall(f"{_XS}annotation/{_XS}documentation")
    return tuple(" ".join("".join(part.itertext()).split()) for part in parts)


def documentation(node: ET.Element) -> str:
    """The words of a declaration, as one line."""
    parts = node.findall(f"{_XS}annotation/{_XS}documentation")
    return " ".join(" ".join("".join(part.itertext()) for part in parts).split())


def provenance(node: ET.Element) -> tuple[str, ...]:
    """The source tags of a declaration."""
    notes = node.findall(f"{_XS}annotation/{_XS}appinfo")
    tags = [(note.text or "").split() for note in notes if note.get("source") == _PROVENANCE]
    return tuple(tag for group in tags for tag in group)
