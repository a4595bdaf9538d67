"""catalogue.json: in the shape of its schema, complete, and linked to the pages."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from memhon import __version__, schemas
from memhon.site.catalogue_json import SHAPE, catalogue_json, catalogue_schema
from memhon.site.provenance import SOURCES


@pytest.fixture(scope="module")
def data(catalogue, material):
    return catalogue_json(catalogue, material.outlines, __version__)


@pytest.fixture(scope="module")
def document(data):
    return json.loads(data)


@pytest.fixture(scope="module")
def shape():
    found = json.loads(catalogue_schema())
    Draft202012Validator.check_schema(found)
    return found


def test_the_document_has_the_published_shape(document, shape):
    errors = [
        f"{list(e.path)}: {e.message}" for e in Draft202012Validator(shape).iter_errors(document)
    ]
    assert errors == []
    assert shape["$id"] == shape["properties"]["schema"]["const"] == document["schema"] == SHAPE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.pop("notice"),
        lambda found: found.update(schema="urn:memhon:catalogue:2"),
        lambda found: found["exchanges"][0].update(state="dead"),
        lambda found: found["exchanges"][0]["messages"][0]["elements"][0].update(minimum="1"),
        lambda found: found["exchanges"][0]["messages"][0]["elements"][0].update(page="/x/"),
        lambda found: found["findings"][0]["texts"].pop("en"),
        lambda found: found["lifecycles"][0]["transitions"][0].pop("condition"),
        lambda found: found["tariffs"][0]["periods"][0].update(amount=57.7),
        lambda found: found["code_lists"][0]["codes"][0].update(provenance=["Z"]),
    ],
)
def test_another_shape_is_refused(data, shape, spoil):
    found = json.loads(data)
    spoil(found)
    assert list(Draft202012Validator(shape).iter_errors(found)) != []


def test_every_field_of_the_document_is_described(document, shape):
    messages = [message for entry in document["exchanges"] for message in entry["messages"]]
    for name, values in (
        ("exchange", document["exchanges"]),
        ("message", messages),
        ("element", [element for message in messages for element in message["elements"]]),
        ("codeList", document["code_lists"]),
        ("finding", document["findings"]),
        ("tariff", document["tariffs"]),
        ("profile", document["profiles"]),
        ("lifecycle", document["lifecycles"]),
        ("event", [one for life in document["lifecycles"] for one in life["events"]]),
        ("transition", [one for life in document["lifecycles"] for one in life["transitions"]]),
    ):
        fields = {field for value in values for field in value}
        assert fields - set(shape["$defs"][name]["properties"]) == set(), name


def test_it_is_complete(catalogue, material, document):
    assert [entry["id"] for entry in document["exchanges"]] == [e.id for e in catalogue.exchanges]
    for entry in document["exchanges"]:
        for message in entry["messages"]:
            rows = material.outlines[entry["id"]][message["direction"]].rows
            assert [e["path"] for e in message["elements"]] == [row.path for row in rows]
    assert [one["id"] for one in document["findings"]] == list(catalogue.findings)
    assert [one["id"] for one in document["lifecycles"]] == list(catalogue.lifecycles)
    assert [one["code"] for one in document["tariffs"]] == list(catalogue.tariffs)
    assert [one["tag"] for one in document["sources"]] == [source.tag for source in SOURCES]
    assert {len(one["codes"]) for one in document["code_lists"]} == {
        len(one.codes) for one in catalogue.code_lists
    }


def test_every_tag_is_explained(document, data):
    tags = set(re.findall(r'"provenance": \[\s*([^\]]*)\]', data.decode()))
    cited = {tag.strip().strip('"') for group in tags for tag in group.split(",") if tag.strip()}
    assert cited <= {source["tag"] for source in document["sources"]} | {"?"}


def test_every_page_that_it_names_is_in_the_site(document, site):
    found = re.findall(r'"(?:page|definition)": "([^"]+)"', json.dumps(document))
    assert len(found) > len(document["findings"])
    texts = {}
    missing = []
    for address in sorted(set(found)):
        page, _, anchor = address.partition("#")
        path = site / page / "index.html"
        texts.setdefault(path, path.read_text(encoding="utf-8"))
        if anchor and f'id="{anchor}"' not in texts[path]:
            missing.append(address)
    assert missing == []


def test_the_site_offers_these_very_bytes(data, site):
    folder = site / "telechargements"
    assert (folder / "catalogue.json").read_bytes() == data
    assert (folder / "catalogue.schema.json").read_bytes() == catalogue_schema()


def test_every_schema_that_it_names_can_be_downloaded(document, site):
    named = {m["schema"] for entry in document["exchanges"] for m in entry["messages"]}
    assert named <= set(schemas.paths(".xsd"))
    folder = site / "telechargements" / "schemas"
    assert [name for name in sorted(named) if not (folder / name).is_file()] == []
