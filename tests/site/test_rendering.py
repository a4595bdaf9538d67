"""One page rendered alone equals the page of a whole build."""

import json

import pytest

from memhon.errors import MemhonError
from memhon.site.assembly import handwritten, run_mkdocs
from memhon.site.markup import Page
from memhon.site.rendering import INDEX, Renderer

SETTINGS = """
site_name: essai
theme: {name: material, language: fr, font: false}
plugins: [{search: {lang: fr}}]
markdown_extensions: [attr_list]
nav: [{Accueil: index.md}, b/index.md]
validation: {links: {not_found: warn, anchors: warn}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rendering")
    (folder / "docs" / "b").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Un\n\n[b](b/index.md#deux)\n\n## Suite\n\nmot\n")
    (folder / "docs" / "b" / "index.md").write_text("# Deux\n\nb\n")
    (folder / "mkdocs.yml").write_text(SETTINGS)
    run_mkdocs(folder / "mkdocs.yml", folder / "site", root=folder)
    return folder


@pytest.fixture
def renderer(built):
    return Renderer(built / "mkdocs.yml", built / "site", handwritten(built / "docs")[0])


def test_it_equals_the_page_of_a_whole_build(built, renderer):
    for page in handwritten(built / "docs")[0]:
        rendered = renderer.render(page)
        assert rendered.html == (built / "site" / rendered.path).read_bytes()


def test_the_index_keeps_the_other_pages(built, renderer):
    before = (built / "site" / INDEX).read_bytes()
    rendered = renderer.render(Page("index.md", "# Un\n\n## Neuf\n\nautre\n"))
    told = json.loads(renderer.index(before, (rendered,)))
    places = [entry["location"] for entry in told["docs"]]
    assert places == ["b/", "", "#neuf"]
    assert told["config"] == json.loads(before)["config"]


def test_the_index_of_an_unchanged_page_stays(built, renderer):
    before = (built / "site" / INDEX).read_bytes()
    page = next(page for page in handwritten(built / "docs")[0] if page.address == "index.md")
    after = renderer.index(before, (renderer.render(page),))
    key = str
    assert sorted(json.loads(before)["docs"], key=key) == sorted(json.loads(after)["docs"], key=key)


@pytest.mark.parametrize("target", ["rien.md", "b/index.md#nulle-part", "#nulle-part"])
def test_a_link_that_leads_nowhere_is_an_error(renderer, target):
    with pytest.raises(MemhonError, match=r"index\.md"):
        renderer.render(Page("index.md", f"# Un\n\n[x]({target})\n"))
    assert renderer.render(Page("index.md", "# Un\n")).path == "index.html"


def test_a_page_that_the_site_does_not_have_is_an_error(renderer):
    with pytest.raises(MemhonError, match=r"c\.md"):
        renderer.render(Page("c.md", "# C\n"))
