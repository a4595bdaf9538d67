"""The Markdown beside each page, llms.txt and the sitemap: complete, linked, for programs."""

import re
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from memhon.errors import MemhonError
from memhon.site.markdown_pages import INDEX, write_index, write_markdown
from memhon.site.plain import markdown

LINK = re.compile(r"(?<!!)\[(?:[^\]\\]|\\.)*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^([> ]*)(`{3,})(\w*)\n.*?^\1\2$", re.MULTILINE | re.DOTALL)
PAGE = """<html><head><title>Un titre - MemHon</title>
<meta name="description" content="Ce qu&#39;elle dit">
<link rel="canonical" href="http://127.0.0.1:8000/a/b/"></head>
<body><nav>menu</nav><article class="md-content__inner">{}</article></body></html>"""
FOLDERS = frozenset({"", "a", "a/b"})


def converted(body):
    """The Markdown of a body, without its head."""
    text = markdown("a/b/index.html", PAGE.format(body), FOLDERS)
    return text.partition("Page : <http://127.0.0.1:8000/a/b/>\n\n")[2].rstrip("\n")


@pytest.fixture(scope="module")
def texts(site):
    """Every Markdown file of the site, by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.md"))
    }


@pytest.fixture(scope="module")
def pages(site):
    """The HTML of every page that has an address, by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("index.html"))
    }


def test_every_page_has_its_markdown_and_says_so(texts, pages):
    assert {name.replace(".html", ".md") for name in pages} == set(texts)
    link = '<link rel="alternate " type="text/markdown" href="index.md">'
    assert {name: text.count(link) for name, text in pages.items()} == dict.fromkeys(pages, 1)


def test_the_markdown_says_what_the_page_says(texts, pages):
    for name, page in pages.items():
        text = texts[name.replace(".html", ".md")]
        ids = re.findall(r'<h[23] id="([^"]+)"', page)
        assert [anchor for anchor in ids if f"{{#{anchor}}}" not in text] == [], name
        blocks = page.count("<pre><span></span><code>") + page.count('class="sequence trace"')
        assert len(FENCE.findall(text)) == blocks, name


def test_every_link_leads_to_a_file_of_the_site(texts, site):
    broken = [
        (name, target)
        for name, text in texts.items()
        for target in LINK.findall(FENCE.sub("", text))
        if not _reaches(name, target, site)
    ]
    assert broken == []


def _reaches(name, target, site):
    parts = urlsplit(target)
    if parts.scheme or not parts.path:
        return True
    return (site / normpath(join(dirname(name), unquote(parts.path)))).is_file()


def test_nothing_of_the_screen_is_left(texts):
    tags = re.compile(r"<(?:svg|span|div|button|a|table|details|p|li|ul)\b")
    left = {
        name: tags.findall(re.sub(r"`[^`\n]*`", "", FENCE.sub("", text)))
        for name, text in texts.items()
    }
    assert {name: found for name, found in left.items() if found} == {}


def test_llms_lists_every_page_once(site, texts):
    listed = LINK.findall((site / INDEX).read_text(encoding="utf-8"))
    assert len(listed) == len(set(listed))
    assert set(texts) <= set(listed)
    assert [address for address in listed if not (site / address).is_file()] == []


def test_the_sitemap_lists_every_page_once(site, pages):
    tree = ET.parse(site / "sitemap.xml")
    found = [(node.text or "").strip() for node in tree.iter() if node.tag.endswith("}loc")]
    paths = [urlsplit(address).path.lstrip("/") for address in found]
    assert sorted(paths) == sorted(name.removesuffix("index.html") for name in pages)


def test_the_head_names_the_page():
    text = markdown("a/b/index.html", PAGE.format("<h1>X</h1>"), FOLDERS)
    assert text == (
        '---\ntitle: "Un titre"\ndescription: "Ce qu\'elle dit"\n---\n\n'
        "Page : <http://127.0.0.1:8000/a/b/>\n\n# X\n"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<h2 id="x">T<a class="headerlink" href="#x">¶</a></h2><button>B</button>',
            "## T {#x}",
        ),
        (
            '<p>a <a href="../#k">up</a> <a href="f.xsd">f</a></p>',
            "a [up](../index.md#k) [f](f.xsd)",
        ),
        ('<p>v <a class="badge" href="#s">DSR</a> <span class="badge">E</span></p>', "v (DSR) (E)"),
        ("<p>1 < 2 * 3 et a_b _c</p>", "1 \\< 2 \\* 3 et a_b \\_c"),
        (
            '<div class="language-xml highlight"><span class="filename">F</span><pre><span></span>\
<code><span class="nt">&lt;a&gt;</span>\n  x*_\n</code></pre></div>',
            "*F*\n\n```xml\n<a>\n  x*_\n```",
        ),
        (
            '<div class="admonition note"><p class="admonition-title">T</p><p>B</p></div>',
            "> **T**\n>\n> B",
        ),
        ("<details><summary>S</summary><p>B</p></details>", "**S**\n\nB"),
        (
            "<ul><li><details open><summary><span><code>a</code></span><span>1</span></summary>\
<ul><li>b</li></ul></details></li></ul>",
            "- `a` · 1\n  - b",
        ),
        (
            "<table><thead><tr><th>A</th></tr></thead>\
<tbody><tr><td><code>a|b</code><br>c</td></tr></tbody></table>",
            "| A |\n| --- |\n| `a\\|b` c |",
        ),
        ("<svg><desc>a &amp;&#10;  b</desc></svg>", "```\na &\n  b\n```"),
        ('<figure><svg><title id="t">Dessin</title><text>x</text></svg></figure>', "*Dessin*"),
        ('<p hidden>non</p><div aria-hidden="true">non</div><p>oui</p>', "oui"),
        ('<p>sens.<span class="sources">S</span></p>', "sens. S"),
        ("<pre><code>```\nx\n```</code></pre>", "````\n```\nx\n```\n````"),
    ],
)
def test_a_form_becomes_markdown(body, expected):
    assert converted(body) == expected


def test_a_page_without_content_is_an_error():
    with pytest.raises(MemhonError, match=r"a\.html n'a pas de contenu"):
        markdown("a.html", "<p>x</p>", FOLDERS)


def test_the_index_follows_the_navigation(tmp_path):
    for address, title in (("", "A"), ("x/", "X"), ("x/y/", "Y"), ("z/", "Z")):
        (tmp_path / address).mkdir(parents=True, exist_ok=True)
        page = f"<title>{title} - S</title></head><article>{title}</article>"
        (tmp_path / address / "index.html").write_text(page)
    (tmp_path / "404.html").write_text("no article")
    assert write_markdown(tmp_path) == 4
    write_index(tmp_path, [{"Accueil": "index.md"}, {"Xs": [{"Sub": ["x/y.md"]}, "x/index.md"]}])
    text = (tmp_path / INDEX).read_text(encoding="utf-8")
    parts = {part.partition("\n")[0]: LINK.findall(part) for part in text.split("## ")[1:]}
    del parts["Données"]
    assert parts == {
        "Pages": ["index.md"],
        "Xs": ["x/y/index.md", "x/index.md"],
        "Optional": ["z/index.md"],
    }
    with pytest.raises(MemhonError, match=r"lost/index\.md"):
        write_index(tmp_path, ["lost.md"])
