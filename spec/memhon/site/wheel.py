"""The generated classes as a wheel of their own, for editors who want nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from memhon import __version__
from memhon.errors import MemhonError
from memhon.site.checkout import Checkout
from memhon.site.downloads import Download

_PACKAGE = "memhon_bindings"
_NEEDED = "xsdata"
_READ_ME = """\
# memhon-bindings

Classes Python des messages RA et PID, tirées des schémas de MemHon par xsdata. Référence
indépendante : ces schémas ne sont pas ceux de la CNS ni du CCSS.
"""


def bindings(checkout: Checkout) -> Download:
    """The wheel of ``memhon_bindings``; the same sources give the same bytes.

    Raises:
        MemhonError: The wheel cannot be built.
    """
    with tempfile.TemporaryDirectory() as name:
        project, made = Path(name) / "project", Path(name) / "made"
        _project(checkout, project)
        _build(project, made)
        (path,) = made.glob("*.whl")
        return Download("Classes Python", f"telechargements/python/{path.name}", path.read_bytes())


def _project(checkout: Checkout, project: Path) -> None:
    source = checkout.root / "generated" / _PACKAGE
    shutil.copytree(source, project / _PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(checkout.root / "LICENSE", project / "LICENSE")
    (project / "README.md").write_text(_READ_ME, encoding="utf-8")
    whole = tomllib.loads((checkout.root / "pyproject.toml").read_text(encoding="utf-8"))
    (project / "pyproject.toml").write_text(_settings(whole["project"]), encoding="utf-8")


def _settings(whole: dict[str, object]) -> str:
    """``pyproject.toml``; a JSON string or list is one of TOML too."""
    listed = whole["dependencies"]
    needed = [one for one in listed if one.startswith(_NEEDED)] if isinstance(listed, list) else []
    lines = [
        "[build-system]",
        'requires = ["hatchling"]',
        'build-backend = "hatchling.build"',
        "[project]",
        'name = "memhon-bindings"',
        f'version = "{__version__}"',
        'description = "Generated classes for the messages of the electronic fee note (RA, PID)"',
        'readme = "README.md"',
        f"license = {json.dumps(whole['license'])}",
        'license-files = ["LICENSE"]',
        f"requires-python = {json.dumps(whole['requires-python'])}",
        f"dependencies = {json.dumps(needed)}",
        "[tool.hatch.build.targets.wheel]",
        f'packages = ["{_PACKAGE}"]',
    ]
    return "\n".join(lines) + "\n"


def _build(project: Path, made: Path) -> None:
    # Without a date hatchling writes a fixed one: the bytes depend on nothing but the sources.
    environment = {key: text for key, text in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(made)],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MemhonError(f"la roue de {_PACKAGE} ne se construit pas :\n{done.stderr.strip()}")
