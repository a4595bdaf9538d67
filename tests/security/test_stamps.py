"""Instants and timestamps as the field writes them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from memhon.errors import SecurityError
from memhon.security import check_not_future, check_stamp, hashed, instants, read_username
from memhon.security.names import PASSWORD_TEXT, TIMESTAMP, USERNAME_TOKEN, Space, clark

NOW = datetime(2023, 12, 28, 0, 1, 13, 539000, tzinfo=UTC)


def _stamp(created, expires):
    node = etree.Element(TIMESTAMP)
    for name, value in (("Created", created), ("Expires", expires)):
        if value is not None:
            etree.SubElement(node, clark(Space.UTILITY, name)).text = value
    return node


def _refused(stamp, now=NOW):
    with pytest.raises(SecurityError) as caught:
        check_stamp(stamp, now)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.parametrize(
    ("created", "expires"),
    [
        ("2023-12-28T00:01:13.539Z", "2023-12-28T00:11:13.539Z"),
        ("2023-12-28T00:01:13Z", "2023-12-28T00:01:14Z"),
        ("2023-12-28T00:01:13", "2023-12-28T00:11:13"),
        ("2023-12-28T01:01:13+01:00", "2023-12-28T01:11:13+01:00"),
        (" 2023-12-28T00:01:18.539Z\n", "2023-12-28T00:11:13Z"),
        ("2023-12-27T23:51:13.540Z", "2023-12-28T00:01:13.540Z"),
    ],
)
def test_a_timestamp_that_counts(created, expires):
    assert check_stamp(_stamp(created, expires), NOW) is None


@pytest.mark.parametrize(
    ("created", "expires", "finding"),
    [
        ("2023-12-27T23:51:13Z", "2023-12-28T00:01:13.539Z", "SEC-020"),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:10:00Z", "SEC-020"),
        ("2023-12-28T00:01:18.540Z", "2023-12-28T00:11:13Z", "SEC-021"),
        ("2023-12-28T01:01:13", "2023-12-28T01:11:13", "SEC-021"),
        (None, "2023-12-28T00:11:13Z", "SEC-022"),
        ("2023-12-28T00:01:13Z", None, "SEC-022"),
        ("demain", "2023-12-28T00:11:13Z", "SEC-022"),
        ("", "", "SEC-022"),
        ("2023-12-28T00:11:13Z", "2023-12-28T00:11:13Z", "SEC-022"),
        ("2023-12-28T00:11:13Z", "2023-12-28T00:01:13Z", "SEC-022"),
    ],
)
def test_a_timestamp_that_does_not(created, expires, finding):
    assert finding == _refused(_stamp(created, expires)).id


def test_how_far_a_clock_is_ahead_is_told():
    with pytest.raises(SecurityError) as caught:
        check_not_future(NOW + timedelta(hours=1), NOW, "AuthnRequest")
    (finding,) = caught.value.findings
    assert ("3600 s", "AuthnRequest") == (finding.detail, finding.element)
    assert ("2023-12-28T01:01:13.539Z", "2023-12-28T00:01:13.539Z") == (
        finding.found,
        finding.expected,
    )


@pytest.mark.parametrize("hours", [0, 1, -11])
def test_instants_are_written_in_utc(hours):
    here = NOW.astimezone(timezone(timedelta(hours=hours)))
    assert "2023-12-28T00:01:13.539Z" == instants.milliseconds(here)
    assert "2023-12-28T00:01:13Z" == instants.seconds(here)
    assert NOW == instants.read(instants.milliseconds(here))


@pytest.mark.parametrize("text", [None, "", "x", "2023-13-01T00:00:00Z", "12:00"])
def test_what_is_no_instant(text):
    assert instants.read(text) is None


def test_the_password_is_the_base64_of_a_sha1():
    assert "W6ph5Mm5Pz8GgiULbPgzG37mj9g=" == hashed("password")


def test_a_user_name_is_read_as_it_stands():
    token = etree.Element(USERNAME_TOKEN)
    assert ("", "") == (read_username(token).name, read_username(token).password)
    etree.SubElement(token, clark(Space.SECURITY, "Username")).text = " A\n"
    node = etree.SubElement(token, clark(Space.SECURITY, "Password"), Type=PASSWORD_TEXT)
    node.text = hashed("password")
    assert ("A", hashed("password")) == (read_username(token).name, read_username(token).password)
