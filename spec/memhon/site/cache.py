"""Executed notebooks kept as long as nothing that they depend on has changed."""

from __future__ import annotations

import copy
import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from memhon.site import notebook_file

PACKAGES = (
    "httpx",
    "ipykernel",
    "ipython",
    "lxml",
    "nbclient",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "xsdata",
)
"""Distributions whose version can change what a notebook prints."""

_FORM = "1"
_SKIPPED = ("__pycache__",)


@dataclass(frozen=True, slots=True)
class NotebookCache:
    """A folder of executed notebooks, one file a key.

    The key covers the code cells with their tags, the three source roots and the versions of
    Python and of the packages; prose may change without a new execution.
    """

    folder: Path
    surroundings: str
    """Digest of sources and versions, the same for all notebooks of a build."""

    def key(self, notebook: Any) -> str:
        """The key of a notebook in these surroundings."""
        return digest([_FORM, self.surroundings, json.dumps(_code(notebook), sort_keys=True)])

    def load(self, notebook: Any) -> Any | None:
        """The notebook with the outputs kept for it, or None."""
        path = self._path(notebook)
        return with_outputs(notebook, notebook_file.read(path)) if path.is_file() else None

    def keep(self, notebook: Any, executed: Any) -> None:
        """Keep the outputs of an execution; appears at once or not at all."""
        path = self._path(notebook)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(notebook_file.text(executed), encoding="utf-8")
        fresh.replace(path)

    def forget_others(self, notebooks: Iterable[Any]) -> None:
        """Delete what was kept for anything but these notebooks."""
        wanted = {self._path(notebook) for notebook in notebooks}
        for path in self.folder.glob("*.ipynb"):
            if path not in wanted:
                path.unlink()

    def _path(self, notebook: Any) -> Path:
        return self.folder / f"{self.key(notebook)}.ipynb"


def with_outputs(notebook: Any, executed: Any) -> Any:
    """The notebook with the outputs of an execution of the same code."""
    kept = {cell.id: cell for cell in executed.cells}
    merged = copy.deepcopy(notebook)
    for cell in merged.cells:
        if cell.cell_type == "code":
            cell.outputs = kept[cell.id].outputs
            cell.execution_count = kept[cell.id].execution_count
    return merged


def same_code(one: Any, other: Any) -> bool:
    """Whether two notebooks differ at most in their prose and outputs."""
    return _code(one) == _code(other)


def surroundings(roots: Iterable[Path], versions: Mapping[str, str] | None = None) -> str:
    """Digest of every file below the roots and of the versions that matter."""
    known = installed() if versions is None else versions
    parts = [f"{name}={known[name]}" for name in sorted(known)]
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.is_file() and not any(part in _SKIPPED for part in path.parts):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                parts.append(f"{root.name}/{path.relative_to(root).as_posix()}={content}")
    return digest(parts)


def installed() -> dict[str, str]:
    """Versions of Python and of the packages that matter; an absent package counts too."""
    versions = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "absent"
    return versions


def digest(parts: Iterable[str]) -> str:
    """SHA-256 of texts, separated so that moving a boundary changes it."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{len(part)}:".encode() + part.encode())
    return total.hexdigest()


def _code(notebook: Any) -> list[list[Any]]:
    return [
        [cell.id, cell.source, sorted(cell.metadata.get("tags", []))]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
