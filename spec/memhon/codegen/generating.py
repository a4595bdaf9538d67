"""One run of xsdata, configured in code; whatever it warns of is an error."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from memhon.errors import SchemaError


def generate(package: str, schema: Path) -> None:
    """Generate a package from one schema file, below the current directory.

    Args:
        package: Dotted name of the package to write.
        schema: Path of the schema; what it includes or imports lies beside it.

    Raises:
        SchemaError: xsdata is not installed, fails, or warns of anything.
    """
    try:
        from xsdata.codegen.exceptions import CodegenError
        from xsdata.codegen.transformer import ResourceTransformer
        from xsdata.utils import package as locations
    except ImportError as error:
        message = "le générateur manque : installez l'extra « dev » de memhon"
        raise SchemaError(message) from error
    from memhon.codegen.settings import configuration, nillable_kept

    # xsdata remembers the folders of its first run, wherever the current directory is now
    locations.package_path.cache_clear()
    locations.module_path.cache_clear()
    with _strict(), _ruff_on_path(), _imports_undone(package), nillable_kept():
        try:
            ResourceTransformer(config=configuration(package)).process([schema.as_uri()])
        except (CodegenError, RuntimeError, UserWarning) as error:
            raise SchemaError(f"{schema.name} : {error}") from error


class _Refuse(logging.Handler):
    """Turns a warning of xsdata's log into an exception."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            raise RuntimeError(record.getMessage())


@contextmanager
def _strict() -> Iterator[None]:
    handler = _Refuse()
    logger = logging.getLogger("xsdata")
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            yield
    finally:
        logger.removeHandler(handler)


@contextmanager
def _ruff_on_path() -> Iterator[None]:
    """Xsdata formats with the ``ruff`` that it finds on the path: the one installed with us."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = f"{sysconfig.get_path('scripts')}{os.pathsep}{before}"
    try:
        if shutil.which("ruff") is None:
            raise SchemaError("« ruff » est introuvable : installez l'extra « dev » de memhon")
        yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def _imports_undone(package: str) -> Iterator[None]:
    """Xsdata imports what it wrote, to try it; this process must keep the bindings it had."""
    top = package.partition(".")[0]
    path, kept = list(sys.path), _take_modules(top)
    try:
        yield
    finally:
        _take_modules(top)
        sys.modules.update(kept)
        sys.path[:] = path


def _take_modules(top: str) -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name == top or name.startswith(f"{top}.")]
    return {name: sys.modules.pop(name) for name in names}
