"""The page « Bac à sable et systèmes réels » shows every entry and everything that it covers."""

import re

import pytest

from memhon.catalogue import Verdict
from memhon.site.composition import generated
from memhon.site.parity_page import PAGE, parity_anchor, parity_page


@pytest.fixture(scope="module")
def text(catalogue):
    return parity_page(catalogue).text


def test_every_entry_stands_once_with_its_verdict_and_a_source(catalogue, text):
    lines = {
        re.search('id="(parite-[^"]+)"', line)[1]: line
        for line in text.splitlines()
        if "parite-" in line
    }
    assert [parity_anchor(entry) for entry in catalogue.parity] == list(lines)
    words = {
        Verdict.SAME: "identique",
        Verdict.DIFFERENT: "différent",
        Verdict.UNKNOWN: "inconnu",
    }
    for entry in catalogue.parity:
        line = lines[parity_anchor(entry)]
        assert f">{words[entry.verdict]}</span>" in line
        assert len(entry.provenance) == line.count("#source-")
        assert len(entry.covers) == line.count("<a href=")


def test_every_anomaly_fault_transition_rule_and_setting_appears(catalogue, text):
    for place in catalogue.comparable:
        kind, _, name = place.partition("/")
        last = name.rpartition("/")[2]
        shown = f">{last}</a>" if kind == "findings" else f"><code>{last}</code></a>"
        if kind == "exchanges":
            shown = f"../../{name.replace('-', '/', 1)}/"
        if kind == "codelists":
            shown = f'href="../codes/#{last}">'
        assert shown in text, place


def test_the_summary_counts_every_entry(catalogue, text):
    totals = re.search(r"\*\*Total\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\*", text)
    assert len(catalogue.parity) == sum(int(total) for total in totals.groups())


def test_every_link_of_the_page_has_its_target(catalogue, material, text):
    pages = {page.address: page.text for page in generated(material, ())}
    assert PAGE in pages
    for href in set(re.findall(r'<a href="\.\./([^"#]+)/#([^"]+)"', text)):
        folder, anchor = href
        address = f"reference/{folder}.md" if not folder.startswith("../") else f"{folder[3:]}.md"
        assert f'id="{anchor}"' in pages[address] or f"#{anchor} }}" in pages[address], href
