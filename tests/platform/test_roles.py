"""Every request by every role: who is let in, and who is told why not."""

import re

import pytest

from memhon.platform import OPERATIONS, Role
from platform_desk import PATIENT, PRACTICE, archive, uuid

WHO = {"practice": "PRACTITIONER", "patient": "PATIENT", "cns": "CNS", "admin": "ADMIN"}
MINE = [operation for operation in OPERATIONS if "document" in operation.path]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("operation", MINE, ids=lambda each: each.action)
def test_a_request_by_a_role(desk, operation, who):
    status = "SENT" if operation.method == "PUT" else "RECEIVED"
    identifier = desk.in_status(status)
    values = {"eHealthId": PRACTICE, "ssn": PATIENT, "idDocument": identifier}
    path = re.sub(r"\{(\w+)\}", lambda name: values[name[1]], operation.path)
    data = archive(uuid()) if operation.method == "POST" else None
    request = (who, operation.method, path, data)
    if Role(WHO[who]) in operation.roles:
        assert 200 == desk.call(*request)[0]
    else:
        value = desk.refused(403, "PLA-010", *request)
        assert WHO[who] in value["message"]


def test_the_administration_reads_no_document():
    assert [] == [each.action for each in MINE if Role.ADMIN in each.roles]


def test_the_fund_reads_without_consent_and_changes_nothing(fresh):
    fresh.consent("MH")
    identifier = fresh.deposited()
    fresh.end_consent("MH")
    for path in (
        f"{fresh.own}/{identifier}",
        f"/person/{PATIENT}/documents",
        f"/person/{PATIENT}/document/{identifier}",
        f"/person/{PATIENT}/document/{identifier}/pdf",
    ):
        assert 200 == fresh.call("cns", "GET", path)[0], path
    assert ["cns"] * 4 == [each.role for each in fresh.sandbox._store.accesses.entries()]
    fresh.refused(403, "PLA-010", "cns", "PATCH", f"{fresh.own}/{identifier}")


def test_the_fund_finds_a_document_only_where_it_is(desk):
    identifier = desk.deposited()
    path = f"/person/{PATIENT}/document/{identifier}"
    assert 200 == desk.call("cns", "GET", path)[0]
    wrong = desk.own.replace(PATIENT, PATIENT[::-1])
    desk.refused(404, "PLA-024", "cns", "GET", f"{wrong}/{identifier}")
