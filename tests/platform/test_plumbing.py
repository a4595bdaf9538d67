"""Addresses, methods, parameters and bodies, before any operation has its say."""

import contextlib
import http.client
import re
import socket

import pytest

from memhon.platform import BASE, FORMATS, OPERATIONS, create_platform
from memhon.platform.http import BODY_BYTES, ZIP_BYTES, Api
from memhon.sandbox import Server
from platform_desk import OTHER_PRACTICE, PATIENT, PRACTICE, archive, uuid

LIST = f"/practitioner/{PRACTICE}/documents"
VALUES = {"eHealthId": PRACTICE, "ssn": PATIENT, "idDocument": uuid()}


def address(operation):
    """Its path with values in their form."""
    return re.sub(r"\{(\w+)\}", lambda name: VALUES[name[1]], operation.path)


MINE = [operation for operation in OPERATIONS if "document" in operation.path]
"""Those whose values the tests know."""


def test_the_table_has_every_request_of_the_published_description():
    assert {
        "POST /practitioner/{eHealthId}/person/{ssn}/document",
        "PATCH /practitioner/{eHealthId}/person/{ssn}/document/{idDocument}",
        "GET /practitioner/{eHealthId}/person/{ssn}/document/{idDocument}",
        "GET /practitioner/{eHealthId}/documents",
        "GET /person/{ssn}/documents",
        "GET /person/{ssn}/document/{idDocument}",
        "GET /person/{ssn}/document/{idDocument}/pdf",
        "PUT /person/{ssn}/document/{idDocument}",
    } == {f"{each.method} {each.path}" for each in MINE}


def test_every_value_of_a_path_has_a_form():
    named = {name for each in OPERATIONS for name in re.findall(r"\{(\w+)\}", each.path)}
    assert named <= set(FORMATS)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/document",
        "/documents",
        LIST + "/",
        "/" + LIST,
        f"/practitioner/{PRACTICE}",
        "/practitioner//documents",
        f"/Practitioner/{PRACTICE}/documents",
        f"/person/{PATIENT}/document/{uuid()}/pdf/",
        f"/person/{PATIENT}/document/{uuid()}/xml",
        f"/person/{PATIENT}%2Fdocuments%2F..",
        "/../_sandbox/clock",
        "/openapi.json.exe",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address(desk, method, path):
    value = desk.refused(404, "PLA-013", "practice", method, path)
    assert PATIENT not in str(value)


@pytest.mark.parametrize("operation", MINE, ids=lambda each: each.action)
def test_a_method_that_an_address_does_not_have(desk, operation):
    there = address(operation)
    offered = {each.method for each in OPERATIONS if each.path == operation.path}
    offered |= {"HEAD"} if "GET" in offered else set()
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - offered:
        desk.refused(405, "PLA-014", "practice", method, there)
        allow = desk.call("practice", method, there)[2]["allow"]
        assert offered == set(allow.split(", "))


@pytest.mark.parametrize("operation", MINE, ids=lambda each: each.action)
def test_a_value_of_an_address_that_does_not_have_its_form(desk, operation):
    for name in re.findall(r"\{(\w+)\}", operation.path):
        own = VALUES[name]
        for wrong in (own[1:], own + "0", own[:-1] + "x", own[:-1] + "%20", own[:-1] + "%D9%A3"):
            path = address(operation).replace(own, wrong)
            value = desk.refused(400, "PLA-012", "practice", operation.method, path)
            assert name in value["message"]
            assert own[1:-1] not in str(value)


def test_an_identifier_may_be_in_capitals(desk):
    identifier = desk.deposited()
    status, value, _ = desk.call("practice", "GET", f"{desk.own}/{identifier.upper()}")
    assert (200, identifier) == (status, value["uuid"])


@pytest.mark.parametrize(
    ("query", "element"),
    [
        ("?created=2026-03-02", "created"),
        ("?createdfrom=2026-03-02", "createdfrom"),
        ("?page=0&page=1", "page"),
        ("?createdFrom=", "createdFrom"),
        ("?createdFrom=2026-02-30", "createdFrom"),
        ("?createdFrom=02.03.2026", "createdFrom"),
        ("?createdFrom=2026-061", "createdFrom"),
        ("?createdFrom=2026-03-02T08:00:00", "createdFrom"),
        ("?createdFrom=2026-03-02T08:00:00+01:00", "createdFrom"),
        ("?createdFrom=0001-01-01", "createdFrom"),
        ("?createdTo=9999-12-31", "createdTo"),
        ("?createdTo=0001-01-01T00:00:00%2B14:00", "createdTo"),
        ("?createdTo=demain", "createdTo"),
        ("?createdFrom=2026-03-02&createdTo=2026-03-01", "createdTo"),
        ("?createdFrom=2026-03-02T08:00:01Z&createdTo=2026-03-02T08:00:00Z", "createdTo"),
        ("?page=-1", "page"),
        ("?page=1.0", "page"),
        ("?page=%D9%A3", "page"),
        ("?page=1000000", "page"),
        ("?page=99999999999999999999", "page"),
        ("?size=0", "size"),
        ("?size=101", "size"),
        ("?size=", "size"),
        (f"?{'x' * 300}=1", None),
    ],
)
def test_a_parameter_is_never_guessed(desk, query, element):
    value = desk.refused(400, "PLA-017", "practice", "GET", LIST + query)
    assert (element or "xxx") in value["message"]


