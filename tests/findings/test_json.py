"""The JSON document against its published schema, with reports of real messages."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from memhon.findings.formats import FORMATS, json_schema
from memhon.validation import validate

SCHEMA = json.loads(json_schema())


def _closed(node):
    """The schema with no room for a field that it does not name."""
    if isinstance(node, dict):
        closed = {name: _closed(part) for name, part in node.items()}
        return closed | ({"additionalProperties": False} if "properties" in node else {})
    return [_closed(part) for part in node] if isinstance(node, list) else node


STRICT = Draft202012Validator(_closed(copy.deepcopy(SCHEMA)))


def _document(reports, *args, **options):
    document = json.loads(FORMATS["json"](reports, *args, **options))
    STRICT.validate(document)
    return document


def test_the_schema_is_a_schema_and_describes_its_fields():
    Draft202012Validator.check_schema(SCHEMA)
    fields = SCHEMA["$defs"]["finding"]
    assert set(fields["required"]) == set(fields["properties"])


def test_one_shape_for_none_one_and_many(every):
    for reports in ([], every[:1], every):
        document = _document(reports)
        assert len(reports) == len(document["reports"])
        assert "urn:memhon:report:1" == document["schema"]
    assert document == _document(every, "fr", False)


def test_the_texts_follow_the_language(every):
    for lang in ("fr", "en"):
        document = _document(every, lang)
        assert lang == document["lang"]
        assert every[2].findings[0].text(lang) == document["reports"][2]["findings"][0]["text"]


def test_a_partial_run(every):
    counts = _document(every, planned=9)["summary"]
    assert (9, 7, False) == (counts["planned"], counts["judged"], counts["complete"])


def test_the_bytes_are_utf8_whatever_the_name_of_the_file(hostile):
    written = FORMATS["json"]([hostile])
    written.encode("utf-8")
    assert json.loads(written)["reports"][0]["source"].count("\\udcff") == 1


def test_real_reports_of_every_exchange(catalogue):
    examples = [
        example for entry in catalogue.exchanges for example in catalogue.examples(entry.id)
    ]
    good = [validate(example.data, source=example.name) for example in examples]
    cut = [validate(example.data[:-20], source=example.name) for example in examples]
    odd = [validate(data) for data in (b"", b"{}", b"<a/>", b"<a>" * 300, b"\x00", b"<!DOCTYPE a>")]
    document = _document([*good, *cut, *odd])
    assert {"valid": len(good), "invalid": len(cut) + 5, "undecided": 1} == document["summary"][
        "verdicts"
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "urn:memhon:report:2"),
        (("reports", 0, "verdict"), "fine"),
        (("reports", 2, "findings", 0, "line"), 0),
        (("reports", 2, "findings", 0, "id"), "13"),
        (("summary", "judged"), -1),
    ],
)
def test_the_schema_refuses(every, path, value):
    document = _document(every)
    *way, last = path
    node = document
    for step in way:
        node = node[step]
    node[last] = value
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(document)
