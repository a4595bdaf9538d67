"""What all tests share: the loopback guard, the checkout, the catalogue, the browser."""

import os
import subprocess
from pathlib import Path

import pytest

import browser
import loopback
import postgres
from memhon.catalogue import Catalogue, load

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = frozenset({".git", ".venv", "build", "dist", "__pycache__", ".ipynb_checkpoints"})

pytest_plugins = ["places"]

loopback.install()


def pytest_configure() -> None:
    """Hand the guard and the folder of test keys to the processes that the tests start."""
    folder = str(ROOT / "tests" / "support")
    others = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([folder, *others]))
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ["MEMHON_HOME"] = str(ROOT / "build" / "home")
    os.environ.pop("FORCE_COLOR", None)
    os.environ.pop("MEMHON_ENDPOINT", None)
    os.environ["MEMHON_HOME"] = str(ROOT / "build" / "home")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests of the browser or of PostgreSQL out, visibly, when that is asked for."""
    for marker, asked, name in (
        ("browser", browser.excluded(), "MEMHON_NO_BROWSER"),
        ("postgres", postgres.excluded(), "MEMHON_NO_POSTGRES"),
    ):
        for item in items if asked else ():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{name} is set"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The specification as data."""
    return load()


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if answer.returncode == 0:
        names = [name for name in answer.stdout.decode().split("\0") if name]
        return tuple(path for name in sorted(names) if (path := ROOT / name).is_file())
    paths = sorted(path for path in ROOT.rglob("*") if path.is_file())
    return tuple(path for path in paths if not NOT_OURS & set(path.relative_to(ROOT).parts))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium; see tests/support/browser.py."""
    path = browser.find()
    assert path is not None, "no browser: run `make test`, or set MEMHON_CHROMIUM"
    return str(path)


@pytest.fixture(scope="session")
def chromium_arguments() -> list[str]:
    """What Chromium is started with: headless, and quiet on the network."""
    return list(browser.ARGUMENTS)


@pytest.fixture(scope="session")
def built_site(root: Path) -> Path:
    """The folder of the built site; the tests never build it themselves."""
    site = root / "build" / "site"
    assert (site / "index.html").is_file(), "the site is not built: run `make site` first"
    return site
