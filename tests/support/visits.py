"""One look at a page in a browser: what it asked for, what it said, what axe finds.

``visit`` opens an address and returns values; the tests compare them. ``opened`` hands out the
page itself to tests that click and type, and judges its noise when they leave it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

import npm

_AHEAD = 3
"""A page waits most of its time for the silence that ends its loading."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = """async tags => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: tags},
    resultTypes: ["violations"],
  });
  return found.violations.map(rule => [rule.id, rule.nodes.map(node => node.target.join(" "))]);
}"""
_TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}"""
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Variant:
    """A screen."""

    width: int = 1280
    """Pixels."""
    scheme: str = "light"
    """``light`` or ``dark``."""

    def __str__(self) -> str:
        """Give the name under which a failure is reported."""
        return f"{self.width} {self.scheme}"


VARIANTS = tuple(Variant(width, scheme) for width in (390, 1280) for scheme in ("light", "dark"))


@dataclass(slots=True)
class Noise:
    """What a page should not do."""

    foreign: list[str] = field(default_factory=list)
    """Requests that leave the site."""
    failed: list[str] = field(default_factory=list)
    """Requests of the site that it could not answer."""
    said: list[str] = field(default_factory=list)
    """Errors and warnings of the console."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it was found."""

    noise: Noise
    axe: list[Any]
    """Violated rules, each with the selectors of its nodes."""
    twice: list[str]
    """Ids that occur more than once."""
    overflow: int
    """Pixels by which the page is wider than the screen."""
    scheme: str
    """Palette in use, as the theme calls it."""
    notice: str
    """The line at the foot that says whose site this is."""


def visit(context: BrowserContext, base: str, address: str) -> Visit:
    """Open a page in a tab of its own and look at it."""
    return visit_all(context, base, [address])[address]


def visit_all(context: BrowserContext, base: str, addresses: Iterable[str]) -> dict[str, Visit]:
    """Look at pages one after the other, each in a tab of its own, while the next ones load."""
    found: dict[str, Visit] = {}
    loading: deque[tuple[str, Page, Noise]] = deque()
    for address in addresses:
        loading.append((address, *_begun(context, base, address)))
        if len(loading) > _AHEAD:
            _look(loading, found)
    while loading:
        _look(loading, found)
    return found


def _begun(context: BrowserContext, base: str, address: str) -> tuple[Page, Noise]:
    page = context.new_page()
    noise = _listen(page, base)
    page.goto(urljoin(base, address), wait_until="commit")
    return page, noise


def _look(loading: deque[tuple[str, Page, Noise]], found: dict[str, Visit]) -> None:
    address, page, noise = loading.popleft()
    with page:
        page.wait_for_load_state("networkidle")
        found[address] = Visit(
            noise=noise,
            axe=violations(page),
            twice=page.evaluate(_TWICE),
            overflow=overflow(page),
            scheme=page.locator("body").get_attribute("data-md-color-scheme") or "",
            notice=page.locator(".md-copyright").inner_text(),
        )


def violations(page: Page) -> list[Any]:
    """Give the rules that axe finds violated on a page as it is, with the selectors."""
    page.evaluate(_axe_source())
    found: list[Any] = page.evaluate(_AXE, _TAGS)
    return found


def overflow(page: Page) -> int:
    """Give the pixels by which a page is wider than the screen."""
    return int(page.evaluate(_OVERFLOW))


@contextmanager
def screen(browser: Browser, variant: Variant) -> Iterator[BrowserContext]:
    """Open a window of that size and palette; its tabs share a cache, as a reader's do."""
    size = {"width": variant.width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=variant.scheme)  # type: ignore[arg-type]
    with context:
        yield context


@contextmanager
def opened(
    browser: Browser, base: str, address: str, variant: Variant = Variant(), **settings: Any
) -> Iterator[Page]:
    """Open a page; on leaving, its foreign requests and its noise on the console are judged."""
    size = {"width": variant.width, "height": 900}
    scheme: Any = variant.scheme
    with browser.new_context(viewport=size, color_scheme=scheme, **settings) as context:
        page = context.new_page()
        noise = _listen(page, base)
        page.goto(urljoin(base, address), wait_until="networkidle")
        yield page
    assert Noise() == noise


def _listen(page: Page, base: str) -> Noise:
    noise = Noise()

    def _request(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            noise.foreign.append(request.url)

    def _said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            noise.said.append(message.text)

    page.on("request", _request)
    page.on("requestfailed", lambda request: noise.failed.append(request.url))
    page.on("console", _said)
    page.on("pageerror", lambda error: noise.said.append(str(error)))
    return noise


@cache
def _axe_source() -> str:
    return (npm.fetched("axe-core").modules / "axe-core" / "axe.min.js").read_text("utf-8")
