"""XSD → bindings: one xsdata run for each schema file, into one package for each schema file."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from memhon.catalogue import Exchange, Message, load
from memhon.codegen.generating import generate
from memhon.errors import SchemaError
from memhon.schemas import paths, source, strict_source

PACKAGE = "memhon_bindings"
_DATES = """
from xsdata.models.datatype import XmlDate, XmlDateTime, XmlTime

__all__ = ["XmlDate", "XmlDateTime", "XmlTime"]
"""
NOTICE = '''"""{what}

Generated from {source} by `memhon bindings regenerate` (xsdata {xsdata}). Never edit by hand.
"""
'''


def regenerate(target: Path, *, report: Callable[[str], None] = lambda _: None) -> None:
    """Write all bindings anew below ``target/memhon_bindings``.

    Everything is generated beside the old package and swapped in at the end.

    Args:
        target: The source root of the bindings, ``generated/`` in a checkout.
        report: Is told the name of each package before it is made.

    Raises:
        SchemaError: xsdata cannot read a schema, or warns of anything.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".bindings-") as folder:
        fresh = Path(folder)
        write(fresh, report=report)
        old = target / PACKAGE
        if old.exists():
            shutil.rmtree(old)
        (fresh / PACKAGE).rename(old)


def write(root: Path, *, report: Callable[[str], None] = lambda _: None) -> None:
    """Write all bindings below ``root/memhon_bindings``, which must not exist."""
    import xsdata

    exchanges = load().exchanges
    with _working_directory(root):
        for exchange in exchanges:
            for message in exchange.messages:
                report(message.package)
                _write_message(root, message)
        _write_notices(root, exchanges, xsdata.__version__)


def _write_message(root: Path, message: Message) -> None:
    with tempfile.TemporaryDirectory(prefix="memhon-xsd-") as folder:
        _copy_schemas(Path(folder), message)
        schema = Path(folder, *message.schema.split("/"))
        generate(message.package, schema)
    init = root.joinpath(*message.package.split("."), "__init__.py")
    if not init.is_file():
        raise SchemaError(f"xsdata n'a rien écrit pour {message.schema}")


def _copy_schemas(folder: Path, message: Message) -> None:
    """Lay out the schemas for xsdata, the message's own one in its strict reading."""
    for path in paths():
        copy = Path(folder, *path.split("/"))
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source(path))
    own = Path(folder, *message.schema.split("/"))
    own.write_bytes(strict_source(message))


def _write_notices(root: Path, exchanges: tuple[Exchange, ...], version: str) -> None:
    for exchange in exchanges:
        for message in exchange.messages:
            init = root.joinpath(*message.package.split("."), "__init__.py")
            what = f"{message.direction.value.capitalize()} {exchange.model_uid}."
            notice = NOTICE.format(
                what=what, source=f"xsd/memhon_xsd/{message.schema}", xsdata=version
            )
            init.write_text(notice + "\n" + init.read_text(encoding="utf-8"), encoding="utf-8")
        folder = root / PACKAGE / exchange.id.replace("-", "_")
        what = f"Bindings of {exchange.model_uid}, one package for each message and version."
        notice = NOTICE.format(what=what, source="xsd/memhon_xsd", xsdata=version)
        (folder / "__init__.py").write_text(notice, encoding="utf-8")
    what = "Bindings of all messages, one package for each schema file."
    notice = NOTICE.format(what=what, source="xsd/memhon_xsd", xsdata=version)
    (root / PACKAGE / "__init__.py").write_text(notice + _DATES, encoding="utf-8")
    (root / PACKAGE / "py.typed").write_text("", encoding="utf-8")


@contextlib.contextmanager
def _working_directory(folder: Path) -> Iterator[None]:
    """Xsdata writes relative to the current directory."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
