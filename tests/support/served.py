"""A copy of the project that is served and written into, as by a person with an editor."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

SOURCES = (
    "docs",
    "notebooks",
    "spec",
    "generated",
    "xsd",
    "mkdocs.yml",
    "pyproject.toml",
    "LICENSE",
)
KEPT = ("build/notebooks", "build/home", "build/npm/libxml2-wasm-0.7.2")
"""What a build of the original left and a build of the copy can use."""

_PROGRAM = """
from functools import partial
from pathlib import Path
from memhon.cli.describing import describe
from memhon.cli.main import parser
from memhon.site import Checkout, build, serve
commands = describe(parser())
checkout = Checkout(Path.cwd())
told = partial(print, flush=True)
site = build(checkout, commands=commands)
serve(site, port=0, wire_port=0, told=told, checkout=checkout, commands=commands)
"""


@dataclass(slots=True)
class Served:
    """``memhon site serve`` in a process of its own over a copy of the project."""

    root: Path
    """The copy."""
    process: subprocess.Popen[bytes]
    client: httpx.Client
    """Asks the site."""
    wire: str
    """Address of the sandbox."""

    @property
    def said(self) -> str:
        """What the service has printed so far."""
        return (self.root / "said.txt").read_text(encoding="utf-8")

    def until(self, condition: Callable[[], bool], seconds: float = 180) -> float:
        """Wait for something; give the seconds that it took.

        Raises:
            AssertionError: It did not happen, or the service has ended.
        """
        start = time.monotonic()
        while not condition():
            alive = self.process.poll() is None and time.monotonic() - start < seconds
            assert alive, self.said
            time.sleep(0.02)
        return time.monotonic() - start

    def save(self, name: str, change: Callable[[str], str]) -> str:
        """Change a file as an editor does; give its former text."""
        path = self.root / name
        before = path.read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        path.write_text(after, encoding="utf-8")
        return before

    def shows(self, page: str, text: str) -> bool:
        """Say whether a page contains a text."""
        answer = self.client.get(page)
        return answer.status_code == 200 and text in answer.text


@contextmanager
def served(original: Path, root: Path) -> Iterator[Served]:
    """Copy the project, build and serve the copy, and end it."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in (*SOURCES, *KEPT):
        source = original / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=ignored)
        elif source.is_file():
            shutil.copy(source, root / name)
    paths = os.pathsep.join(str(root / name) for name in ("spec", "generated", "xsd"))
    inherited = os.environ.get("PYTHONPATH", "")
    environment = {**os.environ, "PYTHONPATH": f"{paths}{os.pathsep}{inherited}"}
    with (root / "said.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            cwd=root,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    with httpx.Client(trust_env=False) as client:
        service = Served(root, process, client, "")
        try:
            service.until(lambda: "les sources sont surveillées" in service.said)
            lines = [line.split(" : ")[1].split(" ")[0] for line in _addresses(service.said)]
            client.base_url, service.wire = httpx.URL(lines[0]), lines[1]
            yield service
        finally:
            process.terminate()
            process.wait(30)


def _addresses(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith(("site : ", "bac à sable : "))]
