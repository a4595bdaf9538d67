"""Whoever looks at the desk leaves an entry too: copies, and diagnoses of refused messages."""

import pytest

import pid_desk
import secured
from desk_calls import ask
from fee_notes import OTHER_PATIENT, PATIENT, Notes, over_http
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox.access_log import reads_in_message
from memhon.sandbox.access_query import ACCESSES
from memhon.sandbox.control import DUMP
from memhon.sandbox.diagnostics import PATH

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


def log(sandbox):
    status, value, _ = ask(sandbox, "GET", ACCESSES)
    assert 200 == status
    return value["entries"]


def test_a_copy_is_a_read_of_everybody_in_it(sandbox, notes):
    notes.deposit()
    notes.deposit(patient=None)
    pid_desk.Desk(sandbox.url, sandbox.clock, None, None).simulate(person="demo-2")
    copy = ask(sandbox, "GET", DUMP)[1]
    assert {"deposits", "simulations"} <= {name for name, _ in copy}
    found = log(sandbox)
    assert sorted([PATIENT, OTHER_PATIENT, "1901-02-03"]) == [row["whose"] for row in found]
    assert {("copie", "poste", "poste", "poste 127.0.0.1", f"GET {DUMP}")} == {
        (row["category"], row["who"], row["role"], row["origin"], row["action"]) for row in found
    }


def test_an_empty_copy_and_other_settings_are_no_read(sandbox):
    ask(sandbox, "GET", DUMP)
    ask(sandbox, "GET", "/_sandbox/clock")
    ask(sandbox, "POST", "/_sandbox/populate", {})
    assert [] == log(sandbox)


def test_a_diagnosis_is_a_read_of_the_patient_in_the_message():
    clock = VirtualClock(secured.START)
    with Sandbox(clock=clock, desk_port=0) as sandbox:
        peer = secured.Peer(sandbox.url, clock, secured.pki().practitioner("demo-1"))
        moved = peer.call(peer.token()).replace(b"</soapenv:Body>", b" </soapenv:Body>")
        link = peer.send(moved).text(".//mh:fault/mh:diagnostic")
        nobody = peer.authentication().replace(b"</soapenv:Body>", b" </soapenv:Body>")
        other = peer.identity(nobody).text(".//mh:fault/mh:diagnostic")
        assert [] == log(sandbox)
        for place in (link, other, f"{link}?format=json"):
            assert 200 == ask(sandbox, "GET", place.removeprefix(sandbox.desk_url))[0]
        assert 404 == ask(sandbox, "GET", f"{PATH}Id-{'0' * 24}")[0]
        mark = link.rpartition("/")[2]
        names = ("category", "whose", "action", "reference")
        found = [tuple(row[name] for name in names) for row in log(sandbox)]
    assert [("message", PATIENT, f"GET {PATH}…", mark)] * 2 == found


@pytest.mark.parametrize(
    ("data", "persons"),
    [
        (b"<a/>", []),
        (b"<a><matricule> </matricule></a>", []),
        (b"<a><matricule>1</matricule><b xmlns='u'><dateNaissance>0</dateNaissance></b></a>", "01"),
        (b"<a><!-- x --><idenitifiantUnique>2</idenitifiantUnique></a>", "2"),
        (b"\xff", [""]),
        (b"<a>", [""]),
    ],
)
def test_whose_a_message_is_stands_in_it_or_nobody_knows(data, persons):
    assert list(persons) == [read.whose for read in reads_in_message(data, "Id")]
