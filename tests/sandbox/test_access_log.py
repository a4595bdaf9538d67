"""Every read over HTTP leaves its entry before the answer leaves, and nothing else leaves one."""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

import pid_desk
import secured
import wire
from desk_calls import ask, refused
from fee_notes import OTHER_PATIENT, PATIENT, Notes, deposit_xml, list_xml, over_http, reading_xml
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import SoapFault
from memhon.local import Sandbox
from memhon.sandbox.access_log import reader_of, reads_in_message
from memhon.sandbox.access_query import ACCESSES
from memhon.sandbox.control import DUMP
from memhon.sandbox.diagnostics import PATH
from memhon.sandbox.gate import Caller
from memhon.store import engines

START = "2026-03-02T09:30:00Z"
CODE, DOCTOR = load().provider("demo-1").code, load().provider("demo-1").ehealth_id


@pytest.fixture
def sandbox(where):
    """A sandbox without security on a store of every kind."""
    with Sandbox(
        store=where, clock=VirtualClock(START), seed=7, security="off", desk_port=0
    ) as running:
        yield running


@pytest.fixture
def notes(sandbox):
    return Notes(over_http(sandbox.url))


def log(sandbox, query=""):
    status, value, _ = ask(sandbox, "GET", f"{ACCESSES}{query}")
    assert 200 == status
    return value["entries"]


def told(sandbox):
    """Category, person, request and object of each entry."""
    return [
        (row["category"], row["whose"], row["action"], row["reference"]) for row in log(sandbox)
    ]


def test_a_list_is_one_entry_with_every_field(sandbox, notes):
    notes.deposit()
    notes.deposit()
    notes.list()
    assert [
        {
            "at": "2026-03-02T09:30:00.000Z",
            "who": "inconnu",
            "role": "inconnu",
            "provider": "",
            "whose": PATIENT,
            "category": "memoire",
            "origin": "echange 127.0.0.1",
            "source": CODE,
            "action": "ra-remblist",
            "reference": "",
        }
    ] == log(sandbox)


def test_a_list_without_a_fee_note_is_a_read_too(sandbox, notes):
    notes.list(OTHER_PATIENT)
    ((category, whose, action, _),) = told(sandbox)
    assert ("memoire", OTHER_PATIENT, "ra-remblist") == (category, whose, action)
    assert [""] == [row["source"] for row in log(sandbox)]


def test_a_fee_note_that_is_read_is_named(sandbox, notes):
    note = notes.deposit()
    notes.read(note.secu)
    assert [("document", PATIENT, "ra-doc", note.secu)] == told(sandbox)


def test_what_only_changes_something_is_no_read(sandbox, notes):
    note = notes.deposit()
    again = notes.send(deposit_xml(note.uuid), "ra-depot")
    assert "MH-001" == again.refusal
    assert notes.consent(note.secu).refusal is None
    assert notes.cancel(note.secu).refusal is None
    assert [] == log(sandbox)


def test_an_answer_that_tells_of_what_was_there_is_a_read(sandbox, notes):
    note = notes.deposit()
    notes.consent(note.secu)
    assert "MH-020" == notes.consent(note.secu).refusal
    notes.cancel(note.secu)
    assert "MH-021" == notes.consent(note.secu).refusal
    assert "MH-045" == notes.cancel(note.secu).refusal
    assert [
        ("consentement", PATIENT, "ra-rembcons", note.secu),
        ("memoire", PATIENT, "ra-rembcons", note.secu),
        ("memoire", PATIENT, "ra-annul", note.secu),
    ] == told(sandbox)


def test_a_note_without_a_matricule_is_known_by_the_birth_date(sandbox, notes):
    note = notes.in_state("ANNULE", patient=None)
    assert "MH-045" == notes.cancel(note.secu).refusal
    assert [("memoire", "1901-02-03", "ra-annul", note.secu)] == told(sandbox)


