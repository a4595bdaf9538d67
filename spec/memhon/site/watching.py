"""Which files have changed: looked at often, so that no editor and no file system is special."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from memhon.site.checkout import Checkout

Snapshot = Mapping[Path, tuple[int, int]]
"""Time of the last change in nanoseconds and size, by file."""

_SKIPPED = ("__pycache__", ".ipynb_checkpoints")
_OF_EDITORS = ("~", ".swp", ".swx", ".tmp", ".pyc")


def snapshot(roots: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The files at and below some places, but for those that editors and Python leave there."""
    found = {}
    for path in _files(roots):
        try:
            state = path.stat()
        except OSError:  # gone in between
            continue
        found[path] = (state.st_mtime_ns, state.st_size)
    return found


def changed(before: Snapshot, now: Snapshot) -> frozenset[Path]:
    """The files that came, went or were written."""
    return frozenset(path for path in {*before, *now} if before.get(path) != now.get(path))


@dataclass(frozen=True, slots=True)
class Changes:
    """What was saved, by what it means for the site."""

    documents: frozenset[Path]
    """Hand-written pages and the files beside them."""
    notebooks: frozenset[Path]
    catalogue: frozenset[Path]
    """Data of the specification: TOML and examples."""
    settings: frozenset[Path]
    """Schemas and the settings of MkDocs: they touch every page."""
    code: frozenset[Path]
    """What only a new process knows."""

    @classmethod
    def of(cls, paths: Iterable[Path], checkout: Checkout) -> Changes:
        """Sort some files of a project."""
        kinds: dict[str, set[Path]] = {kind: set() for kind in cls.__dataclass_fields__}
        for path in paths:
            kinds[_kind(path, checkout)].add(path)
        return cls(**{kind: frozenset(found) for kind, found in kinds.items()})


def places(checkout: Checkout) -> tuple[Path, ...]:
    """What the site is made from."""
    return (
        checkout.docs,
        checkout.notebooks,
        *checkout.sources,
        checkout.root / "mkdocs.yml",
    )


def _kind(path: Path, checkout: Checkout) -> str:
    if path.is_relative_to(checkout.docs):
        return "documents"
    if path.is_relative_to(checkout.notebooks):
        return "notebooks"
    data = checkout.root / "spec" / "memhon" / "catalogue"
    if path.is_relative_to(data) and path.suffix in {".toml", ".xml"}:
        return "catalogue"
    settings = path.parent == checkout.root or path.suffix in {".xsd", ".wsdl"}
    return "settings" if settings else "code"


def _files(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        if root.is_file():
            yield root
        for path in root.rglob("*"):
            passed = any(part in _SKIPPED for part in path.parts)
            if not passed and not path.name.endswith(_OF_EDITORS) and path.is_file():
                yield path
