"""Every link, anchor and file of the built site leads somewhere inside it."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

HOME = "http://127.0.0.1:8000/"
"""The address that the settings give to the site; canonical links use it."""
POINTING = {"href", "src", "data", "poster"}


class _Reader(HTMLParser):
    """Collects what a page points to and what can be pointed to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in POINTING:
                self.targets.append(value or "")
            elif name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value or "")


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, _Reader]:
    found = {}
    for file in sorted(site.rglob("*.html")):
        reader = _Reader()
        reader.feed(file.read_text(encoding="utf-8"))
        found[file.relative_to(site)] = reader
    return found


def test_every_link_leads_somewhere(site, pages):
    broken = [
        (file.as_posix(), target)
        for file, reader in pages.items()
        for target in reader.targets
        if not _reaches(_address(file), target, site, pages)
    ]
    assert broken == []
    assert sum(len(reader.targets) for reader in pages.values()) > 1000


@pytest.mark.parametrize(
    "target",
    ["../nowhere/", "#nothing", "../pid/sim/#nothing", "https://elsewhere.invalid/", "../sim"],
)
def test_a_broken_link_is_seen(site, pages, target):
    assert not _reaches("ra/depot/", target, site, pages)


def _address(file: Path) -> str:
    """Give the address under which a page is read; « absent » stands for any address."""
    return file.as_posix().removesuffix("index.html")


def _reaches(here, target, site, pages) -> bool:
    parts = urlsplit(urljoin(f"{HOME}{here}", target))
    if f"{parts.scheme}://{parts.netloc}/" != HOME:
        return parts.scheme in {"data", "mailto"}
    path = unquote(parts.path).lstrip("/")
    # A folder without its slash costs a redirection and is not found when opened from the disk.
    goal = Path(path, "index.html") if not path or path.endswith("/") else Path(path)
    if not (site / goal).is_file():
        return False
    anchor = unquote(parts.fragment)
    return not anchor or goal not in pages or anchor in pages[goal].anchors
