"""Values for page functions, and the built site."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from memhon import schemas
from memhon.catalogue import Catalogue
from memhon.cli.describing import describe
from memhon.cli.main import parser
from memhon.site.commands import Command
from memhon.site.composition import Material
from memhon.site.records import Recorded


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
