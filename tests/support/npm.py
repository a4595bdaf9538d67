"""Tools of the tests that come from npm: which ones, at which versions.

``python tests/support/npm.py`` fetches all of them into ``build/npm``; ``make test`` does that
before the tests, which themselves only use what is there. How a package is fetched and compared is
told by ``memhon.site.npm``, which brings the site its own.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from memhon.errors import MemhonError
from memhon.site import npm as packages

FOLDER = Path(__file__).resolve().parents[2] / "build" / "npm"

TOOLS = {
    tool.name: tool
    for tool in (
        packages.NpmPackage(
            "axe-core",
            "4.14.1",
            "506b54c84cfe2e82373416376d4a85d4c0b4e338c438d1ebc893c335c6b1a0db",
        ),
        packages.NpmPackage(
            "html-validate",
            "10.15.0",
            "60c9b228174414f6442498810fba74fd4f7a2574a968e5863fd6006159ef0e20",
            "2026-11-15",
        ),
        packages.NpmPackage(
            "lighthouse",
            "12.8.2",
            "5b86c8a8ab898aa49b7eaf800625b6151a440588e499bf5ae445e4cbff20d8b7",
            "2026-11-15",
        ),
    )
}


class NpmError(Exception):
    """A tool is not there."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A tool on this machine."""

    folder: Path
    """Its own folder; what a run writes may lie there."""
    modules: Path
    """The folder of packages that node reads."""


def fetched(name: str) -> Fetched:
    """Give a tool that ``make test`` has fetched.

    Raises:
        NpmError: It is not there.
    """
    tool = TOOLS[name]
    if not tool.is_there(FOLDER):
        raise NpmError(f"{name} {tool.version} is missing: run `python tests/support/npm.py`")
    return Fetched(tool.folder(FOLDER), tool.modules(FOLDER))


def node() -> str:
    """Give the path of node: the machine's, or the one that a wheel brings."""
    return packages.node(FOLDER)


def main() -> int:
    """Fetch every tool; return the exit code."""
    try:
        for tool in TOOLS.values():
            packages.fetch(tool, FOLDER)
            print(f"{tool.name} {tool.version}: {tool.folder(FOLDER)}")
    except MemhonError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
