"""What a schema file says on its surface: links, global names and where each definition lies."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.parsers import expat

from memhon.errors import SchemaError

_XS = "http://www.w3.org/2001/XMLSchema "
_TYPES = frozenset({"complexType", "simpleType"})
_GLOBALS = _TYPES | {"element", "group", "attribute", "attributeGroup"}
_LINKS = frozenset({"include", "import", "redefine"})


@dataclass(frozen=True, slots=True)
class Span:
    """A definition in its file."""

    line: int
    """First line, from 1."""
    text: str
    """The definition to the letter, without the common indentation."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The surface of a schema file."""

    namespace: str | None
    """Target namespace."""
    qualified: bool
    """Whether local elements are in the target namespace."""
    version: str | None
    links: tuple[str, ...]
    """Paths of the files it includes or imports, below the same folder."""
    adopted: frozenset[str]
    """Those among them that take the namespace of this file when they have none."""
    definitions: Mapping[tuple[str, str], Span]
    """By symbol space (``type``, ``element``, ``group``, …) and name."""


def scan(path: str, data: bytes) -> Scan:
    """Read the surface of a schema file.

    Args:
        path: Place of the file below its folder, with forward slashes.
        data: Its bytes.

    Raises:
        SchemaError: The file is not well-formed.
    """
    reader = _Reader(path, data)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SchemaError(f"schéma mal formé : {path} : {error}") from error
    return Scan(
        reader.schema.get("targetNamespace"),
        reader.schema.get("elementFormDefault") == "qualified",
        reader.schema.get("version"),
        tuple(dict.fromkeys(reader.links)),
        frozenset(reader.adopted),
        reader.definitions,
    )


class _Reader:
    """Follows the parser down to the children of ``xs:schema``."""

    def __init__(self, path: str, data: bytes) -> None:
        self._path, self._data = path, data
        self._depth = 0
        self._encoding = "utf-8"
        self._open: tuple[str, str, int, int] | None = None
        self.schema: dict[str, str] = {}
        self.links: list[str] = []
        self.adopted: set[str] = set()
        self.definitions: dict[tuple[str, str], Span] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        self._encoding = encoding or self._encoding

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        name = tag.removeprefix(_XS)
        if self._depth == 1:
            self.schema = attributes
        elif self._depth == 2 and name in _LINKS:
            self._link(name, attributes.get("schemaLocation", ""))
        elif self._depth == 2 and name in _GLOBALS and "name" in attributes:
            space = "type" if name in _TYPES else name
            place = self.parser.CurrentByteIndex, self.parser.CurrentLineNumber
            self._open = (space, attributes["name"], *place)

    def _end(self, _tag: str) -> None:
        if self._depth == 2 and self._open is not None:
            space, name, start, line = self._open
            self.definitions[space, name] = Span(line, self._text(start, self._after(start)))
            self._open = None
        self._depth -= 1

    def _after(self, start: int) -> int:
        """Where the definition ends; the parser stands on its end tag, or past an empty one."""
        place = self.parser.CurrentByteIndex
        if self._data.startswith(b"</", place) or place <= start:
            return self._data.index(b">", place) + 1
        return place

    def _text(self, start: int, end: int) -> str:
        before = self._data.rfind(b"\n", 0, start) + 1
        indentation = self._data[before:start]
        first = indentation if not indentation.strip() else b""
        text = (first + self._data[start:end]).decode(self._encoding, "replace")
        return textwrap.dedent(text.replace("\r\n", "\n")).strip("\n")

    def _link(self, name: str, location: str) -> None:
        if not location or "://" in location:
            return
        target = normpath(join(dirname(self._path), location))
        self.links.append(target)
        if name != "import":
            self.adopted.add(target)
