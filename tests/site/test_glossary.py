"""Every term of the glossary has an address of its own and names its source."""

import re

import pytest

TERM = re.compile(r"^## ([^\n]+) \{ #([a-z-]+) \}\n\n(.+?)(?=\n\n## |\Z)", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def text(root):
    return (root / "docs" / "demarrer" / "glossaire.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def terms(text):
    return TERM.findall(text)


def test_every_term_has_an_address_of_its_own(terms, text):
    ids = [identifier for _, identifier, _ in terms]
    assert len(ids) == len(set(ids)) == text.count("\n## ")


def test_every_term_names_its_source(terms):
    assert [name for name, _, meaning in terms if "Source :" not in " ".join(meaning.split())] == []


def test_links_within_the_page_have_their_target(terms, text):
    ids = {identifier for _, identifier, _ in terms}
    assert set(re.findall(r"\]\(#([a-z-]+)\)", text)) <= ids


def test_terms_stand_in_alphabetical_order(terms):
    plain = [name.lower().translate(str.maketrans("éè", "ee")) for name, _, _ in terms]
    assert sorted(plain) == plain
