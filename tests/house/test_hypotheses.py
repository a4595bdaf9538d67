"""Whatever is tagged as a hypothesis is listed, and the list says what replaces it."""

import re
from html import unescape

import pytest

from memhon import schemas
from memhon.site.assumed import TAG, assumed

APPINFO = re.compile(rb'source="urn:memhon:provenance">([^<]*)<')


@pytest.fixture(scope="module")
def sources():
    paths = (*schemas.paths(".xsd"), *schemas.paths(".wsdl"))
    return {path: schemas.source(path) for path in paths}


@pytest.fixture(scope="module")
def statements(catalogue, sources):
    return assumed(catalogue, sources, {})


@pytest.fixture(scope="module")
def page(built_site):
    file = built_site / "reference" / "hypotheses" / "index.html"
    return unescape(file.read_text(encoding="utf-8"))


def test_every_tag_of_the_schemas_is_found(statements, sources):
    for path, data in sources.items():
        tags = [tags for tags in APPINFO.findall(data) if TAG.encode() in tags.split()]
        found = [statement for statement in statements if statement.place == path]
        assert len(found) == len(tags), path


def test_every_tag_of_the_catalogue_is_found(statements, root):
    folder = root / "spec" / "memhon" / "catalogue"
    found = [s for s in statements if s.kind in ("liste", "code", "acte", "montant", "réglage")]
    written = [
        line
        for name in ("codelists", "tariffs", "profiles")
        for path in (folder / name).glob("*.toml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if f'"{TAG}"' in line
    ]
    assert len(found) == len(written)


def test_every_message_that_is_assumed_belongs_to_a_hypothesis(catalogue):
    covered = {place for entry in catalogue.hypotheses for place in entry.covers}
    messages = [message for exchange in catalogue.exchanges for message in exchange.messages]
    assumed_ones = {message.schema for message in messages if TAG in message.provenance}
    assert assumed_ones
    assert sorted(assumed_ones - covered) == []


def test_a_hypothesis_covers_what_exists(catalogue, statements):
    places = {statement.place for statement in statements}
    covered = {place for entry in catalogue.hypotheses for place in entry.covers}
    assert covered == places


def test_every_hypothesis_says_what_is_known_and_what_replaces_it(catalogue):
    for entry in catalogue.hypotheses:
        for text in (entry.statement, entry.known, entry.replaced_by):
            assert len(text) >= 30, (entry.id, text)
        assert entry.shown, entry.id


def test_everything_stands_on_the_page(catalogue, statements, page):
    assert [entry.id for entry in catalogue.hypotheses if f'id="{entry.id}"' not in page] == []
    missing = [s for s in statements if f"<code>{s.label}</code>" not in page]
    assert missing == []


def test_every_place_where_a_hypothesis_shows_exists(catalogue, built_site):
    broken = []
    for entry in catalogue.hypotheses:
        for address in entry.shown.values():
            path, _, anchor = address.partition("#")
            folder = path.removesuffix(".md").removesuffix("index")
            file = built_site / folder / "index.html"
            found = file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text("utf-8"))
            broken += [] if found else [address]
    assert broken == []
