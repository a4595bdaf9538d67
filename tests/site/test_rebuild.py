"""Built twice, the site is the same, byte for byte: from nothing, then with what was kept."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from memhon.site.vendored import LIBXML2

pytestmark = [pytest.mark.notebook, pytest.mark.slow]


@pytest.fixture(scope="module")
def copied(tracked, root, tmp_path_factory):
    """The sources in a folder of their own, which has never been built."""
    target = tmp_path_factory.mktemp("sources")
    for path in tracked:
        place = target / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    package = LIBXML2.folder(Path("build") / "npm")
    shutil.copytree(root / package, target / package)  # no build of a test asks the network
    return target


def test_the_same_sources_give_the_same_bytes(copied):
    first, again = _built(copied, "first"), _built(copied, "again")
    assert len(first) > 100
    assert {name for name in first if name.endswith((".zip", ".whl", ".gz"))} == {
        "sitemap.xml.gz",
        "telechargements/memhon-site.zip",
        "telechargements/vecteurs.zip",
        *(name for name in first if name.endswith(".whl")),
    }
    assert {name for name in {*first, *again} if first.get(name) != again.get(name)} == set()


def _built(folder, name):
    """The digest of every file of a build, by its path."""
    environment = {**os.environ, "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "315619200"}
    command = [sys.executable, "-m", "memhon", "site", "build", "--output", name]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(folder / name).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    }
