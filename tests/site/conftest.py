"""Values for page functions, and the built site."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from memhon import schemas
from memhon.catalogue import Catalogue
from memhon.cli.describing import describe
from memhon.cli.main import parser
from memhon.sandbox import Server
from memhon.site.commands import Command
from memhon.site.composition import Material
from memhon.site.records import Recorded
from memhon.site.serving import site_app


@pytest.fixture(scope="session")
def record() -> Recorded:
    """A small recorded exchange."""
    return Recorded(
        exchange_id="pid-sim",
        name="minimal",
        path="/ws/soap/espinst/syncexchange",
        request_headers=(("Content-Type", "text/xml;charset=UTF-8"),),
        request=b"<a><b>1</b></a>",
        request_view="<a>\n  <b>1</b>\n</a>\n",
        status=200,
        response_headers=(("x-memhon-answer", "computed"),),
        response=b"<c/>",
        response_view="<c/>\n",
        correlation_id="Id-0123456789abcdef01234567",
        layers=("forme", "schéma"),
    )


@pytest.fixture(scope="session")
def commands() -> Command:
    """The command line as its parser declares it."""
    return describe(parser())


@pytest.fixture(scope="session")
def material(catalogue: Catalogue, record: Recorded, commands: Command) -> Material:
    """What the pages are made of, without notebooks and with one record."""
    outlines = {
        exchange.id: {
            str(message.direction): schemas.outline(message)
            for message in (exchange.request, exchange.response)
        }
        for exchange in catalogue.exchanges
    }
    return Material(catalogue, {}, (record,), outlines, commands)


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The folder of the built site; built here when nobody has done it before."""
    folder = root / "build" / "site"
    if not (folder / "index.html").is_file():
        environment = {**os.environ, "NO_COLOR": "1"}
        command = [sys.executable, "-m", "memhon", "site", "build"]
        subprocess.run(command, cwd=root, env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address at which the built site is served, with a slash at its end."""
    server = Server(site_app(site))
    server.start()
    yield f"{server.url}/"
    server.stop()


@pytest.fixture(scope="module")
def engine(chromium: str, chromium_arguments: list[str]) -> Iterator[Browser]:
    """A running browser; each test opens windows of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        yield browser
        browser.close()
