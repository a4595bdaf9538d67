"""Who may log in, in which forms, and what a token says."""

from datetime import UTC, datetime

import jwt
import pytest

from desk_calls import ask, refused
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.platform import LOGIN
from memhon.security import PLATFORM, Pki
from platform_desk import OTHER_PRACTICE, PATIENT, PRACTICE, START, open_platform

SETTINGS = load().settings


def claims(token):
    """What a token says, read with the public key alone and no clock."""
    certificate = Pki(pki_path()).service(PLATFORM).certificate
    return jwt.decode(
        token,
        certificate.public_key(),
        algorithms=["RS256"],
        audience=SETTINGS["platform_audience"],
        issuer=SETTINGS["platform_issuer"],
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ({"practitioner": "demo-1"}, PRACTICE),
        ({"practitioner": "demo-2"}, OTHER_PRACTICE),
        ({"practitioner": "demo-1", "member": "demo-4"}, "demo-4"),
        ({"patient": "demo-1"}, f"demo-1^^^&{SETTINGS['platform_patient_oid']}&ISO"),
    ],
)
def test_a_token_is_signed_and_names_who_comes_in(desk, wish, name):
    status, value, _ = ask(desk.sandbox, "POST", LOGIN, wish)
    assert (200, "Bearer", name) == (status, value["token_type"], value["name"])
    told = claims(value["access_token"])
    begin = int(datetime.fromisoformat(START).timestamp())
    end = begin + 60 * SETTINGS["platform_token_minutes"]
    assert (name, begin, begin, end) == tuple(told[each] for each in ("sub", "iat", "nbf", "exp"))
    assert datetime.fromtimestamp(end, UTC) == datetime.fromisoformat(value["expires_at"])
    assert f"Bearer {value['access_token']}" == value["headers"]["Authorization"]


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("practice", f"/practitioner/{PRACTICE}/documents"),
        ("other_practice", f"/practitioner/{OTHER_PRACTICE}/documents"),
        ("patient", f"/person/{PATIENT}/documents"),
    ],
)
def test_the_headers_of_the_answer_are_all_that_a_caller_needs(desk, who, address):
    assert 200 == desk.call(who, "GET", address)[0]


def test_the_same_keys_and_clock_give_the_same_token():
    tokens = set()
    for _ in range(2):
        with Sandbox(desk_port=0, clock=VirtualClock(START), security="off") as sandbox:
            tokens.add(ask(sandbox, "POST", LOGIN, {"patient": "demo-1"})[1]["access_token"])
    assert 1 == len(tokens)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"member": "demo-4"},
        {"patient": "demo-1", "practitioner": "demo-1"},
        {"patient": "demo-1", "member": "demo-4"},
        {"patient": 1},
        {"patient": None},
        {"Patient": "demo-1"},
        {"patient": "demo-1", "role": "ADMIN"},
        [],
        "demo-1",
    ],
)
def test_a_login_of_another_form_is_not_guessed(desk, wish):
    refused(desk.sandbox, 400, "SBX-014", "POST", LOGIN, wish)


@pytest.mark.parametrize(
    ("wish", "element"),
    [
        ({"patient": "demo-99"}, "patient"),
        ({"patient": ""}, "patient"),
        ({"patient": PATIENT}, "patient"),
        ({"practitioner": PRACTICE}, "practitioner"),
        ({"practitioner": "DEMO-1"}, "practitioner"),
        ({"practitioner": "demo-1", "member": "somebody"}, "member"),
    ],
)
def test_nobody_else_logs_in(desk, wish, element):
    finding = refused(desk.sandbox, 400, "PLA-029", "POST", LOGIN, wish)
    assert element == finding["element"]


def test_the_form_of_a_login_is_that_of_every_other_wish(desk):
    sandbox = desk.sandbox
    refused(sandbox, 415, "SBX-011", "POST", LOGIN, b"{}", Content_Type="text/plain")
    refused(sandbox, 400, "SBX-012", "POST", LOGIN, b'{"patient":')
    refused(sandbox, 413, "SBX-013", "POST", LOGIN, b" " * 70_000)
    refused(sandbox, 400, "SBX-014", "POST", f"{LOGIN}?who=me", {"patient": "demo-1"})
    refused(sandbox, 405, "SBX-019", "GET", LOGIN)
    assert "POST" == ask(sandbox, "DELETE", LOGIN)[2]["allow"]


def test_a_page_of_another_site_cannot_log_in(desk):
    wish = {"patient": "demo-1"}
    status, value, _ = ask(desk.sandbox, "POST", LOGIN, wish, Origin="http://site.example")
    assert 403 == status
    assert b"SBX-009" in value


def test_without_a_desk_there_is_no_platform():
    with Sandbox(security="off") as sandbox, pytest.raises(Exception, match="poste de commande"):
        ask(sandbox, "POST", LOGIN, {"patient": "demo-1"})


def test_a_sandbox_that_answers_with_two_processes_has_its_platform(tmp_path):
    place = tmp_path / "store.sqlite3"
    with open_platform(place, clock=None, workers=2) as desk:
        desk.consent("MH")
        identifier = desk.deposited()
        assert 200 == desk.call("practice", "GET", f"{desk.own}/{identifier}")[0]
