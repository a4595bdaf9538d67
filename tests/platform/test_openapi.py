"""The OpenAPI document tells of every request that is answered, and of nothing else."""

import http.client
import json

import pytest

from memhon.catalogue import api_words, load
from memhon.local import Sandbox
from memhon.platform import BASE, LOGIN, OPERATIONS
from memhon.platform.handover import HANDOVER
from memhon.platform.openapi import PATH, described, document
from memhon.store import DocumentStatus


@pytest.fixture(scope="module")
def told():
    return described()


def _requests(told):
    return {(method.upper(), path) for path, own in told["paths"].items() for method in own}


def test_paths_and_methods_are_those_of_the_table(told):
    table = {(operation.method, BASE + operation.path) for operation in OPERATIONS}
    ours = {("POST", LOGIN), ("POST", HANDOVER), ("GET", HANDOVER)}
    assert table | ours == _requests(told)
    assert len(table) == len(OPERATIONS)


def test_what_is_ours_stands_apart(told):
    for path, own in told["paths"].items():
        for request in own.values():
            assert (request["tags"] == ["sandbox"]) == path.startswith("/_sandbox/")
    (words,) = [tag["description"] for tag in told["tags"] if tag["name"] == "sandbox"]
    assert words.startswith("Hypothèse du bac à sable")


def test_every_reference_tag_and_schema_is_used_and_there(told):
    text = json.dumps(told)
    for name in told["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, name
    used = {tag for own in told["paths"].values() for each in own.values() for tag in each["tags"]}
    assert {tag["name"] for tag in told["tags"]} == used
    assert text.count('"#/components/schemas/') == sum(
        text.count(f'"#/components/schemas/{name}"') for name in told["components"]["schemas"]
    )


def test_every_identifier_is_used_once(told):
    found = [each["operationId"] for own in told["paths"].values() for each in own.values()]
    assert sorted(set(found)) == sorted(found)


def test_statuses_and_types_are_those_of_code_and_catalogue():
    words = api_words("platform")
    status = words.schemas["Document"]["properties"]["status"]["enum"]
    assert [each.value for each in DocumentStatus] == status
    codes = [code.value for code in load().code_list("types-consentement").codes]
    for name in ("Consent", "NewConsent"):
        assert codes == words.schemas[name]["properties"]["type"]["enum"]


def test_every_text_is_there_and_says_its_source():
    words = api_words("platform")
    for name, made in words.schemas.items():
        assert made["provenance"], name
        assert "hypothese" in made["provenance"] or name == "Document"
        assert set(made["required"]) <= set(made["properties"])
        assert all(each["description"] for each in made["properties"].values())


def test_it_is_served_without_a_token():
    with Sandbox(desk_port=0) as sandbox:
        port = int(sandbox.desk_url.rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", PATH)
        answer = connection.getresponse()
        assert (200, "application/json") == (answer.status, answer.getheader("Content-Type"))
        assert document() == answer.read()
        connection.close()
