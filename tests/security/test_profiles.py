"""All six signing profiles: what is signed as a profile says is verified, in either form."""

from dataclasses import replace

import pytest
from lxml import etree

import secured
from memhon import soap
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import SecurityError
from memhon.security import Credentials, Token, TrustStore, authentication, secure, tokens, verify
from memhon.security.assertions import Holder, assertion_envelope
from memhon.security.canonical import canonical
from memhon.security.names import (
    ASSERTION,
    BINARY_TOKEN,
    BODY,
    INCLUSIVE,
    KEY_INFO,
    REFERENCE,
    SIGNATURE,
    SIGNED_INFO,
    TOKEN_REFERENCE,
    WSU_ID,
    X509_DATA,
    ValueType,
)

NOW = VirtualClock(secured.START).now()
PROFILES = sorted(load().signing)
TOKEN = Token("QUJD\n", "T-1")


@pytest.fixture(scope="module")
def trust(authority):
    return TrustStore([authority.pair.certificate])


@pytest.fixture(scope="module")
def credentials(small):
    provider = load().provider("demo-1")
    holder = Holder(small.certificate, provider.matricule, provider.ehealth_id)
    answer = assertion_envelope(
        holder, issuer="urn:i", key=small, assertion_id="Id-1-2", response_id="Id-1", now=NOW
    )
    assertion = answer.find(f".//{ASSERTION}")
    return Credentials(small, token=TOKEN, assertion=assertion, username=secured.ACCOUNT)


def _envelope(name):
    if name == "authentication-request":
        return authentication.authentication_envelope(
            load().provider("demo-1").ehealth_id, secured.ADDRESSES, request_id="saml-1", now=NOW
        )
    if name.startswith("token-request"):
        return tokens.token_envelope(secured.ADDRESS, None)
    if name == "service-response":
        return tokens.token_answer(TOKEN, secured.ADDRESS, now=NOW, body_id="Id-3")
    data = secured.SIMULATION if name.endswith("pid") else secured.DEPOSIT
    tree = etree.fromstring(data)
    return soap.request_tree(tree, model_uid=secured.wire.SIM, prefixes=secured.PREFIXES)


def _signed(name, credentials, **changes):
    profile = replace(load().signing[name], **changes)
    tree = secure(_envelope(name), profile, credentials, now=NOW, draw=secured.draw)
    return profile, etree.fromstring(soap.document(tree))


@pytest.mark.parametrize("name", PROFILES)
def test_what_is_signed_is_verified(name, credentials, trust, small):
    profile, root = _signed(name, credentials)
    verified = verify(root, profile, trust=trust, now=NOW)
    assert small.certificate == verified.certificate
    assert {part.name for part in profile.parts} == set(verified.parts)


@pytest.mark.parametrize("name", PROFILES)
def test_the_message_says_what_the_profile_says(name, credentials):
    profile, root = _signed(name, credentials)
    security = secured.security_of(root)
    info = security.find(f"{SIGNATURE}/{SIGNED_INFO}")
    assert profile.signed_info == _prefixes(info[0])
    lists = tuple(_prefixes(node[0][0]) for node in info.findall(REFERENCE))
    assert tuple(part.prefixes for part in profile.parts) == lists
    assert profile.header == tuple(_kind(child) for child in security)
    found = security.find(f"{SIGNATURE}/{KEY_INFO}")[0].tag
    assert {"reference": TOKEN_REFERENCE, "certificate": X509_DATA}[profile.key_info] == found


def _prefixes(method):
    node = method.find(INCLUSIVE)
    return () if node is None else tuple(node.get("PrefixList").split())


def _kind(child):
    if child.tag == BINARY_TOKEN:
        return "token" if child.get("ValueType") == ValueType.MYSECU else "certificate"
    names = {"Signature": "signature", "Timestamp": "timestamp", "Assertion": "assertion"}
    return {**names, "UsernameToken": "username"}[etree.QName(child).localname]


@pytest.mark.parametrize("misspelt", [True, False])
@pytest.mark.parametrize("key_info", ["reference", "certificate"])
@pytest.mark.parametrize("name", ["authentication-request", "token-request-saml"])
def test_both_forms_of_key_info_and_both_spellings(name, key_info, misspelt, credentials, trust):
    profile, root = _signed(name, credentials, key_info=key_info, misspelt=misspelt)
    spelt = {node.get("ValueType") for node in secured.security_of(root).findall(BINARY_TOKEN)}
    wanted = ValueType.CERTIFICATE_MISSPELT if misspelt else ValueType.CERTIFICATE
    assert {wanted.value} == spelt
    assert profile.required <= set(verify(root, profile, trust=trust, now=NOW).parts)


@pytest.mark.parametrize("name", PROFILES)
def test_the_order_of_the_header_is_free(name, credentials, trust):
    for order in (load().signing[name].header[::-1], tuple(sorted(load().signing[name].header))):
        profile, root = _signed(name, credentials, header=order)
        assert profile.required <= set(verify(root, profile, trust=trust, now=NOW).parts)


@pytest.mark.parametrize("name", PROFILES)
def test_every_signed_part_matters(name, credentials, trust):
    profile = load().signing[name]
    # Without its only part a signature has no reference at all.
    expected = "SEC-009" if len(profile.parts) > 1 else "SEC-016"
    for part in sorted(profile.required):
        _, root = _signed(name, credentials, parts=secured.without(profile, part).parts)
        with pytest.raises(SecurityError) as caught:
            verify(root, profile, trust=trust, now=NOW)
        assert [expected] == [finding.id for finding in caught.value.findings]


@pytest.mark.parametrize("name", PROFILES)
def test_signing_touches_nothing_of_the_content(name, credentials):
    before = canonical(_envelope(name).find(BODY)[0])
    assert before == canonical(_signed(name, credentials)[1].find(BODY)[0])


def test_every_message_has_ids_of_its_own(credentials):
    roots = [_signed("authentication-request", credentials)[1] for _ in range(2)]
    ids = [{node.get(WSU_ID) for node in root.iter() if node.get(WSU_ID)} for root in roots]
    assert 3 == len(ids[0])
    assert set() == ids[0] & ids[1]


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("exchange-request-pid", "token"),
        ("token-request-saml", "assertion"),
        ("token-request-username", "username"),
    ],
)
def test_what_a_profile_needs_has_to_be_given(name, missing, credentials):
    with pytest.raises(ValueError, match="the profile needs"):
        _signed(name, replace(credentials, **{missing: None}))
