"""A store as a file or as one value: one row to a line, readable by its owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from memhon.catalogue import load
from memhon.errors import SandboxError
from memhon.sandbox.access_log import COMMAND, local_reader, reads_in_copy, write_down
from memhon.sandbox.switchboard import restored
from memhon.store import REVISION, Store

_HEAD = "memhon-store"
_MESSAGES = frozenset({"wire"})
"""Tables of whole messages of anybody."""
Row: TypeAlias = tuple[str, dict[str, Any]]
"""Name of a table, and one row of it; the first of a copy names its form."""
_Write: TypeAlias = Callable[[Row], object]


def write_copy(store: Store, path: Path, now: datetime) -> int:
    """Write every row but those of tokens, assertions and refused messages; the log says so.

    Args:
        store: What is written.
        path: A file that does not exist yet; there is none when the log cannot be written.
        now: The sandbox's instant.

    Returns:
        How many rows there are.

    Raises:
        SandboxError: The file exists or cannot be written.
        StoreError: The store does not answer.
    """

    def give(write: _Write) -> None:
        persons = set[str]()

        def keep(row: Row) -> None:
            persons.update(persons_in(row))
            write(row)

        store.dump(keep)
        reader = local_reader(COMMAND, "memhon sandbox dump")
        write_down(store, reader, reads_in_copy(persons), now)

    return _written(path, give)


def write_rows(rows: Callable[[], Iterable[Row]], path: Path) -> int:
    """Write a copy that comes from elsewhere, the first row included.

    Args:
        rows: Gives them, once the file is open.
        path: A file that does not exist yet.

    Returns:
        How many rows there are, without the first.

    Raises:
        SandboxError: They are no copy of this version, or the file exists or cannot be written.
    """

    def give(write: _Write) -> None:
        for row in _of_this_version(iter(rows()), path.name):
            write(row)

    return _written(path, give)


def rows_in(path: Path) -> list[Row]:
    """The rows of a file, the first one included.

    Raises:
        SandboxError: The file cannot be read or is no copy of this version.
    """
    try:
        with path.open(encoding="utf-8") as file:
            given = [_row(json.loads(line)) for line in file]
    except OSError as error:
        raise SandboxError(f"« {path} » ne peut pas être lu : {error.strerror}") from error
    except (ValueError, RecursionError):
        raise _no_copy(str(path)) from None
    return [_first(), *_of_this_version(iter(given), str(path))]


def copy_of(store: Store) -> Iterator[Row]:
    """Every row, the first one names the form; held in memory."""
    rows: list[Row] = []
    store.dump(rows.append)
    yield _first()
    yield from rows


def persons_in(row: Row) -> set[str]:
    """Whom a row is about: a matricule, a birth date, nobody, or an empty text for nobody knows."""
    name, values = row
    if name in _MESSAGES:
        return {""}
    found = values.get("matricule") or values.get("birth_date")
    return {str(found)} if found else set()


def keep_copy(
    store: Store, given: Iterable[Any], *, instead: bool = False, name: str = "copie"
) -> tuple[int, int]:
    """Keep the rows of a copy, all or none.

    Args:
        store: What receives them.
        given: The rows, the first one included.
        instead: Forget first what the store holds.
        name: Where they come from, for the refusal.

    Returns:
        How many rows were kept, and how many persons they name that are none of ours.

    Raises:
        SandboxError: They are no copy of this version.
        StoreError: A row is in the store already, or the store does not answer.
    """
    try:
        rows = list(_of_this_version((_row(value) for value in given), name))
        for table, values in rows:
            if table == "switches":
                restored(values)
    except ValueError:
        raise _no_copy(name) from None
    persons = {str(values.get("matricule") or "") for _, values in rows}
    kept = store.load(rows, instead=instead)
    return kept, len(persons - _ours())


def _written(path: Path, give: Callable[[_Write], object]) -> int:
    try:
        with open(path, "x", encoding="utf-8", newline="\n", opener=_private) as file:
            try:
                return _lines(file, give)
            except BaseException:
                file.close()
                path.unlink()
                raise
    except FileExistsError:
        raise SandboxError(f"« {path} » existe déjà ; indiquez un autre fichier") from None
    except OSError as error:
        raise SandboxError(f"« {path} » ne peut pas être écrit : {error.strerror}") from error


def _lines(file: TextIO, give: Callable[[_Write], object]) -> int:
    count = 0

    def keep(row: Row) -> None:
        nonlocal count
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1

    file.write(json.dumps(_first()) + "\n")
    give(keep)
    return count


def _of_this_version(rows: Iterator[Row], name: str) -> Iterator[Row]:
    """The rows after the first, which has to fit."""
    head, values = next(rows, ("", {}))
    if head != _HEAD:
        raise _no_copy(name)
    if values.get("revision") != REVISION:
        raise SandboxError(
            f"« {name} » a été écrit par une autre version de MemHon "
            f"(révision {values.get('revision')}, attendue : {REVISION})"
        )
    yield from rows


def _row(value: Any) -> Row:
    match value:
        case [str(name), dict(values)]:
            return name, values
    raise ValueError("no row")


def _first() -> Row:
    return _HEAD, {"revision": REVISION}


def _ours() -> set[str]:
    """What a row says of a person that the catalogue names, or of none."""
    return {"", *(person.matricule for person in load().persons)}


def _no_copy(name: str) -> SandboxError:
    return SandboxError(f"« {name} » n'est pas une copie faite par « memhon sandbox dump »")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
