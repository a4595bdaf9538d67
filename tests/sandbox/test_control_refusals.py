"""What the control of a sandbox refuses: other forms, foreign pages, what is no strict JSON."""

import contextlib
import socket
from datetime import timedelta

import pytest

from desk_calls import ask, refused
from memhon.local import Sandbox
from memhon.sandbox.control import _WORK, CLOCK, DUMP, FAULTS, LOAD, POPULATE, RESET
from memhon.sandbox.wishes import DEEPEST

JSON = {"Content-Type": "application/json"}
START = "2023-12-28T00:01:13.539Z"
TWO_DAYS = timedelta(days=2)


@pytest.fixture(scope="module")
def served():
    with Sandbox(security="off", desk_port=0) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(served):
    """As if it had just been started."""
    assert 200 == ask(served, "POST", RESET, {})[0]
    return served


@pytest.mark.parametrize(
    ("path", "wish"),
    [
        (CLOCK, {}),
        (CLOCK, []),
        (CLOCK, None),
        (CLOCK, "2d"),
        (CLOCK, {"set": 1}),
        (CLOCK, {"set": "demain"}),
        (CLOCK, {"set": "2026-03-02"}),
        (CLOCK, {"advance": 2}),
        (CLOCK, {"advance": "2"}),
        (CLOCK, {"advance": "-2d"}),
        (CLOCK, {"advance": "٢d"}),
        (CLOCK, {"advance": "1d" * 1000}),
        (CLOCK, {"freeze": 1}),
        (CLOCK, {"freeze": "true"}),
        (CLOCK, {"freeze": True, "advance": "2d"}),
        (CLOCK, {"Set": "machine"}),
        (FAULTS, {}),
        (FAULTS, {"effect": "explode"}),
        (FAULTS, {"effect": None}),
        (FAULTS, {"effect": ["cut"]}),
        (FAULTS, {"effect": "cut", "count": "2"}),
        (FAULTS, {"effect": "cut", "count": True}),
        (FAULTS, {"effect": "cut", "count": 1.0}),
        (FAULTS, {"effect": "cut", "exchange": None}),
        (FAULTS, {"effect": "cut", "left": 3}),
        (FAULTS, {"effect": "cut", "": ""}),
        (RESET, {"all": True}),
        (RESET, []),
        (POPULATE, {"count": 3}),
        (LOAD, {}),
        (f"{LOAD}?instead=1", []),
        (f"{LOAD}?instead=true&instead=false", []),
        (f"{CLOCK}?instead=true", {"freeze": True}),
        (f"{RESET}?x", {}),
    ],
)
def test_a_wish_of_another_form_is_not_guessed(sandbox, path, wish):
    wish = b"null" if wish is None else wish
    finding = refused(sandbox, 400, "SBX-014", "POST", path, wish)
    assert finding["element"]


def test_a_question_with_unknown_parameters_is_refused(sandbox):
    refused(sandbox, 400, "SBX-014", "GET", f"{CLOCK}?at=now")


@pytest.mark.parametrize(
    ("path", "wish", "told"),
    [
        (CLOCK, {"set": "2101-01-01T00:00Z"}, "de 2020 à 2049"),
        (CLOCK, {"advance": "99999d"}, "de 2020 à 2049"),
        (FAULTS, {"effect": "cut", "detail": "3"}, "n'attend pas"),
        (FAULTS, {"effect": "fault", "detail": "MH-001"}, "n'est pas une faute"),
        (FAULTS, {"effect": "anomaly", "detail": "MH-002"}, "ne refuse rien"),
        (FAULTS, {"effect": "delay", "detail": "601"}, "au plus 600"),
        (FAULTS, {"effect": "delay", "detail": "inf"}, "au plus 600"),
        (FAULTS, {"effect": "cut", "count": 0}, "nombre d'appels"),
        (FAULTS, {"effect": "cut", "exchange": "pid-xyz"}, "pid-xyz"),
        (FAULTS, {"effect": "cut", "practitioner": "nobody"}, "nobody"),
    ],
)
def test_a_setting_without_sense_is_refused(sandbox, path, wish, told):
    assert told in refused(sandbox, 400, "SBX-015", "POST", path, wish)["text"]


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"hello",
        b"{'set': 'machine'}",
        b'{"set": "machine",}',
        b'{"set": "machine"} {}',
        b'{"set": "machine", "set": "machine"}',
        b'{"advance": NaN}',
        b'{"advance": -Infinity}',
        b'{"advance": 1e999}',
        b'{"advance": ' + b"9" * 5000 + b"}",
        b'{"set": "\xff"}',
        b'{"set": "\\ud800"}',
        b'\xef\xbb\xbf{"set": "machine"}',
        '{"set": "machine"}'.encode("utf-16"),
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'"\\' * 20_000,
    ],
)
def test_what_is_no_strict_json_is_refused(sandbox, data):
    refused(sandbox, 400, "SBX-012", "POST", CLOCK, data)
    refused(sandbox, 400, "SBX-012", "POST", LOAD, data)


