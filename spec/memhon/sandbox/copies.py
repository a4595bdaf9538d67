"""A store as a file: one row to a line, readable by its owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from memhon.catalogue import load
from memhon.errors import SandboxError
from memhon.store import REVISION, Store

_HEAD = "memhon-store"


def write_copy(store: Store, path: Path) -> int:
    """Write every row but those of tokens and assertions.

    Args:
        store: What is written.
        path: A file that does not exist yet.

    Returns:
        How many rows there are.

    Raises:
        SandboxError: The file exists or cannot be written.
        StoreError: The store does not answer.
    """
    try:
        with open(path, "x", encoding="utf-8", newline="\n", opener=_private) as file:
            try:
                return _write(store, file)
            except BaseException:
                file.close()
                path.unlink()
                raise
    except FileExistsError:
        raise SandboxError(f"« {path} » existe déjà ; indiquez un autre fichier") from None
    except OSError as error:
        raise SandboxError(f"« {path} » ne peut pas être écrit : {error.strerror}") from error


def read_copy(store: Store, path: Path, *, instead: bool = False) -> tuple[int, int]:
    """Keep the rows of a copy, all or none.

    Args:
        store: What receives them.
        path: The copy.
        instead: Forget first what the store holds.

    Returns:
        How many rows were kept, and how many persons they name that are none of ours.

    Raises:
        SandboxError: The file cannot be read or is no copy of this version.
        StoreError: A row is in the store already, or the store does not answer.
    """
    try:
        with path.open(encoding="utf-8") as file:
            rows = list(_rows(file, path))
    except OSError as error:
        raise SandboxError(f"« {path} » ne peut pas être lu : {error.strerror}") from error
    except ValueError:
        raise _no_copy(path) from None
    kept = store.load(rows, instead=instead)
    return kept, len({values.get("matricule") for _, values in rows} - _ours())


def _write(store: Store, file: TextIO) -> int:
    count = 0

    def keep(row: tuple[str, dict[str, Any]]) -> None:
        nonlocal count
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1

    file.write(json.dumps([_HEAD, {"revision": REVISION}]) + "\n")
    store.dump(keep)
    return count


def _rows(file: TextIO, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    head, values = _row(file.readline())
    if head != _HEAD:
        raise _no_copy(path)
    if values.get("revision") != REVISION:
        raise SandboxError(
            f"« {path} » a été écrit par une autre version de MemHon "
            f"(révision {values.get('revision')}, attendue : {REVISION})"
        )
    for line in file:
        yield _row(line)


def _row(line: str) -> tuple[str, dict[str, Any]]:
    match json.loads(line):
        case [str(name), dict(values)]:
            return name, values
    raise ValueError("no row")


def _ours() -> set[str | None]:
    """What a row says of a person that the catalogue names, or of none."""
    return {None, "", *(person.matricule for person in load().persons)}


def _no_copy(path: Path) -> SandboxError:
    return SandboxError(f"« {path} » n'est pas une copie faite par « memhon sandbox dump »")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
