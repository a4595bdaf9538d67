"""The copy of the site: opened from the disk in a real browser, and made of the same bytes."""

import hashlib
import io
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from memhon.errors import MemhonError
from memhon.site.archive import packed
from memhon.site.copy_entry import announce, in_the_copy
from memhon.site.downloads import COPY, COPY_MARK, COPY_SIZE_MARK, SUMS
from memhon.site.links import explicit
from memhon.site.offline import copy_of

TYPED = (
    ("medecin", "pid/index.html"),
    ("XSD-013", "reference/anomalies/index.html#xsd-013"),
    ("partStatutaire", "pid/sim/index.html"),
)


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """The archive, unpacked."""
    target = tmp_path_factory.mktemp("copy")
    with zipfile.ZipFile(site / COPY) as archive:
        archive.extractall(target)
    (top,) = target.iterdir()
    return top


@pytest.fixture(scope="module")
def opened(folder, chromium, chromium_arguments):
    """A page without a network, and what went wrong on it."""
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        context = browser.new_context(offline=True, color_scheme="light")
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.extend(_foreign(request.url, folder)))
        page.on("requestfailed", lambda request: wrong.extend(_missing(request.url)))
        yield page, wrong
        browser.close()


def _foreign(url, folder):
    return [] if url.startswith((folder.as_uri(), "blob:", "data:")) else [url]


def _missing(url):
    """A request given up because the page was left is no missing file."""
    there = url.startswith("blob:") or Path(unquote(urlsplit(url).path)).is_file()
    return [] if there else [url]


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_opens_from_the_disk_and_asks_for_nothing(opened, folder):
    page, wrong = opened
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        assert page.locator("h1").count() > 0, path
        assert page.evaluate(_BROKEN_IMAGES) == [], path
    assert wrong == []


@pytest.mark.browser
def test_the_search_works_from_the_disk(opened, folder):
    page, wrong = opened
    page.goto((folder / "pid/sim/index.html").as_uri())
    for typed, expected in TYPED:
        path, mark, anchor = expected.partition("#")
        page.locator(".md-search__input").click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Backspace")
        expect(page.locator(".md-search-result__item")).to_have_count(0)
        page.keyboard.type(typed)
        page.wait_for_function(_SHOWN, arg=(folder / path).as_uri() + mark + anchor)
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(re.compile(r"/index\.html"))
    assert page.locator("h1").count() == 1
    assert wrong == []


@pytest.mark.browser
def test_the_palette_is_kept_from_page_to_page(opened, folder):
    page, wrong = opened
    page.goto((folder / "index.html").as_uri())
    page.get_by_title("Passer au mode sombre").click()
    page.goto((folder / "ra/index.html").as_uri())
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert wrong == []


def test_every_link_of_the_copy_leads_to_a_file_and_an_anchor(folder):
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    anchors = {path: set(re.findall(r'\s(?:id|name)="([^"]+)"', texts[path])) for path in texts}
    broken = [
        (path.relative_to(folder).as_posix(), target)
        for path, text in texts.items()
        for target in re.findall(r'<(?:a|link|script|img)\s[^>]*?\b(?:href|src)="([^"]+)"', text)
        if not _reaches(path, target, anchors)
    ]
    assert broken == []


def _reaches(path, target, anchors):
    parts = urlsplit(target)
    if parts.scheme:
        return True
    goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    known = anchors.get(goal, {unquote(parts.fragment)})
    return goal.is_file() and (not parts.fragment or unquote(parts.fragment) in known)


def test_the_site_names_the_digest_of_its_copy_and_the_copy_names_itself(site, folder):
    data = (site / COPY).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    page = "telechargements/index.html"
    online = (site / page).read_text(encoding="utf-8")
    copied = (folder / page).read_text(encoding="utf-8")
    assert digest in online
    assert f"<td>{len(data)}</td>" in online
    assert f"{digest}  memhon-site.zip\n" in (site / SUMS).read_text(encoding="utf-8")
    assert "vous lisez cette copie" in copied
    assert [name for name in (site, folder) if _holds(name, COPY_MARK)] == []
    assert not (folder / COPY).exists()


def _holds(folder, mark):
    texts = [path for path in folder.rglob("*") if path.suffix in {".html", ".json", ".js", ".md"}]
    return any(mark in path.read_text(encoding="utf-8") for path in texts)


def test_every_file_of_the_site_is_in_the_copy(site, folder):
    left = re.compile(r"^404\.html|^sitemap\.xml\.gz|\.map$|memhon-site\.zip$")
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    copied = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {name for name in names if not left.search(name)} | {
        "search/offline.js",
        "search/search_index.js",
    } == copied


def test_the_copy_is_made_of_the_same_bytes_again(site):
    copied = copy_of(site)
    assert copy_of(site) == copied
    assert packed(copied, "a") == packed(dict(reversed(copied.items())), "a")


def test_an_archive_has_one_folder_and_no_date():
    with zipfile.ZipFile(io.BytesIO(packed({"b": b"2", "a/c": b"1"}, "top"))) as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == ["top/a/c", "top/b"]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("top/a/c") == b"1"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../con/", "../con/index.html"),
        ("../con/#top", "../con/index.html#top"),
        ("../con", "../con/index.html"),
        ("../..", "../../index.html"),
        ("../../?h=a#b", "../../index.html?h=a#b"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("#here", "#here"),
        ("../../assets/a.css", "../../assets/a.css"),
        ("../../telechargements/schemas/", "../../telechargements/schemas/"),
        ("http://127.0.0.1:8000/pid/sim/", "http://127.0.0.1:8000/pid/sim/"),
        ("mailto:a@b.lu", "mailto:a@b.lu"),
    ],
)
def test_a_link_to_a_folder_names_its_page(target, expected):
    folders = frozenset({"", "pid/sim", "pid/con"})
    assert explicit("pid/sim/index.html", target, folders) == expected


def test_marks_become_the_entry_and_a_missing_page_is_an_error(tmp_path):
    page = f"<td>{COPY_MARK}</td><td>{COPY_SIZE_MARK}</td>".encode()
    copied = in_the_copy({"a.html": page, "a.png": COPY_MARK.encode()})
    assert copied["a.html"].decode() == "<td>vous lisez cette copie</td><td>–</td>"
    assert copied["a.png"] == COPY_MARK.encode()
    with pytest.raises(MemhonError, match="ne nomme pas la copie"):
        announce(tmp_path, b"zip")


def test_another_script_of_the_theme_is_refused(site, tmp_path):
    (tmp_path / "index.html").write_text("<p>no script</p>")
    with pytest.raises(MemhonError, match=r"index\.html : le script du thème"):
        copy_of(tmp_path)


_BROKEN_IMAGES = """[...document.images].filter(image => image.complete && !image.naturalWidth)
  .map(image => image.src)"""
_SHOWN = """expected => [...document.querySelectorAll(".md-search-result__link")]
  .some(link => link.href.replace(/[?]h=[^#]*/, "") === expected)"""