@pytest.mark.parametrize("operation", MINE, ids=lambda each: each.action)
def test_no_operation_takes_parameters_that_it_does_not_name(desk, operation):
    who = "patient" if operation.path.startswith("/person") else "practice"
    path = f"{address(operation)}?size=1&force=true"
    desk.refused(400, "PLA-017", who, operation.method, path)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/x-zip-compressed",
        "multipart/form-data; boundary=x",
        "application/zip; charset=latin-1",
        "application/zip, application/zip",
        "",
    ],
)
def test_an_archive_comes_as_an_archive(desk, kind):
    data = archive(uuid())
    desk.refused(415, "PLA-016", "practice", "POST", desk.own, data, Content_Type=kind)


def test_a_request_that_takes_no_body_gets_none(desk):
    desk.refused(415, "PLA-016", "practice", "GET", LIST, b"{}")
    desk.refused(415, "PLA-016", "patient", "PUT", f"/person/{PATIENT}/document/{uuid()}", b"{}")
    desk.refused(415, "PLA-016", "practice", "POST", desk.own)


def test_a_body_that_is_too_large_is_refused_before_it_is_judged(desk):
    desk.refused(413, "PLA-015", "practice", "POST", desk.own, bytes(ZIP_BYTES + 1))
    desk.refused(413, "PLA-015", "practice", "GET", LIST, bytes(BODY_BYTES + 1))
    desk.refused(413, "PLA-015", None, "POST", "/nowhere", bytes(BODY_BYTES + 1))
    assert "close" == desk.call(None, "POST", "/x", bytes(BODY_BYTES + 1))[2]["connection"]


def test_a_body_that_does_not_arrive(desk):
    sandbox = desk.sandbox
    platform = create_platform(sandbox._store, sandbox.clock, lambda: None)
    server = Server(Api(platform, OPERATIONS, body_seconds=0.2))
    server.start()
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as peer:
            head = f"POST {BASE}{desk.own} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nPK"
            peer.sendall(head.encode())
            answer = b""
            while chunk := peer.recv(65536):
                answer += chunk
    finally:
        server.stop()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"id": "PLA-015"' in answer


def test_a_head_is_a_get_without_its_body(desk):
    status, value, told = desk.call("practice", "HEAD", LIST)
    whole = desk.call("practice", "GET", LIST)
    assert (200, b"") == (status, value)
    assert told["x-total-count"] == whole[2]["x-total-count"]


def test_other_hosts_and_pages_are_refused_before_anything_is_read(desk):
    for name, value, finding in (
        ("Host", "platform.example", "SBX-008"),
        ("Origin", "http://site.example", "SBX-009"),
    ):
        status, told, _ = desk.call("practice", "GET", LIST, **{name: value})
        assert 403 == status
        assert finding in told.decode()


def test_a_crash_tells_nothing_and_the_log_names_nobody(desk, monkeypatch, caplog):
    def crash(*_values, **_words):
        raise RuntimeError("secret")

    monkeypatch.setattr(type(desk.sandbox._store.platform), "documents_from", crash)
    status, value, _ = desk.call("practice", "GET", LIST)
    assert (500, "SBX-006", "HTTP 500") == (status, value["id"], value["code"])
    assert "secret" not in str(value)
    assert [PRACTICE in record.getMessage() for record in caplog.records] == [False]


def test_a_connection_serves_one_refusal_after_the_other(desk):
    port = int(desk.sandbox.desk_url.rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        for method, expected in (("POST", 404), ("GET", 401), ("DELETE", 405)):
            path = "/api/v1/nowhere" if expected == 404 else f"/api/v1{LIST}"
            connection.request(method, path, b"x" * 1000 if method == "POST" else None)
            answer = connection.getresponse()
            answer.read()
            assert expected == answer.status


def test_another_practice_is_not_read_by_changing_the_address(desk):
    path = f"/practitioner/{OTHER_PRACTICE}/documents"
    desk.refused(403, "PLA-011", "practice", "GET", path)
