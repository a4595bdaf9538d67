"""The clock, the password, and what is refused although it is right."""

import base64
import hashlib
import re
from datetime import datetime, timedelta

import pytest

import memhon
import secured
from memhon.clock import VirtualClock
from memhon.security.diagnosis import explain
from resigning import body, digest, exclusive, messages, resigned

NOW = VirtualClock(secured.START).now()
_HOURS = [-14, -2, -1, 1, 2, 14]


def _ids(diagnosis):
    return [cause.finding.id for cause in diagnosis.causes]


@pytest.mark.parametrize("hours", _HOURS)
def test_a_time_zone_is_told_by_its_hours(hours):
    found = explain(messages()["step-1-request"], now=NOW + timedelta(hours=hours, minutes=1))
    (cause,) = found.causes
    sign = "+" if hours > 0 else "−"
    assert ("DIA-020", f"{sign}{abs(hours)} h") == (cause.finding.id, cause.finding.detail)
    assert NOW + timedelta(hours=hours) == datetime.fromisoformat(cause.value)


def test_a_clock_that_is_off_is_told_by_its_seconds():
    found = explain(messages()["step-1-request"], now=NOW - timedelta(seconds=90))
    assert [("DIA-020", "−90 s")] == [(c.finding.id, c.finding.detail) for c in found.causes]
    assert not found.right


def test_the_assertion_has_a_clock_too():
    found = explain(messages()["step-2-request"], now=NOW + timedelta(hours=1, seconds=20))
    assert ["Conditions"] == [cause.finding.element for cause in found.causes]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=-5), timedelta(days=30)])
def test_what_is_in_time_or_merely_old_has_no_clock(late):
    assert () == explain(messages()["step-1-request"], now=NOW + late).causes


def _with_password(pair, text):
    data = messages()["account"]
    changed = re.sub(rb"(<wsse:Password[^>]*>)[^<]+", rb"\g<1>" + text.encode(), data)

    def value(root):
        (token,) = root.iter("{*}UsernameToken")
        return digest(exclusive(token, "wsse", "wsu", "ns", "soapenv"))

    return resigned(changed, pair, value=value)


_SHA1 = hashlib.sha1(b"mot", usedforsecurity=False).digest()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("mot", "text"),
        (_SHA1.hex(), "hex(SHA-1)"),
        (base64.b64encode(_SHA1.hex().encode()).decode(), "base64(hex(SHA-1))"),
        (base64.b64encode(hashlib.sha256(b"mot").digest()).decode(), "base64(SHA-256)"),
    ],
)
def test_the_form_of_a_password_is_told_and_the_password_is_not(pair, text, form):
    found = explain(_with_password(pair, text), passwords=["autre", "mot"])
    assert [("DIA-021", form)] == [(cause.finding.id, cause.value) for cause in found.causes]
    assert "mot" not in repr(found.causes[0].finding).replace("mot de passe", "")


def test_a_password_digest_is_told(pair):
    data = messages()["account"]
    nonce = base64.b64decode(re.search(rb"Nonce[^>]*>([^<]+)", data)[1])
    created = re.search(rb"Created>([^<]+)", data)[1]
    made = hashlib.sha1(nonce + created + b"mot", usedforsecurity=False).digest()
    found = explain(_with_password(pair, base64.b64encode(made).decode()), passwords=["mot"])
    assert ["PasswordDigest(text)"] == [cause.value for cause in found.causes]


def test_the_right_password_and_an_unknown_one_are_not_told(pair):
    right = _with_password(pair, base64.b64encode(_SHA1).decode())
    assert explain(right, passwords=["mot"]).right
    assert explain(_with_password(pair, "mot"), passwords=["autre"]).right


def test_what_the_verifier_refuses_although_it_is_right(pair):
    data = messages()["pid-request"].replace(
        b"http://www.w3.org/2001/04/xmlenc#sha256", b"http://www.w3.org/2000/09/xmldsig#sha1"
    )
    data = resigned(data, pair, value=lambda r: digest(exclusive(body(r), "sync"), "sha1"))
    found = explain(data)
    assert ["SEC-005"] == _ids(found)
    assert found.signatures[0].right
    assert found.signatures[0].references[0].right


def test_the_public_name_compares_as_well():
    data = messages()["pid-request"]
    assert memhon.explain_signature(data).right
    assert memhon.explain_signature(data).comparison is None
    changed = data.replace(b">C1<", b">C2<")
    found = memhon.explain_signature(changed, against=data)
    assert ["document", "reference body"] == [
        one.step for one in found.comparison.steps if not one.same
    ]
