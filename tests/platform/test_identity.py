"""Who is recognised: token and certificate, each wrong in its own way."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import jwt
import pytest

from desk_calls import ask
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.home import pki_path
from memhon.platform import LOGIN
from memhon.security import MYSECU, PLATFORM, Defect, Pki
from platform_desk import OTHER_PRACTICE, PATIENT, PRACTICE, START, login, open_platform

SETTINGS = load().settings
LIST = f"/practitioner/{PRACTICE}/documents"
NOW = int(VirtualClock(START).now().timestamp())
NAMED = f"C=LU, serialNumber={PRACTICE}"


def signed(key=None, *, algorithm="RS256", drop=(), **changes):
    """A token as the platform issues it, but for what changes."""
    claims = {
        "iss": SETTINGS["platform_issuer"],
        "aud": SETTINGS["platform_audience"],
        "sub": PRACTICE,
        "nbf": NOW,
        "exp": NOW + 60,
    }
    claims = {name: value for name, value in (claims | changes).items() if name not in drop}
    key = key or Pki(pki_path()).service(PLATFORM).private_key
    return jwt.encode(claims, key, algorithm)


def forged_with_the_certificate():
    """HS256 with the public certificate as the secret: the classic confusion of algorithms."""
    certificate = Pki(pki_path()).file(PLATFORM).read_bytes()
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "typ": "JWT"}, {"sub": PRACTICE, "exp": NOW + 60})
    ]
    seal = hmac.new(certificate, b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(seal).rstrip(b"=")]).decode()


def tampered():
    """Another name below a signature that was right."""
    head, _, seal = signed().split(".")
    claims = {"sub": OTHER_PRACTICE, "exp": NOW + 60}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{seal}"


def called(desk, authorization, certificate=NAMED):
    """A request of the practice's list with these headers."""
    given = {"Authorization": authorization, "X_Client_Certificate": certificate}
    given = {name: value for name, value in given.items() if value is not None}
    return desk.refused, given


def test_what_is_forged_below_would_pass_if_it_were_right(desk):
    headers = {"Authorization": f"Bearer {signed()}", "X_Client_Certificate": NAMED}
    assert 200 == desk.call(None, "GET", LIST, **headers)[0]


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Basic ZGVtbzpkZW1v", "Bearer a b", "a.b.c"]
)
def test_without_a_token_nobody_is_known(desk, authorization):
    refused, given = called(desk, authorization)
    refused(401, "PLA-001", None, "GET", LIST, **given)


def test_a_refusal_says_how_to_come_in(desk):
    assert "Bearer" == desk.call(None, "GET", LIST)[2]["www-authenticate"]


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "a.b.c",
        "....",
        signed()[:-400],
        signed().replace(".", ".."),
        "x" * 9000,
        signed(drop=("exp",)),
        signed(drop=("nbf",)),
        signed(drop=("sub",)),
        signed(drop=("iss",)),
        signed(exp="demain"),
        signed(exp=NOW + 60.5),
        signed(nbf=True),
    ],
)
def test_an_unreadable_token(desk, token):
    refused, given = called(desk, f"Bearer {token}")
    refused(401, "PLA-002", None, "GET", LIST, **given)


@pytest.mark.parametrize(
    "token",
    [
        jwt.encode({"sub": PRACTICE, "exp": NOW + 60}, None, "none"),
        signed("k" * 32, algorithm="HS256"),
        signed(algorithm="RS512"),
        forged_with_the_certificate(),
    ],
    ids=["none", "HS256", "RS512", "confusion"],
)
def test_a_token_does_not_choose_its_algorithm(desk, token):
    refused, given = called(desk, f"Bearer {token}")
    refused(401, "PLA-003", None, "GET", LIST, **given)


@pytest.mark.parametrize(
    "token",
    [
        tampered(),
        signed(Pki(pki_path()).service(MYSECU).private_key),
        signed(Pki(pki_path()).service(PLATFORM, Defect.FOREIGN).private_key),
    ],
    ids=["tampered", "another service", "another authority"],
)
def test_a_wrong_signature(desk, token):
    refused, given = called(desk, f"Bearer {token}")
    refused(401, "PLA-004", None, "GET", LIST, **given)


@pytest.mark.parametrize(
    "token",
    [
        signed(iss="https://elsewhere.example.invalid"),
        signed(iss=SETTINGS["platform_issuer"] + "/"),
        signed(aud="another-application"),
        signed(aud=["another-application"]),
    ],
)
def test_a_token_of_another_issuer_or_for_another_service(desk, token):
    refused, given = called(desk, f"Bearer {token}")
    refused(401, "PLA-005", None, "GET", LIST, **given)


@pytest.mark.parametrize(
    "token", [signed(exp=NOW), signed(exp=NOW - 1), signed(nbf=NOW + 1), signed(exp=-1)]
)
def test_a_token_outside_its_time(desk, token):
    refused, given = called(desk, f"Bearer {token}")
    refused(401, "PLA-006", None, "GET", LIST, **given)


