"""The control of a sandbox over HTTP: what it does, and what it does not let happen."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

import secured
import wire
from desk_calls import ask, refused
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import StoreError
from memhon.local import Sandbox
from memhon.sandbox import Effect
from memhon.sandbox.control import _WORK, CLOCK, DUMP, FAULTS, LOAD, POPULATE, RESET

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
