"""Step 1: the identity provider answers, and refuses, over HTTP."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

import secured
import wire
from memhon.catalogue import load
from memhon.security import Defect
from memhon.security.names import (
    ASSERTION,
    BODY,
    SIGNATURE,
    TIMESTAMP,
    Space,
    clark,
)
from memhon.security.signing import sign
from memhon.soap import document

LATER = timedelta(minutes=10)


def test_an_authentication_is_answered_with_an_assertion_of_one_minute(peer, clock):
    answer = peer.identity(peer.authentication())
    assert answer.status == 200
    assertion = answer.root.find(f".//{ASSERTION}")
    conditions = assertion.find(clark(Space.SAML, "Conditions"))
    assert conditions.get("NotBefore") == "2023-12-28T00:01:12Z"
    assert conditions.get("NotOnOrAfter") == "2023-12-28T00:02:12Z"
    assert re.fullmatch("Id-[0-9a-f]{24}-2", assertion.get("ID"))
    attributes = {
        node.get("Name"): node.findtext(clark(Space.SAML, "AttributeValue"))
        for node in assertion.iter(clark(Space.SAML, "Attribute"))
    }
    assert attributes["psEHealthID"] == peer.provider.ehealth_id
    assert attributes["psMatricule"] == peer.provider.matricule
    assert attributes["userCertificate"] == peer.pair.encoded
    assert [child.tag.rpartition("}")[2] for child in assertion] == [
        "Issuer",
        "Signature",
        "Subject",
        "Conditions",
        "AttributeStatement",
    ]


@pytest.mark.parametrize("part", ["timestamp", "certificate", "body"])
def test_every_part_of_step_1_has_to_be_signed(peer, part):
    profile = secured.without(load().signing["authentication-request"], part)
    secured.refuses(peer.identity(peer.authentication(profile=profile)), "SEC-009")


@pytest.mark.parametrize(
    ("defect", "finding"),
    [
        (Defect.FOREIGN, "SEC-011"),
        (Defect.EXPIRED, "SEC-012"),
        (Defect.FUTURE, "SEC-012"),
        (Defect.REVOKED, "SEC-013"),
        (Defect.WRONG_USAGE, "SEC-014"),
    ],
)
def test_a_wrong_certificate_is_refused_by_every_service(peer, pki, defect, finding):
    token = peer.token()
    assertion = peer.authenticate()
    wrong = replace(peer, pair=pki.practitioner("demo-1", defect))
    secured.refuses(peer.identity(wrong.authentication()), finding)
    secured.refuses(peer.ask(wrong.token_request(assertion)), finding)
    secured.refuses(peer.ask(wrong.account_request()), finding)
    secured.refuses(peer.send(wrong.call(token)), finding)
    secured.refuses(peer.send(wrong.call(token), secured.SELF_TEST), finding)


def test_the_timestamp_is_judged(peer, clock):
    now = clock.now()
    early = peer.authentication(now=now - LATER)
    secured.refuses(peer.identity(early), "SEC-020")
    late = peer.identity(peer.authentication(now=now + timedelta(minutes=1)))
    secured.refuses(late, "SEC-021")
    assert "60 s" in late.text(".//faultstring")
    assert peer.identity(peer.authentication(now=now + timedelta(seconds=5))).status == 200


def test_a_request_issued_in_the_future(peer, clock):
    data = peer.authentication(issued=clock.now() + timedelta(hours=1))
    secured.refuses(peer.identity(data), "SEC-021")


def test_an_instant_without_a_zone_is_accepted_as_the_field_sends_it(peer):
    def change(envelope):
        request = envelope.find(BODY)[0]
        request.set("IssueInstant", request.get("IssueInstant").removesuffix("Z"))
        request.find(clark(Space.SAML, "Subject")).tail = "/>"

    assert peer.identity(peer.authentication(before=change)).status == 200


def test_an_unreadable_timestamp(peer, pair, clock):
    envelope = etree.fromstring(peer.authentication())
    security = secured.security_of(envelope)
    security.remove(security.find(SIGNATURE))
    for name in ("Created", "Expires"):
        security.find(f"{TIMESTAMP}/{clark(Space.UTILITY, name)}").text = "demain"

    profile = load().signing["authentication-request"]
    sign(envelope, profile, pair, key_id="K")
    secured.refuses(peer.identity(document(envelope)), "SEC-022")


def test_the_ehealth_id_is_that_of_the_certificate(peer):
    other = load().provider("demo-2").ehealth_id
    secured.refuses(peer.identity(peer.authentication(other)), "SEC-050")


def test_a_practitioner_whom_nobody_knows(peer, pki):
    stranger = replace(peer.provider, ehealth_id="0000000099")
    pair = pki.authority.practitioner(stranger, bits=2048)
    known = replace(peer, pair=pair, provider=stranger)
    secured.refuses(peer.identity(known.authentication()), "SEC-051")


_PATH = f"{BODY}/{clark(Space.SAML_PROTOCOL, 'AuthnRequest')}"


@pytest.mark.parametrize(
    "change",
    [
        secured.drop(_PATH),
        secured.drop(f"{_PATH}/{clark(Space.SAML_PROTOCOL, 'Extensions')}"),
        lambda envelope: envelope.find(_PATH).attrib.pop("ID"),
        lambda envelope: envelope.find(BODY).append(etree.Element("more")),
    ],
    ids=["no request", "no eHealthID", "no ID", "two children"],
)
def test_an_authentication_request_that_says_nothing(peer, change):
    secured.refuses(peer.identity(peer.authentication(before=change)), "SEC-060")


@pytest.mark.parametrize("path", [secured.IDENTITY, secured.TOKENS, secured.SELF_TEST])
def test_what_is_no_xml_and_what_is_not_signed(peer, path):
    answer = wire.send(peer.url, b"hello", path=path)
    assert (answer.status, secured.error_of(answer)) == (500, "SBX-001")
    bare = wire.envelope("<a/>", "X")
    secured.refuses(wire.send(peer.url, bare, path=path), "SEC-001")
    assert wire.send(peer.url, b"", path=path, method="GET").status == 405
