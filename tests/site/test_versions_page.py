"""Every message stands on the page of versions, with the file that rules it."""

import hashlib
import re

import pytest

from memhon import schemas
from memhon.site.addresses import aliases, schema_page
from memhon.site.versions_page import version_of, versions_page


@pytest.fixture(scope="module")
def sources():
    return {
        path: schemas.source(path) for path in (*schemas.paths(".xsd"), *schemas.paths(".wsdl"))
    }


@pytest.fixture(scope="module")
def names(catalogue):
    return aliases(catalogue.exchanges, schemas.paths(".xsd"))


def test_every_file_is_listed_once_with_its_digest(catalogue, sources, names):
    text = versions_page(catalogue.exchanges, sources, names, ()).text
    digests = re.findall(r"<code>([0-9a-f]{64})</code>", text)
    assert sorted(digests) == sorted(hashlib.sha256(data).hexdigest() for data in sources.values())


def test_every_message_is_listed_with_root_and_namespace(catalogue, sources, names):
    text = versions_page(catalogue.exchanges, sources, names, ()).text
    for exchange in catalogue.exchanges:
        for message in exchange.messages:
            row = next(line for line in text.splitlines() if f">{message.schema}</a>" in line)
            assert f"<code>{message.root}</code>" in row
            assert f"<code>{message.namespace}</code>" in row
            assert f"version {message.version}, courante" in row
            assert f"état du {message.since.isoformat()}" in row


def test_the_types_are_linked_where_they_have_a_page(catalogue, sources, names):
    path = catalogue.exchange("pid-sim").request.schema
    known = {schema_page(names[path])}
    text = versions_page(catalogue.exchanges, sources, names, known).text
    assert text.count("types et éléments</a>") == 1
    assert f'href="../reference/types/{names[path]}/"' in text


def test_a_version_is_read_from_the_schema_and_not_from_the_declaration():
    head = b'<?xml version="1.0"?><xs:schema\n targetNamespace="a"\n version="memhon-2">'
    assert version_of(head) == "memhon-2"
    assert version_of(b'<?xml version="1.0"?><xs:schema targetNamespace="a">') == ""
