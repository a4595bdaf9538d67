"""What a patient sees of their fee notes, and the request for reimbursement."""

import base64
import sys

import pytest

import fee_notes
import poppler
from memhon.store import DocumentStatus
from platform_desk import OTHER_PATIENT, PATIENT, PRACTICE, entry, uuid, zipped

LIST = f"/person/{PATIENT}/documents"
NOT_SENT = sorted({each.value for each in DocumentStatus} - {"SENT"})


def one(identifier, patient=PATIENT):
    return f"/person/{patient}/document/{identifier}"


def test_the_list_has_the_own_documents_without_their_messages(fresh):
    fresh.consent("MH", "ESANTE")
    fresh.consent("MH", patient=OTHER_PATIENT)
    mine = [fresh.deposited(), fresh.deposited(who="other_practice"), fresh.deposited()]
    fresh.deposited(patient=OTHER_PATIENT)
    status, value, _ = fresh.call("patient", "GET", LIST)
    assert (200, mine[::-1]) == (status, [each["uuid"] for each in value])
    assert all("file" not in each for each in value)
    assert [("patient", PATIENT, "memoire", "GET")] * 3 == fresh.reads()


def test_a_document_is_read_with_its_message(desk):
    identifier = desk.deposited()
    status, value, _ = desk.call("patient", "GET", one(identifier))
    assert (200, identifier) == (status, value["uuid"])
    assert fee_notes.deposit_xml(identifier).encode() == base64.b64decode(value["file"])
    assert ("patient", PATIENT, "document", "GET") == desk.reads()[-1]


def test_the_document_is_printed(desk, tmp_path):
    identifier = desk.deposited(amount="43.21")
    status, data, told = desk.call("patient", "GET", f"{one(identifier)}/pdf")
    assert (200, "application/pdf") == (status, told["content-type"])
    assert f"memoire-{identifier}.pdf" in told["content-disposition"]
    (printed := tmp_path / "printed.pdf").write_bytes(data)
    assert "43,21" in poppler.text(printed)
    assert ("patient", PATIENT, "document", "GET") == desk.reads()[-1]


def test_without_typst_the_platform_says_what_is_missing(desk, monkeypatch):
    identifier = desk.deposited()
    monkeypatch.setitem(sys.modules, "typst", None)
    value = desk.refused(501, "PLA-027", "patient", "GET", f"{one(identifier)}/pdf")
    assert "Typst" in value["message"]
    monkeypatch.undo()
    assert 200 == desk.call("patient", "GET", f"{one(identifier)}/pdf")[0]


def test_a_character_that_cannot_be_printed(desk):
    text = fee_notes.deposit_xml(identifier := uuid())
    text = text.replace("<nom>MODELEUR", "<nom>MODELEUR\u202e")
    data = zipped((entry(identifier), text))
    assert 200 == desk.call("practice", "POST", desk.own, data)[0]
    value = desk.refused(501, "PLA-027", "patient", "GET", f"{one(identifier)}/pdf")
    assert "PDF-004" == value["findings"][0]["id"]


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_the_documents_of_another_patient(desk, method):
    desk.consent("MH", "CNS", "ESANTE", patient=OTHER_PATIENT)
    foreign = desk.deposited(patient=OTHER_PATIENT)
    desk.refused(403, "PLA-025", "patient", method, one(foreign))
    desk.refused(403, "PLA-011", "patient", method, one(foreign, OTHER_PATIENT))
    desk.refused(404, "PLA-024", "patient", method, one(uuid()))
    if method == "GET":
        desk.refused(403, "PLA-025", "patient", method, f"{one(foreign)}/pdf")
        desk.refused(403, "PLA-011", "patient", method, LIST.replace(PATIENT, OTHER_PATIENT))


def test_to_read_the_patient_consents_to_the_use_of_the_platform(fresh):
    fresh.consent("MH", "CNS")
    identifier = fresh.in_status("SENT")
    requests = [
        ("GET", LIST),
        ("GET", one(identifier)),
        ("GET", f"{one(identifier)}/pdf"),
        ("PUT", one(identifier)),
    ]
    for method, path in requests:
        value = fresh.refused(403, "PLA-022", "patient", method, path)
        assert "ESANTE" in value["message"]
    fresh.consent("ESANTE")
    assert [200] * 4 == [fresh.call("patient", *request)[0] for request in requests]


def test_to_ask_for_reimbursement_the_patient_consents_to_sending(fresh):
    fresh.consent("MH", "ESANTE")
    identifier = fresh.in_status("SENT")
    value = fresh.refused(403, "PLA-022", "patient", "PUT", one(identifier))
    assert "CNS" in value["message"]
    fresh.consent("CNS")
    status, value, _ = fresh.call("patient", "PUT", one(identifier))
    assert (200, "REIMBURSEMENT_ASKED") == (status, value["status"])
    assert "REIMBURSEMENT_ASKED" == fresh.status(identifier)
    assert ("patient", PATIENT, "memoire", "PUT") == fresh.reads()[-1]
    fresh.refused(403, "PLA-026", "patient", "PUT", one(identifier))


@pytest.mark.parametrize("status", NOT_SENT)
def test_reimbursement_is_asked_only_for_what_is_deposited_and_not_cancelled(desk, status):
    identifier = desk.in_status(status)
    value = desk.refused(403, "PLA-026", "patient", "PUT", one(identifier))
    assert status in value["message"]
    assert status == desk.status(identifier)


def test_who_wrote_a_document_shows_and_the_reader_too(fresh):
    fresh.consent("MH", "ESANTE")
    identifier = fresh.deposited()
    assert PRACTICE == fresh.call("patient", "GET", one(identifier))[1]["author"]
    (entry,) = fresh.sandbox._store.accesses.entries()
    assert ("patient", identifier, "plateforme 127.0.0.1") == (
        entry.role,
        entry.reference,
        entry.origin,
    )
