"""Reading with a keyboard, without motion, in the other palette; copying and downloading."""

from urllib.parse import urljoin

import pytest

from visits import Variant, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLIPBOARD = ["clipboard-read", "clipboard-write"]
FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  return {
    text: (node.textContent || "").trim(), tag: node.tagName, class: node.className,
    seen: node.getClientRects().length > 0,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].flatMap(node =>
  [null, "::before", "::after"].map(part => getComputedStyle(node, part)).filter(style =>
    (style.transitionDuration + "," + style.animationDuration).split(",").some(
      seconds => parseFloat(seconds) > 0))).length"""


def _tab_to(page, wanted, limit=60):
    """Press Tab until the focused element is the one wanted; give the elements on the way."""
    way = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        way.append(page.evaluate(FOCUSED))
        if wanted(way[-1]):
            return way
    raise AssertionError([(step["tag"], step["class"], step["text"][:40]) for step in way])


def test_the_palette_can_be_changed(engine, base):
    with opened(engine, base, "") as page:
        page.get_by_title("Passer au mode sombre").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.reload()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_the_first_stop_of_the_keyboard_skips_to_the_content(engine, base):
    with opened(engine, base, "pid/sim/") as page:
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert ("md-skip" in focused["class"].split(), focused["seen"]) == (True, True)
        page.keyboard.press("Enter")
        first = page.locator("article h1").get_attribute("id")
        assert page.evaluate("location.hash") == f"#{first}"


def test_the_search_is_reached_and_used_by_keyboard(engine, base):
    with opened(engine, base, "") as page:
        _tab_to(page, lambda step: "md-search__input" in step["class"])
        page.keyboard.type("simulation")
        page.locator(".md-search-result__link").first.wait_for(state="visible")
        for _ in range(20):
            # answers to the last letters may still replace the list, and the focus with it
            page.keyboard.press("ArrowDown")
            if "md-search-result__link" in page.evaluate(FOCUSED)["class"]:
                break
            page.wait_for_timeout(100)
        assert "md-search-result__link" in page.evaluate(FOCUSED)["class"]
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != base)
        assert "simulation" in page.locator("article").inner_text().lower()


def test_a_folded_block_is_reached_by_keyboard_and_opens(engine, base):
    with opened(engine, base, "pid/sim/") as page:
        way = _tab_to(page, lambda step: step["tag"] == "SUMMARY", limit=300)
        # a text field shows its caret instead
        hidden = [s for s in way if s["seen"] and not s["outline"] and s["tag"] != "INPUT"]
        assert hidden == []
        is_open = "document.activeElement.parentElement.open"
        before = page.evaluate(is_open)
        page.keyboard.press("Enter")
        assert page.evaluate(is_open) is not before


def test_nothing_moves_for_those_who_asked_for_stillness(engine, base):
    with opened(engine, base, "pid/sim/", reduced_motion="reduce") as page:
        assert page.evaluate(MOVING) == 0
    with opened(engine, base, "pid/sim/") as page:
        assert page.evaluate(MOVING) > 0


def test_code_is_copied_as_it_stands(engine, base):
    with opened(engine, base, "pid/sim/", permissions=CLIPBOARD) as page:
        block = page.locator("article .highlight:has(> pre, .md-code__nav)").first
        block.scroll_into_view_if_needed()
        block.hover()
        block.locator("button[data-md-type='copy'], .md-clipboard").first.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == block.locator("code").first.inner_text().strip()
        assert len(copied) > 20


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_the_page_is_readable(engine, base, scheme):
    settings = {"java_script_enabled": False}
    with opened(engine, base, "pid/sim/", Variant(390, scheme), **settings) as page:
        assert page.locator("article h1").is_visible()
        page.locator("article details:not([open]) > summary").first.click()
        assert page.locator("article details[open]").count() > 0


def test_an_unknown_address_says_so_and_leads_home(engine, base):
    with engine.new_context() as context:
        page = context.new_page()
        answer = page.goto(urljoin(base, "nulle/part/"))
        assert answer.status == 404
        home = page.locator("a.md-logo").first.get_attribute("href")
        assert urljoin(page.url, home) == base
