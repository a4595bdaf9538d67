"""The built site in a browser: quiet, self-contained, and as wide as the screen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from memhon.sandbox import Server
from memhon.site.serving import site_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEMPLATES = (
    "",
    "demarrer/",
    "ra/",
    "ra/depot/",
    "pid/sim/",
    "pid/con/",
    "reference/provenance/",
    "reference/codes/",
    "reference/anomalies/",
    "reference/donnees-fictives/",
    "reference/reglages/",
    "reference/python/",
    "reference/ligne-de-commande/",
    "telechargements/",
    "architecture/",
)


@pytest.fixture(scope="module")
def base(site):
    server = Server(site_app(site))
    server.start()
    yield f"{server.url}/"
    server.stop()


@pytest.fixture(scope="module")
def engine(chromium, chromium_arguments):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        yield browser
        browser.close()


@contextmanager
def opened(engine, base, address, *, width=1280, scheme="light") -> Iterator[Page]:
    """An open page; on leaving, foreign requests and console errors are judged."""
    wrong: list[str] = []
    size = {"width": width, "height": 900}
    with engine.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("request", lambda request: wrong.extend(_foreign(request.url, base)))
        page.on("console", lambda message: wrong.extend(_loud(message)))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(urljoin(base, address), wait_until="networkidle")
        yield page
    assert wrong == []


def _foreign(url, base):
    return [] if url.startswith((base, "data:", "blob:")) else [url]


def _loud(message):
    return [message.text] if message.type in ("error", "warning") else []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", TEMPLATES)
def test_a_page_is_quiet_and_fits(engine, base, address, width, scheme):
    with opened(engine, base, address, width=width, scheme=scheme) as page:
        overflow = "document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(overflow) <= 0
        assert page.locator("body").get_attribute("data-md-color-scheme") == (
            "slate" if scheme == "dark" else "default"
        )
        assert "ni de l'Agence eSanté" in page.locator(".md-copyright").inner_text()
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)")
        content = [name for name in ids if not name.startswith("__")]
        assert len(content) == len(set(content))


def test_every_link_leads_somewhere(engine, base, site):
    anchors = {}
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        anchors[file] = set(re.findall(r'\b(?:id|name)="?([^"\s>]+)', text))
    broken = [
        (file.relative_to(site).as_posix(), target)
        for file in anchors
        if file.name != "404.html"
        for target in re.findall(r'\bhref="?([^"\s>]+)', file.read_text(encoding="utf-8"))
        if not _reaches(file, target, site, anchors)
    ]
    assert broken == []


def _reaches(file, target, site, anchors):
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return target.startswith("http://127.0.0.1:8000/")
    goal = (file.parent / parts.path).resolve() if parts.path else file
    goal = goal / "index.html" if goal.is_dir() else goal
    if not goal.is_file() or site.resolve() not in goal.resolve().parents:
        return False
    known = anchors.get(site / goal.relative_to(site.resolve()), set())
    return not parts.fragment or parts.fragment in known or goal.suffix != ".html"


def test_the_search_finds_a_finding_without_leaving_the_site(engine, base):
    with opened(engine, base, "") as page:
        page.locator(".md-search__input").click()
        # typed key by key, « XSD- » makes Material's query parser complain on the console
        page.locator(".md-search__input").fill("XSD-013")
        page.locator(".md-search__input").press("End")  # Material listens to keys, not to input
        found = page.locator(".md-search-result__link[href*='#xsd-013']")
        found.first.wait_for(state="attached")


def test_the_palette_can_be_changed(engine, base):
    with opened(engine, base, "") as page:
        page.get_by_title("Passer au mode sombre").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_a_link_into_a_folded_block_opens_it(engine, base):
    with opened(engine, base, "reference/provenance/") as page:
        assert page.locator("details").first.get_attribute("open") is None
        page.locator("details summary").first.click()
        assert page.locator("details").first.get_attribute("open") is not None


def test_the_notebook_and_its_numbers_are_on_the_page(engine, base):
    with opened(engine, base, "pid/sim/") as page:
        outputs = " ".join(page.locator(".nb-out").all_inner_texts())
        for expected in ("57.70", "50.78", "6.92", "SIM-001", "SoapFault"):
            assert expected in outputs
        button = page.get_by_role("link", name="Télécharger le carnet")
        with page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == "pid-sim.ipynb"
