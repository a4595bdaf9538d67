"""The control of a sandbox over HTTP: what it does, and what it does not let happen."""

import contextlib
import http.client
import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

import secured
import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import StoreError
from memhon.local import Sandbox
from memhon.sandbox import Effect
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


def ask(sandbox, method, path, wish=None, **headers):
    """Status, value and headers of a request to the desk."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    data = wish if isinstance(wish, bytes) or wish is None else json.dumps(wish).encode()
    if data is not None:
        given = JSON | given
    port = int(sandbox.desk_url.rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        connection.request(method, path, data, given)
        answer = connection.getresponse()
        body = answer.read()
    told = {name.lower(): value for name, value in answer.getheaders()}
    is_json = body and told.get("content-type") == "application/json"
    value = json.loads(body) if is_json else body
    return answer.status, value, told


def refused(sandbox, status, finding, *request, **headers):
    """A refusal names its finding and what to do, and changed nothing."""
    before = ask(sandbox, "GET", DUMP)[1]
    found, value, told = ask(sandbox, *request, **headers)
    assert (status, finding) == (found, value["finding"]["id"]), value
    assert len(value["finding"]["fix"]) >= 60
    assert "access-control-allow-origin" not in told
    assert "no-store" == told["cache-control"]
    assert before == ask(sandbox, "GET", DUMP)[1]
    return value["finding"]


def test_the_clock_is_read_set_advanced_frozen_and_freed(sandbox):
    status, value, _ = ask(sandbox, "GET", CLOCK)
    assert (200, "machine", {"now", "state"}) == (status, value["state"], set(value))
    assert "running" == ask(sandbox, "POST", CLOCK, {"set": START})[1]["state"]
    frozen = ask(sandbox, "POST", CLOCK, {"freeze": True})[1]
    moved = ask(sandbox, "POST", CLOCK, {"advance": "2d12h"})[1]
    instants = [datetime.fromisoformat(each["now"]) for each in (frozen, moved)]
    assert timedelta(days=2, hours=12) == instants[1] - instants[0]
    assert moved == ask(sandbox, "GET", CLOCK)[1]
    assert "frozen" == moved["state"]
    assert "running" == ask(sandbox, "POST", CLOCK, {"freeze": False})[1]["state"]
    assert "machine" == ask(sandbox, "POST", CLOCK, {"set": "machine"})[1]["state"]


def test_what_was_set_counts_for_the_very_next_call(sandbox):
    ask(sandbox, "POST", CLOCK, {"freeze": True})
    for _ in range(5):
        shown = ask(sandbox, "POST", CLOCK, {"advance": "2d"})[1]["now"]
        answer = wire.send(sandbox.url, b"", method="HEAD", path="/")
        assert datetime.fromisoformat(shown) == parsedate_to_datetime(answer.headers["date"])


def test_every_answer_of_the_wire_has_the_time_of_the_sandbox():
    clock = VirtualClock(START)
    with Sandbox(security="off", clock=clock) as sandbox:
        for path, method in ((wire.PATH, "POST"), ("/", "GET"), (wire.PATH, "GET")):
            answer = wire.send(sandbox.url, b"<a/>", method=method, path=path)
            assert "Thu, 28 Dec 2023 00:01:13 GMT" == answer.headers["date"]


def test_a_rule_is_added_read_listed_met_and_deleted(sandbox):
    wish = {"effect": "fault", "detail": "SBX-006", "exchange": "pid-sim", "count": 2}
    status, made, told = ask(sandbox, "POST", FAULTS, wish | {"practitioner": "demo-1"})
    place = f"{FAULTS}/{made['number']}"
    assert (201, place) == (status, told["location"])
    assert (2, 0, "demo-1") == (made["left"], made["used"], made["practitioner"])
    assert (200, made) == ask(sandbox, "GET", place)[:2]
    assert (200, {"faults": [made]}) == ask(sandbox, "GET", FAULTS)[:2]
    simulation = load().example("pid-sim", "request", "minimal").data.decode()
    secured.told(
        wire.send(sandbox.url, wire.envelope(simulation.partition("?>")[2], wire.SIM)), "SBX-006"
    )
    assert (1, 1) == tuple(ask(sandbox, "GET", place)[1][name] for name in ("left", "used"))
    assert (204, b"") == ask(sandbox, "DELETE", place)[:2]
    assert (200, {"faults": []}) == ask(sandbox, "GET", FAULTS)[:2]
    refused(sandbox, 404, "SBX-016", "GET", place)
    refused(sandbox, 404, "SBX-016", "DELETE", place)


def test_every_effect_can_be_asked_for_and_all_are_cleared(sandbox):
    details = {"fault": "SBX-006", "anomaly": "MH-001", "delay": "1.5"}
    for effect in Effect:
        wish = {"effect": effect.value, "detail": details.get(effect.value, "")}
        assert 201 == ask(sandbox, "POST", FAULTS, wish)[0]
    assert (200, {"cleared": len(Effect)}) == ask(sandbox, "DELETE", FAULTS)[:2]


def test_it_is_populated_and_emptied_and_says_what_it_forgot(sandbox):
    status, value, _ = ask(sandbox, "POST", POPULATE, {})
    assert (200, len(load().population)) == (status, value["handed_over"])
    ask(sandbox, "POST", FAULTS, {"effect": "cut"})
    status, value, _ = ask(sandbox, "POST", RESET, {})
    assert 200 == status
    assert 1 == value["forgotten"]["switches"]
    assert value["forgotten"]["deposits"] >= 1
    assert {0} == set(ask(sandbox, "POST", RESET, {})[1]["forgotten"].values())


def test_a_copy_is_given_and_taken_over(sandbox):
    ask(sandbox, "POST", POPULATE, {})
    ask(sandbox, "POST", CLOCK, {"freeze": True})
    status, copy, _ = ask(sandbox, "GET", DUMP)
    assert (200, "memhon-store") == (status, copy[0][0])
    ask(sandbox, "POST", RESET, {})
    kept = {"kept": len(copy) - 1, "strangers": 0}
    assert (200, kept) == ask(sandbox, "POST", LOAD, copy)[:2]
    refused(sandbox, 400, "SBX-018", "POST", LOAD, copy)
    refused(sandbox, 400, "SBX-018", "POST", f"{LOAD}?instead=false", copy)
    assert (200, kept) == ask(sandbox, "POST", f"{LOAD}?instead=true", copy)[:2]
    assert copy == ask(sandbox, "GET", DUMP)[1]


def _with(copy, table, **values):
    return [[name, row | values if name == table else row] for name, row in copy]


@pytest.mark.parametrize(
    "change",
    [
        lambda copy: [],
        lambda copy: copy[1:],
        lambda copy: [["memhon-store", {"revision": "9999"}], *copy[1:]],
        lambda copy: [*copy, ["letters", {}]],
        lambda copy: [*copy, 3],
        lambda copy: [*copy, ["deposits"]],
        lambda copy: _with(copy, "deposits", number="1"),
        lambda copy: _with(copy, "deposits", number=2**64),
        lambda copy: _with(copy, "deposits", number=True),
        lambda copy: _with(copy, "deposits", matricule=["1"]),
        lambda copy: _with(copy, "deposits", matricule="\0"),
        lambda copy: _with(copy, "deposits", sender=None),
        lambda copy: _with(copy, "deposits", data="%"),
        lambda copy: _with(copy, "deposits", more=1),
        lambda copy: _with(copy, "clock", instant="demain"),
        lambda copy: _with(copy, "clock", set_at="2026-03-02T08:30:00"),
        lambda copy: _with(copy, "switches", effect="explode"),
        lambda copy: _with(copy, "switches", effect="delay", detail="nan"),
    ],
)
def test_a_copy_that_would_break_the_sandbox_is_refused(sandbox, change):
    ask(sandbox, "POST", POPULATE, {})
    ask(sandbox, "POST", CLOCK, {"freeze": True})
    ask(sandbox, "POST", FAULTS, {"effect": "cut"})
    copy = ask(sandbox, "GET", DUMP)[1]
    refused(sandbox, 400, "SBX-018", "POST", f"{LOAD}?instead=true", change(copy))


def test_a_copy_too_large_for_the_desk_says_how_else(sandbox, monkeypatch):
    ask(sandbox, "POST", POPULATE, {})
    monkeypatch.setattr("memhon.sandbox.control._MOST_DUMPED", 1000)
    status, value, _ = ask(sandbox, "GET", DUMP)
    assert (413, "SBX-018") == (status, value["finding"]["id"])
    assert "--store" in value["finding"]["fix"]


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


def test_a_clock_that_a_program_holds_is_shown_and_not_set():
    clock = VirtualClock(START)
    with Sandbox(security="off", clock=clock, desk_port=0) as sandbox:
        shown = {"now": "2023-12-28T00:01:13Z", "state": "own"}
        assert (200, shown) == ask(sandbox, "GET", CLOCK)[:2]
        refused(sandbox, 409, "SBX-017", "POST", CLOCK, {"advance": "2d"})
        assert datetime.fromisoformat(START) == clock.now()


def test_a_store_that_does_not_answer_is_told(sandbox, monkeypatch):
    def broken(_self):
        raise StoreError("le dépôt de données ne répond pas : disque plein")

    monkeypatch.setattr("memhon.store.Store.clock_state", broken)
    status, value, _ = ask(sandbox, "GET", CLOCK)
    assert (503, "SBX-020") == (status, value["finding"]["id"])


def test_a_failure_of_ours_shows_nothing_of_it(sandbox, monkeypatch, caplog):
    def broken(_self, _asked):
        raise RuntimeError("kanari-0815")

    monkeypatch.setitem(_WORK[CLOCK], "GET", broken)
    status, value, _ = ask(sandbox, "GET", CLOCK)
    assert (500, "SBX-006") == (status, value["finding"]["id"])
    assert "kanari" not in json.dumps(value)
    assert "kanari-0815" in caplog.text


def test_populating_lives_in_the_time_of_the_sandbox(sandbox):
    ask(sandbox, "POST", CLOCK, {"advance": "2d"})
    ask(sandbox, "POST", POPULATE, {})
    rows = ask(sandbox, "GET", DUMP)[1]
    received = {row["received_at"] for name, row in rows if name == "deposits"}
    assert received
    ahead = datetime.now(UTC) + timedelta(days=1, hours=23)
    assert all(datetime.fromisoformat(instant) > ahead for instant in received)