def test_a_read_that_is_refused_leaves_none(sandbox, notes):
    note = notes.deposit()
    assert "MH-030" == notes.list(dateDebut="2026-03-02", dateFin="2026-03-01").refusal
    assert "MH-012" == notes.read(note.secu, OTHER_PATIENT).refusal
    assert "MH-010" == notes.read(wire.uuid(1)).refusal
    assert "MH-011" == notes.read(note.uuid).refusal
    assert "MH-012" == notes.consent(note.secu, OTHER_PATIENT).refusal
    for payload in (list_xml("1"), "<a/>", ""):
        answer = wire.send(sandbox.url, wire.envelope(payload, "2022_CNS_MEMHON_REMBLIST-V1"))
        assert 500 == answer.status
    assert [] == log(sandbox)


def test_a_call_that_the_switchboard_refuses_leaves_none(sandbox, notes):
    note = notes.deposit()
    for effect, detail in (("fault", "SBX-006"), ("maintenance", ""), ("anomaly", "MH-030")):
        wish = {"effect": effect, "exchange": "ra-remblist", "count": 1}
        status, _, _ = ask(
            sandbox, "POST", "/_sandbox/faults", wish | ({"detail": detail} if detail else {})
        )
        assert 201 == status
        wire.send(sandbox.url, wire.envelope(list_xml(), "2022_CNS_MEMHON_REMBLIST-V1"))
    assert [] == log(sandbox)
    notes.read(note.secu)
    assert 1 == len(log(sandbox))


def _pid(sandbox):
    return pid_desk.Desk(sandbox.url, sandbox.clock, None, None)


def test_the_three_calls_of_pid(sandbox):
    desk = _pid(sandbox)
    first = desk.simulate()
    assert [] == log(sandbox)
    paid = desk.pay(first.id)
    assert "SIM-014" == desk.pay(first.id).code
    assert ["SIM-007"] == desk.simulate().codes
    assert "SIM-010" == desk.pay(wire.uuid(3)).code
    assert "SIM-017" == desk.pay(first.id, patient=False).code
    assert [
        ("paiement", PATIENT, "pid-val", paid.payment),
        ("paiement", PATIENT, "pid-val", paid.payment),
        ("paiement", PATIENT, "pid-sim", paid.payment),
    ] == told(sandbox)
    assert {CODE} == {row["source"] for row in log(sandbox)}


def test_a_contest_shows_nothing_and_a_later_simulation_shows_it(sandbox):
    desk = _pid(sandbox)
    lines = (pid_desk.line(act="T1"),)
    first = desk.simulate(*lines)
    code = first.codes[0]
    assert desk.contest(first.id, (first.anomaly(code), "1")).code is None
    assert [] == log(sandbox)
    assert "SIM-015" == desk.contest(first.id, (first.anomaly(code), "1")).code
    assert [("simulation", PATIENT, "pid-con", first.id)] == told(sandbox)


def test_that_somebody_has_no_cover_is_a_read(sandbox, catalogue):
    rule = next(rule for rule in catalogue.engine if rule.finding == "SIM-008")
    person = rule.persons[0]
    assert "SIM-008" in _pid(sandbox).simulate(person=person).codes
    assert [("couverture", catalogue.person(person).matricule, "pid-sim", "")] == told(sandbox)


def test_whoever_signs_is_named():
    with Sandbox(clock=VirtualClock(START), seed=7, desk_port=0, populated=True) as sandbox:
        client = sandbox.client("demo-1")
        client.send(list_xml().encode())
        with pytest.raises(SoapFault):
            client.send(reading_xml(wire.uuid(1)).encode())
        (row,) = log(sandbox)
    assert (DOCTOR, "prestataire", CODE) == (row["who"], row["role"], row["provider"])


