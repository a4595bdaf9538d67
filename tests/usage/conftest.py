"""A browser for the page of a report."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="module")
def engine(chromium: str, chromium_arguments: list[str]) -> Iterator[Browser]:
    """A running browser; each test opens windows of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        yield browser
        browser.close()
