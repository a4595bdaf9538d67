"""A build in its own process: it can be ended at any time, and says how it went."""

import time

import pytest

from memhon.site.checkout import Checkout
from memhon.site.whole_build import WholeBuild


@pytest.fixture
def whole(tmp_path):
    (tmp_path / "build").mkdir()
    build = WholeBuild(Checkout(tmp_path))
    yield build
    build.stop()


def _end(whole):
    while (done := whole.finished()) is None:
        time.sleep(0.02)
    return done


def test_a_failure_is_told_once(whole):
    whole.start()
    good, said, seconds = _end(whole)
    assert (good, "pas de sources" in said, seconds > 0) == (False, True, True)
    assert whole.finished() is None


def test_an_ended_build_leaves_nothing_and_the_site_stays(whole, tmp_path):
    whole.start()
    pid = whole._process.pid
    folder = tmp_path / "build"
    (folder / f"site.old-{pid}").mkdir()
    (folder / f"site.old-{pid}" / "index.html").write_text("")
    (folder / f"docs.new-{pid}").mkdir()
    whole.stop()
    left = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix != ".txt")
    assert left == ["site", "site/index.html"]
    assert whole.finished() is None


def test_a_second_start_ends_the_first(whole):
    whole.start()
    first = whole._process
    whole.start()
    assert first.poll() is not None
    assert _end(whole)[0] is False
