"""Our pages built by Material's successor: ``python tests/bench/successor.py`` says what is lost.

Needs ``memhon site build`` before, and the package index once: the successor is installed into an
environment of its own below ``build/``. Fails when a page, an id, a word or a file would be lost.
"""

import json
import shutil
import subprocess
import sys
import time
import venv
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from sites import Loss, compare

SUCCESSOR = "zensical==0.0.73"
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "successor"
COMPLETED = frozenset({"telechargements/index.html"})
"""Pages to which our own steps after the build add words; they would do so there too."""


def main() -> int:
    """Install, build, compare; returns an exit code."""
    if not (ROOT / "build" / "site" / "index.html").is_file():
        print("no built site to compare with: run `make site`")
        return 1
    program = _installed()
    if program is None:
        print(f"{SUCCESSOR} could not be installed from the package index; nothing was compared")
        return 1
    seconds = _build(program)
    loss = _told(compare(ROOT / "build" / "site", FOLDER / "site"))
    _print(loss, seconds)
    return int(loss != Loss((), (), (), ()))


def _installed() -> Path | None:
    environment = FOLDER / "venv"
    program = environment / ("Scripts" if sys.platform == "win32" else "bin") / "zensical"
    if not program.is_file():
        venv.create(environment, with_pip=True, clear=True)
        pip = [str(program.with_name("python")), "-m", "pip", "install", "--quiet", SUCCESSOR]
        if subprocess.run(pip, check=False).returncode:
            return None
    return program


def _build(program: Path) -> float:
    """Build a copy: the successor writes where the settings say, and must not touch our site."""
    for name in ("docs", "site", ".cache"):
        shutil.rmtree(FOLDER / name, ignore_errors=True)
    shutil.copytree(ROOT / "build" / "docs", FOLDER / "docs")
    made = json.loads((ROOT / "build" / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = {**made, "INHERIT": "../../mkdocs.yml", "docs_dir": "docs", "site_dir": "site"}
    file = FOLDER / "mkdocs.yml"
    file.write_text(json.dumps(settings, ensure_ascii=False, indent=2), encoding="utf-8")
    start = time.perf_counter()
    subprocess.run([str(program), "build", "-f", str(file)], cwd=FOLDER, check=True)
    return time.perf_counter() - start


def _told(loss: Loss) -> Loss:
    """The loss without what our own steps write after the build, whoever made it."""
    words = tuple(page for page in loss.words if page not in COMPLETED)
    given = (name for name in loss.files if (FOLDER / "docs" / name).is_file())
    files = tuple(name for name in given if not name.endswith(".md"))
    return replace(loss, words=words, files=files)


def _print(loss: Loss, seconds: float) -> None:
    print(f"{SUCCESSOR}: built in {seconds:.1f} s")
    for name in ("pages", "ids", "words", "files"):
        lost = getattr(loss, name)
        print(f"{name:<6} lost or different: {len(lost)}  {', '.join(lost[:8])}")


if __name__ == "__main__":
    sys.exit(main())
