"""The search in a real browser: typed key by key, and every name that the project knows."""

import shutil
from urllib.parse import urljoin

import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect, sync_playwright

from memhon.errors import MemhonError
from memhon.findings import make
from memhon.sandbox import Server
from memhon.site.families import address_of
from memhon.site.folding import INDEX, LANGUAGE, SUPPORT, fold
from memhon.site.serving import site_app
from searching import QUERIES, Search

FIRST = 8
"""A page further down is as good as not found."""


@pytest.fixture(scope="module")
def opened(site, chromium, chromium_arguments):
    """An open page of the site and what was heard on its console."""
    server = Server(site_app(site))
    server.start()
    heard: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        page = browser.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(f"{server.url}/", wait_until="networkidle")
        yield page, heard
        browser.close()
    server.stop()


@pytest.fixture(scope="module")
def page(opened):
    return opened[0]


@pytest.fixture(scope="module")
def search(page):
    return Search(page)


@pytest.fixture(scope="module")
def answers(search, catalogue, material):
    """The answers to every name that the project knows, by what is asked."""
    names = {
        row.name
        for outlines in material.outlines.values()
        for outline in outlines.values()
        for row in outline.rows
    }
    uids = [exchange.model_uid for exchange in catalogue.exchanges]
    return {answer.query: answer for answer in search.ask([*catalogue.findings, *names, *uids])}


@pytest.mark.browser
@pytest.mark.slow
def test_what_is_typed_finds_its_page(opened):
    page, heard = opened
    field = page.locator(".md-search__input")
    field.click()
    missed = []
    for query, expected in QUERIES:
        field.press("Control+A")
        field.press("Backspace")
        expect(page.locator(".md-search-result__item")).to_have_count(0)
        field.press_sequentially(query)
        try:
            page.wait_for_function(_SHOWN, arg=[urljoin(page.url, expected), FIRST], timeout=5000)
        except TooLate:
            missed.append((query, expected))
    page.keyboard.press("Escape")
    assert (missed, heard) == ([], [])


@pytest.mark.browser
def test_every_finding_leads_to_its_own_section_first(catalogue, answers):
    first = {name: answers[name].sections[:1] for name in catalogue.findings}
    assert first == {name: [make(name).page] for name in catalogue.findings}


@pytest.mark.browser
def test_every_element_and_every_service_is_found(answers):
    assert [query for query, answer in answers.items() if not answer.pages] == []


@pytest.mark.browser
def test_every_service_is_found_by_its_name_on_the_wire(catalogue, answers):
    for exchange in catalogue.exchanges:
        page = address_of(exchange).removesuffix(".md") + "/"
        pages = [sections[0].partition("#")[0] for sections in answers[exchange.model_uid].pages]
        assert page in pages[:FIRST], exchange.id


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("Les médecins généralistes", ("medecin", "MÉDECIN", "médecins", "généraliste", "general")),
        ("Un acte à 45.10 EUR", ("45.10", "45,10", "45.1", "45")),
        ("Un acte à 45,10&nbsp;€.", ("45.10", "45,10", "45,10 €")),
        ("Jusqu'à l'annulation d’une œuvre", ("annulation", "œuvre", "oeuvres", "une œuvre")),
        ("<code>identifiantExternePrestation</code>", ("identifiant externe", "prestation")),
        ("Le paiement immédiat", ("immediate", "IMMÉDIATS", "paiements immédiats", "payement im")),
        ("cns:acte/cns:lieu &amp; soap:Client.x", ("cns:acte", "/cns:acte/", "client", "lieu & x")),
        ("2022_CNS_MEMHON_ANNUL-V1.xsd", ("annul", "ANNUL-V1", "2022_CNS", "memhon-annul")),
        ("données en base64", ("base 64", "base64", "bases", "base-64")),
        ("l'installation du logiciel", ("installer", "comment installer", "logiciels installés")),
        (
            "XSD-013",
            ("XSD-", "XSD-0", "+XSD", "xsd~", "xsd^", "-xsd", '"XSD 013', "title:xsd", "*"),
        ),
    ],
)
def test_a_word_is_found_in_each_way_it_is_written(page, text, queries):
    search = Search(page)
    search.fill(
        [
            {"location": "here/", "title": "Page", "text": f"<p>{text}</p>"},
            {"location": "there/", "title": "Autre", "text": "<p>sans rapport</p>"},
        ]
    )
    found = {answer.query: answer.sections for answer in search.ask(queries)}
    assert found == {query: [] if query == "*" else ["here/"] for query in queries}


@pytest.mark.browser
def test_a_section_with_all_words_stands_before_a_title_with_one(page):
    search = Search(page)
    search.fill(
        [
            {"location": "one/", "title": "Simulation", "text": "<p>rien</p>"},
            {"location": "both/", "title": "Autre", "text": "<p>réponse de la simulation</p>"},
        ]
    )
    (answer,) = search.ask(["réponse de la simulation"])
    assert answer.sections == ["both/", "one/"]


@pytest.fixture
def copied(site, tmp_path):
    """The files of the search, as the theme brings them."""
    names = [INDEX, LANGUAGE, SUPPORT]
    names += [path.relative_to(site).as_posix() for path in site.rglob("search.*.min.js")]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / name, tmp_path / name)
    return tmp_path


def test_the_script_is_added_once(copied):
    once = (copied / LANGUAGE).read_bytes()
    fold(copied)
    assert once.count(b'"fold-fr"') == 1
    assert (copied / LANGUAGE).read_bytes() == once


def test_another_search_of_the_theme_is_refused(copied):
    (script,) = copied.rglob("search.*.min.js")
    script.write_text(script.read_text(encoding="utf-8").replace("new lunr.QueryParser(", "x("))
    with pytest.raises(MemhonError, match=r"introuvable : new lunr\.QueryParser"):
        fold(copied)


def test_a_missing_part_of_the_theme_is_named(copied):
    (copied / SUPPORT).unlink()
    with pytest.raises(MemhonError, match="stemmer"):
        fold(copied)


def test_another_language_is_refused(copied):
    index = copied / INDEX
    index.write_text(index.read_text(encoding="utf-8").replace('"lang":["fr"]', '"lang":["en"]'))
    with pytest.raises(MemhonError, match="langue"):
        fold(copied)


_SHOWN = """([expected, most]) => [...document.querySelectorAll(".md-search-result__item")]
  .slice(0, most)
  .flatMap(item => [...item.querySelectorAll("a")])
  .map(link => link.href.replace(/[?]h=[^#]*/, ""))
  .some(href => href === expected || (!expected.includes("#") && href.split("#")[0] === expected))
"""