def test_brackets_inside_a_text_are_no_levels(sandbox):
    refused(sandbox, 400, "SBX-014", "POST", CLOCK, {"set": "[{" * 100 + '"\\'})


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
        "application/jsonp",
        "application/json; charset=utf-16",
        "application/json, text/plain",
        "",
    ],
)
@pytest.mark.parametrize("path", [CLOCK, FAULTS, RESET, POPULATE, LOAD])
def test_what_a_foreign_page_may_send_unasked_is_refused(sandbox, path, kind):
    refused(sandbox, 415, "SBX-011", "POST", path, b'{"set": "machine"}', Content_Type=kind)


def test_json_may_say_that_it_is_utf_8(sandbox):
    kind = 'Application/JSON; charset="UTF-8"'
    assert 200 == ask(sandbox, "POST", CLOCK, {"freeze": True}, Content_Type=kind)[0]
    assert 415 == ask(sandbox, "POST", CLOCK, None)[0]
    assert 200 == ask(sandbox, "POST", RESET, b"")[0]


@pytest.mark.parametrize(
    ("headers", "finding"),
    [
        ({"Host": "evil.example"}, b"SBX-008"),
        ({"Origin": "http://evil.example"}, b"SBX-009"),
        ({"Origin": "null"}, b"SBX-009"),
    ],
)
def test_nobody_else_sets_or_reads_anything(sandbox, headers, finding):
    ask(sandbox, "POST", FAULTS, {"effect": "cut"})
    before = ask(sandbox, "GET", DUMP)[1]
    for path, methods in _WORK.items():
        for method in ("OPTIONS", *methods):
            wish = {"freeze": True} if method == "POST" else None
            status, value, told = ask(sandbox, method, path, wish, **headers)
            assert (403, True) == (status, finding in value)
            assert not [name for name in told if name.startswith("access-control-")]
    assert before == ask(sandbox, "GET", DUMP)[1]


def test_no_foreign_page_gets_leave_to_send_more(sandbox):
    own = sandbox.desk_url
    asking = {"Origin": own, "Access_Control_Request_Method": "POST"}
    status, _, told = ask(sandbox, "OPTIONS", CLOCK, None, **asking)
    assert 405 == status
    assert not [name for name in told if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", CLOCK, {"GET", "HEAD", "POST"}),
        ("DELETE", CLOCK, {"GET", "HEAD", "POST"}),
        ("PATCH", FAULTS, {"GET", "HEAD", "POST", "DELETE"}),
        ("POST", f"{FAULTS}/1", {"GET", "HEAD", "DELETE"}),
        ("GET", RESET, {"POST"}),
        ("HEAD", RESET, {"POST"}),
        ("GET", LOAD, {"POST"}),
        ("POST", DUMP, {"GET", "HEAD"}),
    ],
)
def test_a_method_that_does_not_go_with_its_address(sandbox, method, path, allowed):
    wish = {} if method == "POST" else None
    status, value, told = ask(sandbox, method, path, wish)
    assert (405, allowed) == (status, set(told["allow"].split(", ")))
    assert method == "HEAD" or value["finding"]["id"] == "SBX-019"


@pytest.mark.parametrize("path", ["/_sandbox/", "/_sandbox/Clock", f"{CLOCK}/", f"{FAULTS}/x"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_does_not_exist(sandbox, method, path):
    refused(sandbox, 404, "SBX-019", method, path, {} if method == "POST" else None)


def test_a_head_is_a_get_without_its_body(sandbox):
    status, value, told = ask(sandbox, "HEAD", FAULTS)
    assert (200, b"", "application/json") == (status, value, told["content-type"])
    assert told["content-length"] == ask(sandbox, "GET", FAULTS)[2]["content-length"]


def test_a_huge_body_is_refused(sandbox):
    refused(sandbox, 413, "SBX-013", "POST", CLOCK, b" " * 65_537)
    refused(sandbox, 413, "SBX-013", "POST", RESET, b'"' + b"x" * 200_000 + b'"')


def test_a_body_that_never_ends_is_refused(sandbox, monkeypatch):
    port = int(sandbox.desk_url.rpartition(":")[2])
    head = f"POST {CLOCK} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as stream:
        stream.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with contextlib.suppress(ConnectionError):
            for _ in range(20):
                stream.sendall(chunk)
        assert b"413" in stream.recv(65_536)[:20]
