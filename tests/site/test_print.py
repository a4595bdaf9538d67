"""An exchange page on paper: every element, no navigation, no buttons, with and without scripts."""

import io
from itertools import pairwise

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from memhon.sandbox import Server
from memhon.site.serving import site_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def base(site):
    server = Server(site_app(site))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no-script"])
def paper(request, base, chromium, chromium_arguments):
    """The text of the deposit's page as printed on A4, without any white space."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        page = browser.new_context(java_script_enabled=request.param).new_page()
        page.goto(f"{base}/ra/depot/", wait_until="networkidle")
        data = page.pdf(format="A4", prefer_css_page_size=True)
        left_open = page.locator(".tree details[open]").count() if request.param else None
        browser.close()
    reader = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in reader.pages)
    return "".join(text.split()), reader.pages[0].mediabox, left_open


def test_every_element_is_on_paper(paper, material):
    outlines = material.outlines["ra-depot"]
    names = [row.name for outline in outlines.values() for row in outline.rows]
    assert [name for name in names if name not in paper[0]] == []


def test_values_of_closed_groups_and_folded_blocks_are_on_paper(paper):
    for expected in ("numeroAccident", "UL]\\d{9}", "Notesduschéma", "soap:Server.ErreurInterne"):
        assert expected in paper[0]


def test_there_is_no_navigation_and_no_button(paper):
    for word in ("CopierleXPath", "Toutouvrir", "Rechercher", "Listedesmémoiresàconfirmer"):
        assert word not in paper[0]


def test_the_page_is_a4_and_says_what_it_is(paper):
    assert [595, 842] == [round(float(side)) for side in paper[1][2:]]
    assert "MemHonestuneréférenceindépendante" in paper[0]


def test_printing_leaves_the_page_as_it_was(paper, material):
    if paper[2] is None:
        return
    rows = material.outlines["ra-depot"]["request"].rows
    groups = sum(below.depth > row.depth for row, below in pairwise(rows))
    assert 0 < paper[2] < groups
