"""A store that does not answer: nothing confirmed, nothing answered, service afterwards."""

import pytest

import outages
from memhon.errors import StoreError
from memhon.store import Accesses, engines
from platform_desk import PATIENT, PRACTICE, archive, open_platform, uuid


@pytest.fixture
def place(lasting, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.2)
    return lasting


def test_a_locked_store_is_told_and_the_service_goes_on(place):
    with open_platform(place) as desk:
        desk.consent("MH", "ESANTE")
        there, new = desk.deposited(), archive(uuid())
        requests = [
            ("practice", "POST", desk.own, new),
            ("practice", "PATCH", f"{desk.own}/{there}"),
            ("practice", "PATCH", f"{desk.own}/{there}", archive(uuid())),
            ("practice", "GET", f"{desk.own}/{there}"),
            ("practice", "GET", f"/practitioner/{PRACTICE}/documents"),
            ("patient", "GET", f"/person/{PATIENT}/documents"),
            ("patient", "GET", f"/person/{PATIENT}/document/{there}/pdf"),
        ]
        with outages.locked(place):
            for request in requests:
                value = desk.refused(503, "PLA-028", *request)
                assert PATIENT not in str(value)
                assert "practitioner" not in str(value).lower()
        assert "RECEIVED" == desk.status(there)
        assert [200] * 6 == [desk.call(*request)[0] for request in (requests[0], *requests[2:])]


def test_what_cannot_be_noted_is_not_answered(desk, monkeypatch):
    there = desk.deposited()

    def silent(*_entries):
        raise StoreError("le dépôt ne répond pas : noted nowhere")

    with monkeypatch.context() as patch:
        patch.setattr(Accesses, "add", silent)
        for who, method, path in (
            ("practice", "GET", f"{desk.own}/{there}"),
            ("practice", "GET", f"/practitioner/{PRACTICE}/documents"),
            ("practice", "PATCH", f"{desk.own}/{there}"),
            ("patient", "GET", f"/person/{PATIENT}/documents"),
            ("patient", "GET", f"/person/{PATIENT}/document/{there}"),
            ("patient", "GET", f"/person/{PATIENT}/document/{there}/pdf"),
        ):
            desk.refused(503, "PLA-028", who, method, path)
    assert "RECEIVED" == desk.status(there)
