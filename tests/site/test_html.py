"""Every page of the built site is valid HTML, but for two known slips of the theme."""

import re

import pytest

from markup_check import complaints

THEME = (
    r"valid-autocomplete #__(?:drawer|search): autocomplete attribute cannot be used on .*",
    r'attribute-allowed-values #__nav_[\d_]+_label: Attribute "tabindex" has invalid value ""',
)
"""What Material writes itself on every page; nothing of ours stands in these elements."""


@pytest.fixture(scope="module")
def told(site):
    return complaints(sorted(site.rglob("*.html")))


def test_what_we_write_is_valid(told):
    ours = {
        file: found
        for file, messages in told.items()
        if (found := [m for m in messages if not any(re.fullmatch(t, m) for t in THEME)])
    }
    assert {} == ours


def test_every_page_was_judged_and_the_known_slips_are_still_there(told, site):
    messages = {message for found in told.values() for message in found}
    seen = [any(re.fullmatch(known, message) for message in messages) for known in THEME]
    assert seen == [True] * len(THEME)
    assert {str(path) for path in site.rglob("*.html")} == set(told)


def test_a_fault_is_found(tmp_path):
    page = tmp_path / "page.html"
    head = '<!doctype html><html lang="fr"><head><title>a</title></head>'
    page.write_text(f'{head}<body><p id="a">b<div id="a"></p></body></html>')
    assert {"close-order", "no-dup-id"} <= {
        message.split(" ")[0] for message in complaints([page])[str(page)]
    }
