"""What is asked of the access log at the desk: pages, filters, and filters that cannot be read."""

import pytest

from desk_calls import ask, refused
from fee_notes import OTHER_PATIENT, PATIENT, Notes, over_http
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox.access_query import ACCESSES

START = "2026-03-02T09:30:00Z"


@pytest.fixture
def sandbox(where):
    """A sandbox without security on a store of every kind."""
    clock = VirtualClock(START)
    with Sandbox(store=where, clock=clock, seed=7, security="off", desk_port=0) as running:
        yield running


@pytest.fixture
def notes(sandbox):
    return Notes(over_http(sandbox.url))


def log(sandbox, query=""):
    status, value, _ = ask(sandbox, "GET", f"{ACCESSES}{query}")
    assert 200 == status
    return value["entries"]


def test_the_log_is_given_by_pages_and_filters(sandbox, notes, monkeypatch):
    monkeypatch.setattr("memhon.sandbox.access_query._PAGE", 2)
    note = notes.deposit()
    for _ in range(2):
        notes.list()
        notes.read(note.secu)
    notes.list(OTHER_PATIENT)
    pages, query = [], ""
    while query is not None:
        value = ask(sandbox, "GET", f"{ACCESSES}{query}")[1]
        pages.append([row["category"] for row in value["entries"]])
        query = f"?after={value['after'].replace('+', '%2B')}" if value["after"] else None
    assert [["memoire", "document"], ["memoire", "document"], ["memoire"]] == pages
    monkeypatch.undo()
    assert 2 == len(log(sandbox, "?category=document"))
    assert 1 == len(log(sandbox, f"?whose={OTHER_PATIENT}"))
    assert 5 == len(log(sandbox, "?who=inconnu&from=2026-03-02&to=2026-03-02"))
    assert [] == log(sandbox, "?from=2026-03-03")
    assert [] == log(sandbox, "?to=2026-03-01")


def test_a_day_is_one_of_luxembourg(notes, sandbox):
    sandbox.clock.set("2026-03-01T22:59:59.999Z")
    notes.list()
    sandbox.clock.set("2026-03-01T23:00:00Z")
    notes.list(OTHER_PATIENT)
    assert [PATIENT] == [row["whose"] for row in log(sandbox, "?to=2026-03-01")]
    assert [OTHER_PATIENT] == [row["whose"] for row in log(sandbox, "?from=2026-03-02")]


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-02-30",
        "from=2026-W10-1",
        "from=demain",
        "from=",
        "from=2026-03-02&to=2026-03-01",
        "to=9999-12-31",
        "from=0001-01-01",
        "category=ordonnance",
        "category=",
        f"who={'x' * 101}",
        "whose=a%00b",
        "when=2026-03-02",
        "after=1",
        "after=2026-03-02T09:30:00.000000%2B00:00",
        "after=2026-99-02T09:30:00.000000%2B00:00/1",
        "after=2026-03-02T09:30:00.000000%2B00:00/-1",
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(query):
    with Sandbox(security="off", desk_port=0) as sandbox:
        finding = refused(sandbox, 400, "SBX-021", "GET", f"{ACCESSES}?{query}")
    assert finding["expected"]


def test_the_log_is_only_read():
    with Sandbox(security="off", desk_port=0) as sandbox:
        refused(sandbox, 405, "SBX-019", "DELETE", ACCESSES)
        refused(sandbox, 405, "SBX-019", "POST", ACCESSES, {})
