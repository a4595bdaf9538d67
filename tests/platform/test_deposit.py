"""The deposit of a zip: what is kept, and everything that is refused with nothing half-done."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

import fee_notes
from memhon.catalogue import load
from platform_desk import (
    CODE,
    OTHER_CODE,
    OTHER_PATIENT,
    OTHER_PRACTICE,
    PATIENT,
    PRACTICE,
    archive,
    entry,
    login,
    uuid,
    zipped,
)


def test_a_deposit_is_kept_with_the_fields_of_the_message(fresh):
    fresh.consent("MH")
    identifier = uuid()
    rich = load().example("ra-depot", "request", "rich").data.decode()
    old = rich.partition("<UUID>")[2].partition("</UUID>")[0]
    data = rich.replace(old, identifier.upper()).encode()
    path = f"/practitioner/{PRACTICE}/person/{PATIENT}/document"
    status, value, _ = fresh.call("practice", "POST", path, zipped((entry(identifier), data)))
    assert 200 == status, value
    note = fee_notes.Told(fee_notes.etree.fromstring(data))
    assert {
        "uuid": identifier,
        "docType": "MH",
        "status": "RECEIVED",
        "ssn": PATIENT,
        "practitionerFirstname": note.text("prenom"),
        "practitionerLastName": note.text("nom"),
        "memoireDate": note.text("dateMemoireHonoraires"),
        "price": float(note.text("sousTotal")),
        "isPaid": note.text("acquitte") == "true",
        "author": PRACTICE,
        "createAt": "2026-03-02T08:00:00.000Z",
    } == value
    kept = fresh.sandbox._store.platform.document(identifier)
    assert (data, PRACTICE, None) == (kept.data, kept.ehealth_id, kept.secu_uuid)
    assert [] == fresh.reads()


def message(**parts):
    identifier = uuid()
    return fee_notes.deposit_xml(identifier, **parts), identifier


def changed(old, new):
    """A good fee note but for one place."""
    text, identifier = message()
    assert old in text
    return zipped((entry(identifier), text.replace(old, new)))


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (lambda: zipped((entry(uuid()), b"")), "FORM-001"),
        (lambda: zipped((entry(uuid()), b"PDF")), "FORM-002"),
        (lambda: changed("<entete>", "<!DOCTYPE x><entete>"), None),
        (lambda: changed("<devise>EUR</devise>", ""), None),
        (lambda: changed("<aPayer>57.70", "<aPayer>57,70"), None),
        (lambda: changed("<UUID>", "<UUID>x"), None),
        (
            lambda: zipped((entry(uuid()), load().example("ra-depot", "response", "minimal").data)),
            None,
        ),
        (
            lambda: zipped((entry(uuid()), load().example("ra-annul", "request", "minimal").data)),
            "FORM-017",
        ),
    ],
)
def test_a_message_that_is_no_deposit(refused, make, cause):
    value = refused(400, "PLA-019", make())
    causes = [each["id"] for each in value.get("findings", [])]
    assert causes or "réponse" in value["message"]
    assert cause in [None, *causes]


def test_a_message_in_an_envelope_belongs_on_the_wire(refused):
    text, identifier = message()
    enveloped = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<r:RequestInfo xmlns:r="http://ws.mysecu.lu/generic/sync" '
        f'modelUID="{load().exchange("ra-depot").model_uid}">{text}</r:RequestInfo>'
        "</s:Body></s:Envelope>"
    )
    value = refused(400, "PLA-019", zipped((entry(identifier), enveloped)))
    assert "SOAP" in value["message"]


def test_an_invalid_message_is_told_with_line_and_place_and_without_its_values(refused):
    text, identifier = message()
    name = "Ceci-est-un-nom-secret-" * 10
    data = zipped((entry(identifier), text.replace("<nom>MODELEUR", f"<nom>{name}")))
    value = refused(400, "PLA-019", data)
    (cause,) = value["findings"]
    assert cause["line"] > 1
    assert "facturier/nom" in cause["xpath"].replace("*:", "")
    assert "secret" not in str(value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<sousTotal>57.70", f"<sousTotal>1{'0' * 13}.00"),
        ("<sousTotal>57.70", f"<sousTotal>-{'9' * 400}"),
    ],
)
def test_an_amount_that_no_store_could_keep(refused, old, new):
    refused(400, "PLA-019", changed(old, new))


def test_an_identifier_under_which_nothing_could_be_found(refused):
    text, identifier = message()
    wrong = "g" + identifier[1:]
    refused(400, "PLA-019", zipped((entry(uuid()), text.replace(identifier, wrong))))


def test_the_largest_amount_and_a_negative_one_are_kept(desk):
    for amount in ("9999999999999.99", "-57.70"):
        text, identifier = message()
        data = zipped((entry(identifier), text.replace("<sousTotal>57.70", f"<sousTotal>{amount}")))
        status, value, _ = desk.call("practice", "POST", desk.own, data)
        assert (200, float(amount)) == (status, value["price"])
        assert float(amount) == desk.call("practice", "GET", f"{desk.own}/{identifier}")[1]["price"]


def test_patient_of_the_message_and_of_the_address(refused):
    value = refused(400, "PLA-020", archive(uuid(), patient=OTHER_PATIENT))
    assert OTHER_PATIENT not in str(value)
    refused(400, "PLA-020", archive(uuid(), patient=None, born="1893-04-15"))


def test_a_patient_identified_by_the_birth_date_is_accepted(fresh):
    fresh.consent("MH", "ESANTE")
    born = load().person("demo-1").birth
    identifier = fresh.deposited(patient=PATIENT, born=born)
    other = uuid()
    data = archive(other, patient=None, born=born)
    status, value, _ = fresh.call("practice", "POST", fresh.own, data)
    assert (200, PATIENT) == (status, value["ssn"])
    assert b"<dateNaissance>" in fresh.sandbox._store.platform.document(other).data
    listed = fresh.call("patient", "GET", f"/person/{PATIENT}/documents")[1]
    assert [other, identifier] == [each["uuid"] for each in listed]


def test_a_birth_date_says_nothing_of_a_person_whom_nobody_knows(desk):
    stranger = PATIENT[::-1]
    desk.consent("MH", patient=stranger)
    path = desk.own.replace(PATIENT, stranger)
    data = archive(uuid(), patient=None, born=load().person("demo-1").birth)
    desk.refused(400, "PLA-020", "practice", "POST", path, data)


def test_practitioner_of_the_message_and_of_the_address(refused):
    value = refused(400, "PLA-021", archive(uuid(), biller=OTHER_CODE))
    assert CODE in value["message"]


def test_a_practitioner_may_bill_through_an_association_and_execute(desk):
    group = load().provider("demo-10").code
    text, identifier = message(biller=group)
    inside = f"<codeExecutant>{CODE}</codeExecutant>"
    text = text.replace("<periode>", f"{inside}<periode>")
    status, value, _ = desk.call("practice", "POST", desk.own, zipped((entry(identifier), text)))
    assert 200 == status, value


def test_nobody_deposits_under_the_address_of_another_practice(desk):
    path = desk.own.replace(PRACTICE, OTHER_PRACTICE)
    desk.refused(403, "PLA-011", "practice", "POST", path, archive(uuid(), biller=OTHER_CODE))


def test_without_the_consent_of_the_patient_nothing_is_even_read(fresh):
    good, bad = archive(uuid()), b"nonsense"
    fresh.refused(403, "PLA-022", "practice", "POST", fresh.own, good)
    fresh.refused(403, "PLA-022", "practice", "POST", fresh.own, bad)
    fresh.consent("CNS", "ESANTE")
    fresh.consent("MH", patient=OTHER_PATIENT)
    value = fresh.refused(403, "PLA-022", "practice", "POST", fresh.own, good)
    assert "MH" in value["message"]
    fresh.consent("MH")
    assert 200 == fresh.call("practice", "POST", fresh.own, good)[0]


def test_a_consent_counts_until_its_end(fresh):
    fresh.consent("MH", days=1)
    clock = fresh.sandbox.clock
    identifier = fresh.deposited()
    clock.advance(timedelta(days=1))
    fresh.call("practice", "GET", f"{fresh.own}/{identifier}")
    headers = _anew(fresh)
    data = archive(uuid())
    fresh.refused(403, "PLA-022", None, "POST", fresh.own, data, **headers)
    fresh.refused(403, "PLA-022", None, "GET", f"{fresh.own}/{identifier}", **headers)


def _anew(desk):
    """The headers of the practice after the clock has moved."""
    told = login(desk.sandbox, {"practitioner": "demo-1"})
    return {name.replace("-", "_"): value for name, value in told.items()}


def test_the_same_fee_note_is_not_kept_twice(fresh):
    fresh.consent("MH")
    fresh.consent("MH", patient=OTHER_PATIENT)
    identifier = fresh.deposited()
    data = archive(identifier)
    fresh.refused(409, "PLA-023", "practice", "POST", fresh.own, data)
    fresh.refused(409, "PLA-023", "practice", "POST", fresh.own, archive(identifier.upper()))
    other = fresh.own.replace(PATIENT, OTHER_PATIENT)
    again = archive(identifier, patient=OTHER_PATIENT)
    value = fresh.refused(409, "PLA-023", "practice", "POST", other, again)
    assert identifier in value["message"]


def test_of_many_deposits_at_once_one_is_kept(fresh):
    fresh.consent("MH")
    identifier = uuid()
    data = archive(identifier)
    found = []
    threads = [
        threading.Thread(
            target=lambda: found.append(fresh.call("practice", "POST", fresh.own, data)[0])
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter({409: 7, 200: 1}) == Counter(found)
    assert 1 == len(fresh.sandbox._store.platform.documents_of(PATIENT))
