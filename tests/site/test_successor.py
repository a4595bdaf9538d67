"""The content stays readable by the successor of the theme: nothing rides on MkDocs itself.

``tests/bench/successor.py`` builds the pages with it and compares.
"""

import re

import pytest
import yaml

from memhon.site.composition import downloads_of, generated
from memhon.site.navigation import navigation, settings
from sites import Loss, compare

EXTENSIONS = frozenset(
    {
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "pymdownx.details",
        "pymdownx.highlight",
        "pymdownx.superfences",
        "pymdownx.tabbed",
        "tables",
        "toc",
    }
)
"""Those of the successor's own defaults that the project may use."""
FOREIGN = {
    "a template": re.compile(r"\{\{|\{%"),
    "a snippet": re.compile(r"^-+8<-+", re.MULTILINE),
    "a directive": re.compile(r"^::: ", re.MULTILINE),
    "a wiki link": re.compile(r"\[\[[^\]]+\]\]"),
    "a tag of YAML": re.compile(r"^\w+: !!", re.MULTILINE),
}
CODE = re.compile(
    r"^ *(`{3,}|~{3,}).*?^ *\1`*$|`[^`\n]*`|<code.*?</code>", re.DOTALL | re.MULTILINE
)


class _Settings(yaml.SafeLoader):
    """Reads plain YAML and the one tag that both engines know; anything else is an error."""


_Settings.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node))


@pytest.fixture(scope="module")
def own(root):
    return yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Settings)


@pytest.fixture(scope="module")
def pages(material, root):
    made = {page.address: page.text for page in generated(material, downloads_of(material))}
    docs = root / "docs"
    written = {p.relative_to(docs).as_posix(): p.read_text("utf-8") for p in docs.rglob("*.md")}
    return {**made, **written}


def test_no_hook_and_no_template_of_our_own(own):
    assert "hooks" not in own
    assert "custom_dir" not in own["theme"]
    assert own["theme"]["name"] == "material"


def test_search_is_the_only_plugin(own):
    assert [next(iter(plugin)) for plugin in own["plugins"]] == ["search"]


def test_markdown_extensions_are_known_to_the_successor(own):
    used = {
        name if isinstance(name, str) else next(iter(name)) for name in own["markdown_extensions"]
    }
    assert sorted(used - EXTENSIONS) == []


def test_what_the_build_adds_is_plain(catalogue, pages):
    values = yaml.load(settings(navigation(catalogue.exchanges, pages)), _Settings)
    assert set(values) <= {"INHERIT", "docs_dir", "nav", "not_in_nav", "site_dir"}


@pytest.mark.parametrize("what", FOREIGN)
def test_pages_use_plain_markdown(what, pages):
    assert [name for name, text in pages.items() if FOREIGN[what].search(CODE.sub("", text))] == []


def test_a_loss_is_noticed(tmp_path):
    page = "<article><h2 id='{0}'>Un titre</h2> {1}</article><p id='outside'>x</p>"
    for name, text in (("ours", page.format("a", "mot")), ("theirs", page.format("b", "autre"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    for lost in ("b.html", "file.txt"):
        (tmp_path / "ours" / lost).write_text("")
    expected = Loss(("b.html",), ("index.html#a",), ("index.html",), ("file.txt",))
    assert compare(tmp_path / "ours", tmp_path / "theirs") == expected
    assert compare(tmp_path / "ours", tmp_path / "ours") == Loss((), (), (), ())
