"""Consents over HTTP: who may give and read which, and a history that nothing deletes."""

from datetime import timedelta

import pytest

from calling import OTHER_PATIENT, PATIENT, PRACTICE, START, Callers
from memhon.clock import VirtualClock, read_instant
from memhon.local import Sandbox

LATER = "2026-04-02T08:30:00Z"
OWN = f"/person/{PATIENT}/consent"
AS_PRACTICE = f"/practitioner/{PATIENT}/consent"


@pytest.fixture
def clock():
    return VirtualClock(read_instant(START))


@pytest.fixture
def running(where, clock):
    with Sandbox(store=where, clock=clock, seed=3, desk_port=0) as sandbox:
        yield Callers(sandbox)


@pytest.fixture
def callers(clock):
    with Sandbox(clock=clock, seed=3, desk_port=0) as sandbox:
        yield Callers(sandbox)


def test_given_read_and_deleted_with_history(running, clock):
    given = running.value("patient", "POST", OWN, {"type": "CNS", "endAt": LATER})
    expected = {
        "type": "CNS",
        "ssn": PATIENT,
        "startAt": "2026-03-02T08:30:00.000Z",
        "endAt": "2026-04-02T08:30:00.000Z",
        "author": PATIENT,
        "createAt": "2026-03-02T08:30:00.000Z",
    }
    assert expected == given
    assert given == running.value("patient", "GET", f"{OWN}/CNS")
    assert [given] == running.value("patient", "GET", f"/person/{PATIENT}/consents")
    clock.advance(60)
    assert given == running.value("patient", "DELETE", f"{OWN}/CNS")
    running.refused(404, "PLA-033", "patient", "GET", f"{OWN}/CNS")
    running.refused(404, "PLA-033", "patient", "DELETE", f"{OWN}/CNS")
    assert [] == running.value("patient", "GET", f"/person/{PATIENT}/consents")
    (kept,) = running.store.platform.consents_of(PATIENT, history=True)
    assert (clock.now(), PATIENT) == (kept.removed_at, kept.removed_by)


def test_given_again_it_counts_from_the_new_dates_and_the_old_ones_stay(running, clock):
    running.value("patient", "POST", OWN, {"type": "ESANTE", "endAt": LATER})
    clock.advance(timedelta(days=1))
    again = {"type": "ESANTE", "startAt": "2026-03-05T00:00:00+01:00", "endAt": "2027-01-01T00:00Z"}
    given = running.value("patient", "POST", OWN, again)
    assert ("2026-03-04T23:00:00.000Z", "2027-01-01T00:00:00.000Z") == (
        given["startAt"],
        given["endAt"],
    )
    assert [given] == running.value("patient", "GET", f"/person/{PATIENT}/consents")
    first, second = running.store.platform.consents_of(PATIENT, history=True)
    assert (clock.now(), None) == (first.removed_at, second.removed_at)


def test_one_that_ended_is_still_read(callers, clock):
    callers.value("patient", "POST", OWN, {"type": "MH", "endAt": "2026-03-02T08:31Z"})
    clock.advance(timedelta(minutes=5))
    assert "2026-03-02T08:31:00.000Z" == callers.value("patient", "GET", f"{OWN}/MH")["endAt"]


@pytest.mark.parametrize("kind", ["CNS", "ESANTE", "CNS_AUTO"])
def test_a_practitioner_records_mh_only_and_reads_every_type(callers, kind):
    given = callers.value("practice", "POST", AS_PRACTICE, {"type": "MH", "endAt": LATER})
    assert (PRACTICE, PATIENT) == (given["author"], given["ssn"])
    assert given == callers.value("practice", "GET", f"{AS_PRACTICE}/MH")
    assert given == callers.value("other_practice", "GET", f"{AS_PRACTICE}/MH")
    wish = {"type": kind, "endAt": LATER}
    callers.refused(403, "PLA-031", "practice", "POST", AS_PRACTICE, wish)
    callers.refused(404, "PLA-033", "practice", "GET", f"{AS_PRACTICE}/{kind}")
    own = callers.value("patient", "POST", OWN, wish)
    assert own == callers.value("practice", "GET", f"{AS_PRACTICE}/{kind}")


@pytest.mark.parametrize("legacy", ["PARTNER", "DR"])
def test_types_of_older_versions_are_read_and_never_given(callers, legacy):
    callers.refused(404, "PLA-033", "patient", "GET", f"{OWN}/{legacy}")
    callers.refused(404, "PLA-033", "practice", "GET", f"{AS_PRACTICE}/{legacy}")
    wish = {"type": legacy, "endAt": LATER}
    callers.refused(400, "PLA-032", "patient", "POST", OWN, wish)


@pytest.mark.parametrize(
    ("finding", "wish"),
    [
        ("PLA-030", {"type": "MH", "endAt": "2026-03-02T08:30:00Z"}),
        ("PLA-030", {"type": "MH", "endAt": "1999-01-01T00:00:00Z"}),
        ("PLA-030", {"type": "MH", "startAt": LATER, "endAt": LATER}),
        ("PLA-030", {"type": "MH", "startAt": "2026-05-01T00:00Z", "endAt": LATER}),
        ("PLA-017", {"type": "MH"}),
        ("PLA-017", {"type": "MH", "endAt": "demain"}),
        ("PLA-017", {"type": "MH", "endAt": "2026-04-02T08:30:00"}),
        ("PLA-017", {"type": "MH", "endAt": "9999-12-31T23:59:59-23:00"}),
        ("PLA-017", {"type": "MH", "startAt": "", "endAt": LATER}),
        ("PLA-032", {"type": "mh", "endAt": LATER}),
        ("PLA-032", {"endAt": LATER}),
        ("PLA-034", {"type": 1, "endAt": LATER}),
        ("PLA-034", {"type": "MH", "endAt": LATER, "ssn": OTHER_PATIENT}),
        ("PLA-034", [LATER]),
        ("PLA-034", b"{"),
        ("PLA-034", b'{"type": "MH", "type": "CNS"}'),
        ("PLA-034", b"\xff"),
    ],
)
def test_a_body_that_means_nothing_is_refused(callers, finding, wish):
    told = callers.refused(400, finding, "patient", "POST", OWN, wish)
    assert ("findings" in told) == (finding == "PLA-034")
    callers.refused(400, finding, "practice", "POST", AS_PRACTICE, wish)