def test_a_token_lives_by_the_clock_of_the_sandbox():
    clock = VirtualClock(START)
    with open_platform(clock=clock) as desk:
        life = timedelta(minutes=SETTINGS["platform_token_minutes"])
        clock.advance(life - timedelta(seconds=1))
        assert 200 == desk.call("practice", "GET", LIST)[0]
        clock.advance(timedelta(seconds=1))
        desk.refused(401, "PLA-006", "practice", "GET", LIST)
        anew = login(desk.sandbox, {"practitioner": "demo-1"})
        headers = {name.replace("-", "_"): value for name, value in anew.items()}
        assert 200 == desk.call(None, "GET", LIST, **headers)[0]


@pytest.mark.parametrize(
    "certificate",
    [
        None,
        "",
        "C=LU",
        "serialNumber",
        f"serialNumber={PRACTICE}, C",
        f"serialNumber={PRACTICE}1",
        f"serialNumber={PRACTICE[1:]}",
        f"serialNumber={PRACTICE}, serialNumber={PRACTICE}",
        f"serialNumber={PRACTICE}, serialNumber={OTHER_PRACTICE}",
        f"SerialNumber={PRACTICE}",
        f"CN=x\\, serialNumber={PRACTICE}",
        f"serialNumber={PRACTICE}, CN={'x' * 5000}",
    ],
)
def test_a_practitioner_needs_a_certificate_that_can_be_read(desk, certificate):
    refused, given = called(desk, f"Bearer {signed()}", certificate)
    refused(401, "PLA-007", None, "GET", LIST, **given)


@pytest.mark.parametrize(
    "certificate",
    [
        f"serialNumber={PRACTICE}",
        f"C=LU,title=PS-001,SN=X,GN=Y,serialNumber={PRACTICE},CN=Y X,emailAddress=y@x.invalid",
        f" CN = a\\, b , serialNumber = {PRACTICE} ",
        f"CN=a=b,serialNumber={PRACTICE}",
    ],
)
def test_the_fields_of_a_certificate_are_read(desk, certificate):
    headers = {"Authorization": f"Bearer {signed()}", "X_Client_Certificate": certificate}
    assert 200 == desk.call(None, "GET", LIST, **headers)[0]


@pytest.mark.parametrize("name", [OTHER_PRACTICE, "demo-4", "", PATIENT, "demo-1^^^"])
def test_token_and_certificate_belong_together(desk, name):
    refused, given = called(desk, f"Bearer {signed(sub=name)}")
    refused(401, "PLA-008", None, "GET", LIST, **given)


def test_a_member_of_the_team_acts_for_the_practitioner_while_in_it(fresh):
    store, now = fresh.sandbox._store.platform, fresh.sandbox.clock.now()
    fresh.refused(401, "PLA-008", "member", "GET", LIST)
    store.add_member(PRACTICE, "demo-4", PRACTICE, now)
    assert 200 == fresh.call("member", "GET", LIST)[0]
    fresh.consent("MH")
    identifier = fresh.deposited(who="member")
    assert "demo-4" == store.document(identifier).author
    store.remove_member(PRACTICE, "demo-4", now)
    fresh.refused(401, "PLA-008", "member", "GET", f"{fresh.own}/{identifier}")


@pytest.mark.parametrize(
    "name",
    [
        "demo-99^^^&2.999.1&ISO",
        "demo-1^^^&2.999.2&ISO",
        "demo-1^x^^&2.999.1&ISO",
        f"{PATIENT}^^^&2.999.1&ISO",
        "^^^&2.999.1&ISO",
    ],
)
def test_a_patient_whom_the_index_does_not_know(desk, name):
    refused, given = called(desk, f"Bearer {signed(sub=name)}", None)
    refused(401, "PLA-009", None, "GET", f"/person/{PATIENT}/documents", **given)


def test_a_patient_has_no_certificate_and_one_changes_nothing(desk):
    token = ask(desk.sandbox, "POST", LOGIN, {"patient": "demo-1"})[1]["access_token"]
    for more in ({}, {"X_Client_Certificate": NAMED}, {"X_Client_Certificate": "nonsense"}):
        headers = {"Authorization": f"Bearer {token}"} | more
        assert 200 == desk.call(None, "GET", f"/person/{PATIENT}/documents", **headers)[0]
        desk.refused(403, "PLA-010", None, "GET", LIST, **headers)


def test_a_certificate_alone_is_enough_for_those_in_the_settings_only(desk):
    address = f"/person/{PATIENT}/documents"
    assert 200 == desk.call("cns", "GET", address)[0]
    desk.refused(403, "PLA-010", "admin", "GET", address)
    desk.refused(401, "PLA-001", None, "GET", address, X_Client_Certificate=NAMED)
    desk.refused(401, "PLA-007", None, "GET", address, X_Client_Certificate="nonsense")
