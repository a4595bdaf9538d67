"""Component models: xmlschema's view of a set of schema files, compiled as rarely as possible.

Files whose global names do not clash are compiled together, once, with everything they import;
files that define the same name differently (two versions of a message, say) are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from memhon.errors import SchemaError
from memhon.schemas.scanning import Scan, scan
from memhon.schemas.source import paths

_Names = dict[tuple[str, str | None, str], str]
"""Symbol space, namespace and name → path of the file that defines it."""


@dataclass(frozen=True, slots=True)
class Models:
    """A set of schema files, read and compiled."""

    folder: Path
    """Where the files lie."""
    scans: Mapping[str, Scan]
    """By path below the folder."""
    schemas: Mapping[str, Any]
    """xmlschema's schemas by path below the folder."""
    compilations: int
    """How often xmlschema was run."""

    def path_of(self, url: str | None) -> str | None:
        """The path of a file of the set; None for any other file."""
        return _path_of(self.folder, url) if url else None


@cache
def package_models() -> Models:
    """The schema files of ``memhon_xsd``, once a process.

    Raises:
        SchemaError: As ``compile_all``.
    """
    return compile_all(Path(str(files("memhon_xsd"))), paths(".xsd"))


def compile_all(folder: Path, chosen: Iterable[str], *, doctype: bool = False) -> Models:
    """Compile schema files and what they include or import.

    Args:
        folder: Folder that holds every file.
        chosen: Paths below it, with forward slashes.
        doctype: Whether a file may declare a document type and entities of its own.

    Raises:
        SchemaError: A file is missing, is not well-formed, or cannot be compiled.
    """
    place = folder.resolve()
    scans = _scans(place, chosen)
    groups = _groups(scans)
    schemas: dict[str, Any] = {}
    for group in groups:
        for path, schema in _compiled(place, group, "never" if doctype else "always").items():
            schemas.setdefault(path, schema)
    return Models(place, scans, schemas, len(groups))


def _scans(folder: Path, chosen: Iterable[str]) -> dict[str, Scan]:
    scans: dict[str, Scan] = {}
    waiting = sorted(chosen, reverse=True)
    while waiting:
        path = waiting.pop()
        if path in scans:
            continue
        try:
            scans[path] = scan(path, (folder / path).read_bytes())
        except OSError as error:
            raise SchemaError(f"schéma introuvable : {path}") from error
        waiting += [link for link in scans[path].links if link not in scans]
    return dict(sorted(scans.items()))


def _groups(scans: Mapping[str, Scan]) -> list[list[str]]:
    """The files of each compilation; every file is in at least one of them."""
    linked = {link for each in scans.values() for link in each.links}
    roots = [path for path in scans if path not in linked]
    covered = {path for root in roots for path in _closure(root, scans)}
    roots += [path for path in scans if path not in covered]
    groups: list[tuple[dict[str, None], _Names]] = []
    for root in roots:
        names = _closure(root, scans)
        defined = _defined(names, scans)
        group = next((each for each in groups if _agree(each[1], defined)), None)
        if group is None:
            group = ({}, {})
            groups.append(group)
        group[0].update(dict.fromkeys(names))
        group[1].update(defined)
    return [list(members) for members, _ in groups]


def _agree(known: _Names, defined: _Names) -> bool:
    """Whether no name is defined by two files."""
    return all(known.get(key, path) == path for key, path in defined.items())


def _closure(root: str, scans: Mapping[str, Scan]) -> dict[str, str | None]:
    """The files that one file needs, itself first, each with the namespace it works for."""
    found: dict[str, str | None] = {}
    waiting: list[tuple[str, str | None]] = [(root, scans[root].namespace)]
    while waiting:
        path, namespace = waiting.pop()
        if path in found:
            continue
        found[path] = namespace
        for link in scans[path].links:
            adopted = namespace if link in scans[path].adopted else None
            waiting.append((link, scans[link].namespace or adopted))
    return found


def _defined(names: Mapping[str, str | None], scans: Mapping[str, Scan]) -> _Names:
    return {
        (space, namespace, name): path
        for path, namespace in names.items()
        for space, name in scans[path].definitions
    }


def _compiled(folder: Path, group: list[str], defuse: str) -> dict[str, Any]:
    import xmlschema

    first, *others = [str(folder / path) for path in group]
    try:
        schema = xmlschema.XMLSchema10(first, allow="local", defuse=defuse, build=False)
        for path, file in zip(group[1:], others, strict=True):
            if path not in _loaded(folder, schema):
                schema.add_schema(file)
        schema.maps.build()
    except (OSError, xmlschema.XMLSchemaException) as error:
        first_line = str(error).partition("\n")[0]
        raise SchemaError(f"schéma inutilisable : {group[0]} : {first_line}") from error
    return _loaded(folder, schema)


def _loaded(folder: Path, schema: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in schema.maps.iter_schemas():
        path = _path_of(folder, one.url)
        if path is not None:
            found.setdefault(path, one)
    return found


def _path_of(folder: Path, url: str | None) -> str | None:
    if not url or not url.startswith("file:"):
        return None
    file = Path(url2pathname(unquote(urlsplit(url).path)))
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else None
