"""Whether ``generated/`` is what ``xsd/`` produces: generate elsewhere and compare."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from memhon.codegen.regenerate import PACKAGE, write
from memhon.errors import BindingsDriftError


def drift(target: Path, *, report: Callable[[str], None] = lambda _: None) -> str:
    """The unified diff from the committed bindings to fresh ones; empty when they agree.

    Args:
        target: The source root of the bindings, ``generated/`` in a checkout.
        report: Is told the name of each package before it is made.

    Raises:
        SchemaError: The bindings cannot be generated.
    """
    with tempfile.TemporaryDirectory(prefix="memhon-drift-") as folder:
        fresh = Path(folder)
        write(fresh, report=report)
        return "".join(_differences(target / PACKAGE, fresh / PACKAGE))


def check(target: Path, *, report: Callable[[str], None] = lambda _: None) -> None:
    """Raise when the committed bindings are not what the schemas produce.

    Raises:
        BindingsDriftError: They differ; the message is the diff.
        SchemaError: The bindings cannot be generated.
    """
    difference = drift(target, report=report)
    if difference:
        raise BindingsDriftError(difference)


def _differences(committed: Path, fresh: Path) -> Iterator[str]:
    before, after = _files(committed), _files(fresh)
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield from difflib.unified_diff(
                old.splitlines(keepends=True),
                new.splitlines(keepends=True),
                fromfile=f"generated/{PACKAGE}/{name}" if name in before else "/dev/null",
                tofile=f"xsd → {PACKAGE}/{name}" if name in after else "/dev/null",
            )


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
