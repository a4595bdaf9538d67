"""What was saved is seen, and sorted by what it means for the site."""

import os

from memhon.site.checkout import Checkout
from memhon.site.watching import Changes, changed, places, snapshot


def test_files_that_come_go_and_change_are_seen(tmp_path):
    kept, gone, written = (tmp_path / name for name in ("kept", "gone", "written"))
    for path in (kept, gone, written):
        path.write_text("a")
    before = snapshot([tmp_path])
    gone.unlink()
    written.write_text("b")
    os.utime(written, ns=(1, 1))
    (tmp_path / "new").write_text("")
    now = snapshot([tmp_path])
    assert {gone, written, tmp_path / "new"} == changed(before, now)
    assert frozenset() == changed(now, snapshot([tmp_path]))


def test_what_editors_and_python_leave_is_not_seen(tmp_path):
    (tmp_path / "__pycache__").mkdir()
    for name in ("__pycache__/a.pyc", "page.md~", ".page.md.swp"):
        (tmp_path / name).write_text("")
    (tmp_path / "page.md").write_text("")
    assert [tmp_path / "page.md"] == list(snapshot([tmp_path]))


def test_a_single_file_can_be_watched(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("")
    assert [tmp_path / "mkdocs.yml"] == list(snapshot([tmp_path / "mkdocs.yml", tmp_path / "no"]))


def test_files_are_sorted_by_what_follows_from_them(root):
    names = {
        "documents": {"docs/pid/index.md", "docs/assets/memhon.css"},
        "notebooks": {"notebooks/pid-sim.ipynb"},
        "catalogue": {
            "spec/memhon/catalogue/exchanges/pid-sim.toml",
            "spec/memhon/catalogue/examples/pid-sim/request-minimal.xml",
        },
        "settings": {"mkdocs.yml", "xsd/memhon_xsd/pid/pid-sim-requete-v1.xsd"},
        "code": {"spec/memhon/catalogue/loading.py", "spec/memhon/site/notebook.md.j2"},
    }
    paths = {kind: frozenset(root / name for name in found) for kind, found in names.items()}
    sorted_ = Changes.of(frozenset().union(*paths.values()), Checkout(root))
    assert Changes(**paths) == sorted_


def test_everything_that_the_site_is_made_from_is_watched(root):
    watched = snapshot(places(Checkout(root)))
    wanted = ("docs/index.md", "mkdocs.yml", "notebooks/pid-sim.ipynb", "spec/memhon/__init__.py")
    assert [name for name in wanted if root / name not in watched] == []
    assert [path for path in watched if root / "build" in path.parents] == []
