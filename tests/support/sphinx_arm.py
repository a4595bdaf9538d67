"""The same notebooks as pages of Sphinx with myst-nb, in an environment of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("sphinx==9.0.4", "myst-nb==1.4.0", "myst-parser==5.2.0", "docutils==0.22.4")
SETTINGS = """
project = "bench"
language = "fr"
extensions = ["myst_nb"]
nb_execution_mode = "off"
html_theme = "alabaster"
"""


def prepared(folder: Path) -> Path:
    """Give the command of Sphinx, installed on first use.

    Raises:
        SystemExit: pip could not install it.
    """
    command = folder / "bin" / "sphinx-build"
    if not command.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *PACKAGES]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            raise SystemExit(f"pip could not install {', '.join(PACKAGES)}:\n{done.stderr}")
    return command


def write(notebooks: dict[str, str], folder: Path) -> None:
    """Write the notebooks with their outputs, and the settings."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(SETTINGS, encoding="utf-8")
    for name, text in notebooks.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    listed = "\n".join(notebooks)
    index = f"# Bench\n\n```{{toctree}}\n{listed}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")


def build(command: Path, source: Path, target: Path) -> None:
    """Build every page afresh, in one process: several cost more CPU time."""
    options = ["-q", "-E", "-a", "-b", "html"]
    done = subprocess.run(
        [str(command), *options, str(source), str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