@pytest.mark.parametrize(
    ("caller", "who", "role"),
    [
        (None, "inconnu", "inconnu"),
        (Caller(None, DOCTOR, CODE, "Dr"), DOCTOR, "prestataire"),
        (Caller(None, "", CODE, "Dr"), CODE, "prestataire"),
        (Caller(None, "", "", "plateforme"), "plateforme", "systeme"),
        (Caller(None, "", "", ""), "systeme", "systeme"),
    ],
)
def test_who_reads_is_the_best_that_is_known(caller, who, role):
    reader = reader_of(caller, "ra-doc", "")
    assert (who, role, "echange") == (reader.who, reader.role, reader.origin)


@contextmanager
def no_writing(place):
    """Whoever reads is served, whoever writes is not."""
    if "://" in str(place):
        with psycopg.connect(str(place)) as server:
            server.execute(f"SELECT pg_advisory_lock({engines._LOCK_KEY})")
            yield
        return
    connection = sqlite3.connect(str(place), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.close()


def test_what_cannot_be_written_down_is_not_shown(lasting, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.2)
    with Sandbox(store=lasting, clock=VirtualClock(START), security="off", desk_port=0) as sandbox:
        note = Notes(over_http(sandbox.url)).deposit()
        with no_writing(lasting):
            for payload, exchange in (
                (list_xml(), "ra-remblist"),
                (reading_xml(note.secu), "ra-doc"),
            ):
                model_uid = load().exchange(exchange).model_uid
                answer = wire.send(sandbox.url, wire.envelope(payload, model_uid))
                secured.told(answer, "SBX-020")
                assert note.uuid.encode() not in answer.data
            status, value, _ = ask(sandbox, "GET", DUMP)
            assert (503, "SBX-020") == (status, value["finding"]["id"])
        assert [] == log(sandbox)


def test_many_at_once_leave_as_many_entries(lasting):
    with Sandbox(store=lasting, clock=VirtualClock(START), security="off", desk_port=0) as sandbox:
        notes = Notes(over_http(sandbox.url))
        notes.deposit()
        people = [PATIENT, OTHER_PATIENT] * 20
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(notes.list, people))
        assert sorted(people) == sorted(row["whose"] for row in log(sandbox))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
def test_several_processes_write_one_log(lasting):
    with Sandbox(store=lasting, security="off", workers=2, desk_port=0) as sandbox:
        notes = Notes(over_http(sandbox.url))
        note = notes.deposit()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(notes.read, [note.secu] * 12))
        assert [note.secu] * 12 == [row["reference"] for row in log(sandbox)]


def test_the_same_calls_leave_the_same_log():
    logs = []
    for _ in range(2):
        with Sandbox(clock=VirtualClock(START), seed=7, security="off", desk_port=0) as sandbox:
            notes = Notes(over_http(sandbox.url))
            note = notes.deposit()
            notes.list()
            notes.read(note.secu)
            _pid(sandbox).pay(_pid(sandbox).simulate().id)
            logs.append(log(sandbox))
    assert 3 == len(logs[0])
    assert logs[0] == logs[1]


def test_a_copy_is_a_read_of_everybody_in_it(sandbox, notes):
    notes.deposit()
    notes.deposit(patient=None)
    _pid(sandbox).simulate(person="demo-2")
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
        expected = ("message", PATIENT, f"GET {PATH}…", mark)
        assert [expected, expected] == told(sandbox)


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


def test_no_column_but_one_holds_a_matricule(sandbox, notes):
    note = notes.in_state("CONSENTI")
    notes.list()
    notes.read(note.secu)
    notes.consent(note.secu)
    _pid(sandbox).pay(_pid(sandbox).simulate().id)
    ask(sandbox, "GET", DUMP)
    found = log(sandbox)
    assert 5 == len(found)
    others = [value for row in found for name, value in row.items() if name != "whose"]
    assert {PATIENT} == {row["whose"] for row in found}
    assert [value for value in others if PATIENT in value] == []


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
        "from=20260302",
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
