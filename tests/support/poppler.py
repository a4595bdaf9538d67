"""Poppler's programs, with which the tests read PDF files: text, fonts, pictures of pages.

Run as a script by ``make test``: as root on Debian it installs them. A test that misses them fails.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_PROGRAMS = ("pdffonts", "pdfinfo", "pdftoppm", "pdftotext")


def missing() -> list[str]:
    """Name the programs that are not on the path."""
    return [program for program in _PROGRAMS if shutil.which(program) is None]


def install() -> None:
    """Install them by apt, as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "poppler-utils"],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def text(path: Path, *options: str) -> str:
    """The text of a PDF, as a person would copy it."""
    return _run("pdftotext", *options, str(path), "-")


def fonts(path: Path) -> list[dict[str, str]]:
    """Name, and whether embedded, subset and mapped to Unicode, of every font."""
    lines = _run("pdffonts", str(path)).splitlines()[2:]
    return [
        {"name": words[0], **dict(zip(("emb", "sub", "uni"), words[-5:-2], strict=True))}
        for words in (line.split() for line in lines)
    ]


def picture(path: Path, page: int, folder: Path) -> bytes:
    """One page as grey pixels without a header, 24 dots an inch."""
    prefix = folder / f"page-{page}"
    options = ("-gray", "-r", "24", "-f", str(page), "-l", str(page), "-singlefile")
    _run("pdftoppm", *options, str(path), str(prefix))
    return prefix.with_suffix(".pgm").read_bytes()


def _run(program: str, *arguments: str) -> str:
    assert missing() == [], "run `make test`, or install poppler-utils"
    done = subprocess.run([program, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8")


def main() -> int:
    """Make sure that the programs are there; return the exit code."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    lost = missing()
    print(f"Poppler: {', '.join(lost)} could not be found or installed" if lost else "Poppler: ok")
    return 4 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
