"""Files are swapped in as a whole, and nothing foreign is overwritten."""

from pathlib import Path

import pytest

from memhon.errors import MemhonError
from memhon.site import building
from memhon.site.assembly import assemble, handwritten, replacing, run_mkdocs, source_date, swap
from memhon.site.checkout import Checkout
from memhon.site.downloads import Download
from memhon.site.markup import Page


def test_a_folder_takes_the_place_of_another(tmp_path):
    fresh, target = tmp_path / "fresh", tmp_path / "target"
    for folder, name in ((fresh, "new"), (target, "old")):
        folder.mkdir()
        (folder / name).write_text("")
    swap(fresh, target)
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_pages_downloads_and_assets_are_written(tmp_path):
    docs = tmp_path / "docs"
    (docs / "assets").mkdir(parents=True)
    (docs / "assets" / "a.css").write_text("a")
    (docs / "index.md").write_text("# A")
    pages, assets = handwritten(docs)
    assert pages == (Page("index.md", "# A"),)
    target = tmp_path / "out"
    assemble(target, pages, [Download("g", "d/x.xsd", b"x")], assets, docs)
    written = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert written == {"index.md", "d/x.xsd", "assets/a.css"}


def test_two_pages_of_one_address_are_refused(tmp_path):
    with pytest.raises(MemhonError, match="même adresse"):
        assemble(tmp_path / "out", [Page("a.md", ""), Page("a.md", "")], [], [], tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_warning_of_mkdocs_leaves_the_old_site(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("[a](missing.md)")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nvalidation: {links: {not_found: warn}}\n")
    target = tmp_path / "site"
    target.mkdir()
    (target / "old").write_text("")
    with pytest.raises(MemhonError, match=r"missing\.md"), replacing(target) as fresh:
        run_mkdocs(config, fresh, root=tmp_path)
    assert [path.name for path in target.iterdir()] == ["old"]
    assert [path.name for path in tmp_path.glob("site*")] == ["site"]


def test_the_date_is_that_of_the_sources(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    assert source_date(tmp_path) == "12"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert int(source_date(tmp_path)) > 0


def test_a_folder_that_is_no_site_is_not_replaced(tmp_path, root):
    (tmp_path / "precious").write_text("")
    with pytest.raises(MemhonError, match="n'est pas un site"):
        building.build(Checkout(root), tmp_path)


def test_the_checkout_is_found_from_below(root):
    assert Checkout.find(root / "docs" / "ra").root == root
    with pytest.raises(MemhonError, match="pas de sources"):
        Checkout.find(Path(root.anchor))
