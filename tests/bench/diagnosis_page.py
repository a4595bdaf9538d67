"""Seconds from an empty browser to the first answer of the diagnosis page: ``make bench``.

The site has to be built; the best of five windows counts, each without anything kept.
"""

import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "support"))

import browser  # noqa: E402

SECONDS = 2.0
WINDOWS = 5


class Quiet(SimpleHTTPRequestHandler):
    """Serves the site; says nothing."""

    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def first_answer(engine: Browser, address: str) -> float:
    """Seconds from the address to the diagnosis of the first example."""
    with engine.new_context() as fresh, fresh.new_page() as page:
        start = time.perf_counter()
        page.goto(address)
        page.locator("#diagnostic-app").wait_for(state="visible")
        page.locator("#diagnostic-examples button").first.click()
        expect(page.locator("#diagnostic-results")).to_have_attribute("aria-busy", "false")
        return time.perf_counter() - start


def main() -> int:
    """Measure and judge.

    Returns:
        1 when the goal is missed.
    """
    site = ROOT / "build" / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/securite/diagnostic/"
    with sync_playwright() as play:
        arguments = list(browser.ARGUMENTS)
        engine = play.chromium.launch(executable_path=browser.find(), args=arguments)
        best = min(first_answer(engine, address) for _ in range(WINDOWS))
        engine.close()
    server.shutdown()
    print(f"diagnosis page, first answer from nothing: {best:.2f} s (at most {SECONDS:g} s)")
    return int(best > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
