"""The search of the built site, typed in a browser."""

import pytest

from visits import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_search_finds_a_finding_without_leaving_the_site(engine, base):
    with opened(engine, base, "") as page:
        page.locator(".md-search__input").click()
        # typed key by key, « XSD- » makes Material's query parser complain on the console
        page.locator(".md-search__input").fill("XSD-013")
        page.locator(".md-search__input").press("End")  # Material listens to keys, not to input
        found = page.locator(".md-search-result__link[href*='#xsd-013']")
        found.first.wait_for(state="attached")