@pytest.mark.parametrize(
    ("status", "finding", "request_"),
    [
        (401, "PLA-001", ("nobody", "GET", f"{OWN}/MH")),
        (403, "PLA-011", ("other_patient", "GET", f"{OWN}/MH")),
        (403, "PLA-011", ("other_patient", "DELETE", f"{OWN}/MH")),
        (403, "PLA-011", ("other_patient", "GET", f"/person/{PATIENT}/consents")),
        (403, "PLA-011", ("other_patient", "POST", OWN, {"type": "MH", "endAt": LATER})),
        (403, "PLA-010", ("patient", "GET", f"{AS_PRACTICE}/MH")),
        (403, "PLA-010", ("practice", "GET", f"{OWN}/MH")),
        (403, "PLA-010", ("practice", "DELETE", f"{OWN}/MH")),
        (405, "PLA-014", ("practice", "DELETE", f"{AS_PRACTICE}/MH")),
        (400, "PLA-032", ("patient", "GET", f"{OWN}/NOTHING")),
        (400, "PLA-012", ("patient", "GET", f"{OWN}/mh")),
        (400, "PLA-012", ("patient", "GET", f"{OWN}/M%0AH")),
        (404, "PLA-013", ("patient", "GET", f"{OWN}%0A/MH")),
    ],
)
def test_consents_of_somebody_else_stay_closed(callers, status, finding, request_):
    callers.value("patient", "POST", OWN, {"type": "MH", "endAt": LATER})
    callers.refused(status, finding, *request_)


def test_every_read_is_written_down_before_it_is_answered(callers):
    callers.value("patient", "POST", OWN, {"type": "MH", "endAt": LATER})
    assert [] == callers.reads()
    callers.value("patient", "GET", f"{OWN}/MH")
    callers.value("patient", "GET", f"/person/{PATIENT}/consents")
    callers.value("practice", "GET", f"{AS_PRACTICE}/MH")
    callers.value("patient", "DELETE", f"{OWN}/MH")
    callers.value("patient", "GET", "/person/info")
    assert [
        ("patient", PATIENT, "consentement", "MH"),
        ("patient", PATIENT, "consentement", ""),
        ("prestataire", PATIENT, "consentement", "MH"),
        ("patient", PATIENT, "consentement", "MH"),
        ("patient", PATIENT, "identite", ""),
    ] == callers.reads()
    entry = list(callers.store.accesses.entries())[2]
    assert (PRACTICE, "plateforme 127.0.0.1") == (entry.who, entry.origin)
    assert "GET /api/v1/practitioner/{ssn}/consent/{type}" == entry.action


def test_a_patient_reads_who_they_are(callers, catalogue):
    person = catalogue.person("demo-2")
    assert {"ssn": OTHER_PATIENT, "firstname": person.prenom, "lastname": person.nom} == (
        callers.value("other_patient", "GET", "/person/info")
    )
    callers.refused(403, "PLA-010", "practice", "GET", "/person/info")


def test_a_team_is_listed_joined_and_left(running):
    team, one = f"/practitioner/{PRACTICE}/members", f"/practitioner/{PRACTICE}/member/demo-3"
    assert [] == running.value("practice", "GET", team)
    running.refused(404, "PLA-036", "practice", "GET", one)
    running.refused(401, "PLA-008", "member", "GET", f"{AS_PRACTICE}/MH")
    shown = {"eHealthId": PRACTICE, "identifier": "demo-3"}
    assert shown == running.value("practice", "POST", one)
    assert [shown] == running.value("practice", "GET", team)
    assert shown == running.value("practice", "GET", one)
    running.refused(409, "PLA-035", "practice", "POST", one)
    given = running.value("member", "POST", AS_PRACTICE, {"type": "MH", "endAt": LATER})
    assert "demo-3" == given["author"]
    assert shown == running.value("practice", "DELETE", one)
    running.refused(404, "PLA-036", "practice", "DELETE", one)
    running.refused(401, "PLA-008", "member", "GET", f"{AS_PRACTICE}/MH")
    assert shown == running.value("practice", "POST", one)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_only_the_practitioner_in_person_manages_the_team(callers, method):
    callers.value("practice", "POST", f"/practitioner/{PRACTICE}/member/demo-3")
    one = f"/practitioner/{PRACTICE}/member/demo-4"
    callers.refused(403, "PLA-037", "member", method, one)
    callers.refused(403, "PLA-011", "other_practice", method, one)
    callers.refused(403, "PLA-010", "patient", method, one)


def test_a_practitioner_is_not_a_member_of_their_own_team(callers):
    path = f"/practitioner/{PRACTICE}/member/{PRACTICE}"
    callers.refused(409, "PLA-035", "practice", "POST", path)
