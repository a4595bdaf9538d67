"""What a reader loads for the page of an exchange, compressed."""

import gzip
import re

import pytest

KILOBYTE = 1000


@pytest.fixture(scope="module")
def weights(site, catalogue):
    """Compressed bytes of each exchange page: its HTML, and the styles and scripts it names."""
    found = {}
    for exchange in catalogue.exchanges:
        folder = site / exchange.id.replace("-", "/", 1)
        page = (folder / "index.html").read_text(encoding="utf-8")
        links = re.findall(r'<link rel="?stylesheet"? href="?([^"\s>]+)', page)
        links += re.findall(r'<script src="?([^"\s>]+)', page)
        files = {(folder / link).resolve() for link in links}
        assert len(files) >= 4
        found[exchange.id] = _size(page.encode()), sum(_size(file.read_bytes()) for file in files)
    return found


def test_the_html_of_every_exchange_page_is_small(weights):
    heavy = {name: html for name, (html, _) in weights.items() if html > 60 * KILOBYTE}
    assert {} == heavy


def test_a_whole_exchange_page_is_small(weights):
    whole = {name: html + rest for name, (html, rest) in weights.items()}
    assert {} == {name: size for name, size in whole.items() if size > 120 * KILOBYTE}


def _size(data):
    return len(gzip.compress(data, 9))
