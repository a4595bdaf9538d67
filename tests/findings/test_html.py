"""The HTML report: one file, quiet, readable, and deaf to what a message says."""

import re
from html.parser import HTMLParser

import pytest
from playwright.sync_api import sync_playwright

from memhon.findings.formats import FORMATS

VOID = {"meta", "input", "br"}


class _Reader(HTMLParser):
    """Collects tags and attributes, and checks that tags close."""

    def __init__(self):
        super().__init__()
        self.open, self.attributes, self.ids, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, *pair) for pair in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        self.text.append(data)


def _read(reports, lang="fr", **options):
    document = FORMATS["html"](reports, lang, **options)
    reader = _Reader()
    reader.feed(document)
    reader.close()
    assert [] == reader.open
    return document, reader


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_document_is_well_formed_and_needs_nothing_else(every, lang):
    document, reader = _read(every, lang, planned=9)
    assert f'<html lang="{lang}">' in document
    names = {name for _, name, _ in reader.attributes}
    assert set() == {name for name in names if name in ("src", "srcset", "style", "action")}
    assert set() == {name for name in names if name.startswith("on")}
    targets = [value for _, name, value in reader.attributes if name == "href"]
    assert [] == [target for target in targets if target.removeprefix("#") not in reader.ids]
    assert len(reader.ids) == len(set(reader.ids))
    assert not re.search(r"url\(|@import|<script|<link|<iframe|<object", document)


def test_what_a_message_holds_is_shown_not_obeyed(hostile):
    document, reader = _read([hostile])
    assert "<script" not in document
    assert "<img" not in document
    told = "".join(reader.text)
    assert '<script>alert("1")</script>' in told
    assert "<img src=x onerror=alert(1)>" in told
    assert set() == {char for char in told if char in "\x1b\x00\u202e\udc80\udcff"}


def test_excerpt_and_diff_are_shown(bad):
    document, _ = _read([bad])
    assert 2 == document.count('<span class="place">&gt; 12 |')
    assert 2 == document.count('<span class="removed">-    &lt;titre&gt;Docteur &amp; ami')
    assert 2 == document.count('<span class="added">+    &lt;titre&gt;Docteur&lt;')
    assert 1 == document.count("<details open>")
    assert 1 == document.count("<details>")


def test_an_undecided_document_without_a_finding_is_seen(unread, good):
    document, _ = _read([unread, *[good] * 30])
    assert "<details open>" in document
    assert "<details>" in _read([good] * 31)[0]


def _palettes():
    from importlib.resources import files

    css = files("memhon.findings.formats").joinpath("report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return [dict(re.findall(r"--(\w+): (#\w+)", block)) for block in blocks]


def _light(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark", "print"])
def test_texts_stand_out_from_their_ground(palette):
    texts = ("text", "soft", "link", "error", "warning", "information", "valid")
    pairs = [(text, ground) for text in texts for ground in ("ground", "raised")]
    pairs += [("text", ground) for ground in ("added", "removed", "place")]
    for text, ground in pairs:
        low, high = sorted((_light(palette[text]), _light(palette[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser(every, chromium, chromium_arguments, tmp_path):
    path = tmp_path / "rapport.html"
    path.write_text(FORMATS["html"](every, planned=9), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        for width in (390, 768, 1280):
            page = browser.new_page(viewport={"width": width, "height": 900})
            heard = []
            page.on("request", lambda request, heard=heard: heard.append(request.url))
            page.on("console", lambda message, heard=heard: heard.append(message.text))
            page.goto(path.as_uri())
            assert [path.as_uri()] == heard
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        shown = {name: page.locator(f".finding.{name}").first for name in ("error", "warning")}
        assert shown["error"].is_visible()
        page.get_by_label("Bloquantes").uncheck()
        assert [False, True] == [place.is_visible() for place in shown.values()]
        page.get_by_label("Bloquantes").check()
        assert shown["error"].is_visible()
        folded = page.locator("details:not([open]) dl").first
        assert not folded.is_visible()
        page.emulate_media(media="print")
        assert folded.evaluate("node => node.getBoundingClientRect().height") > 0
        assert not page.locator(".filters").is_visible()
        browser.close()
