"""Puts pages and files in place: written beside, then swapped, so that a failure leaves the old."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from memhon.errors import MemhonError
from memhon.site.downloads import Download
from memhon.site.markup import Page

_FALLBACK_EPOCH = "1767225600"
"""1 January 2026, for a folder without history: a fixed date keeps builds identical."""


def handwritten(docs: Path) -> tuple[tuple[Page, ...], tuple[Path, ...]]:
    """The Markdown pages of a folder, and every other file in it."""
    files = sorted(path for path in docs.rglob("*") if path.is_file())
    pages = tuple(
        Page(path.relative_to(docs).as_posix(), path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix == ".md"
    )
    return pages, tuple(path for path in files if path.suffix != ".md")


def assemble(
    target: Path,
    pages: Iterable[Page],
    downloads: Iterable[Download],
    assets: Iterable[Path],
    docs: Path,
) -> None:
    """Write the documentation folder that MkDocs reads.

    Args:
        target: The folder; replaced as a whole.
        pages: Hand-written and generated; two of one address are an error.
        downloads: Files that pages link to.
        assets: Files below ``docs`` that are copied as they are.
        docs: Where the assets come from.

    Raises:
        MemhonError: Two pages or files have the same address.
    """
    fresh = _beside(target, "new")
    fresh.mkdir(parents=True)
    for page in pages:
        _write(fresh / page.address, page.text.encode())
    for download in downloads:
        _write(fresh / download.address, download.data)
    for path in assets:
        _write(fresh / path.relative_to(docs), path.read_bytes())
    swap(fresh, target)


def run_mkdocs(config: Path, fresh: Path, *, root: Path) -> None:
    """Build the site in strict mode.

    Args:
        config: The settings that inherit from the project's.
        fresh: Folder that the site is written to.
        root: The project's folder.

    Raises:
        MemhonError: MkDocs warned or failed; its output is the message.
    """
    # No --quiet: it keeps warnings from the counter of the strict mode.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["-f", str(config), "-d", str(fresh)]
    environment = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": source_date(root),
    }
    done = subprocess.run(
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise MemhonError(f"MkDocs a échoué :\n{(done.stdout + done.stderr).strip()}")


def source_date(root: Path) -> str:
    """Seconds since the epoch of the last commit, or a fixed date without one."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return given
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "log", "-1", "--format=%ct"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return _FALLBACK_EPOCH
    return done.stdout.strip() or _FALLBACK_EPOCH


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A folder to write to; it takes the target's place when the block ends without an error."""
    fresh = _beside(target, "new")
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    swap(fresh, target)


def swap(fresh: Path, target: Path) -> None:
    """Put a finished folder in the place of another, which disappears."""
    old = _beside(target, "old")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, suffix: str) -> Path:
    path = target.with_name(f"{target.name}.{suffix}-{os.getpid()}")
    shutil.rmtree(path, ignore_errors=True)
    return path


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        raise MemhonError(f"deux pages ou fichiers ont la même adresse : {path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
