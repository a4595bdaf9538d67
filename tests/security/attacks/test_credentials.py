"""Assertions and tokens: expired, future, reused, foreign, cancelled, of somebody else."""

from datetime import timedelta

import pytest
from lxml import etree

import canaries
from forging import DS, WSSE, fault_id
from memhon import soap
from memhon.catalogue import load
from memhon.sandbox import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH
from memhon.security import (
    MYSECU,
    Addresses,
    Credentials,
    Holder,
    Token,
    Username,
    assertions,
    authentication,
    tokens,
)

SELF_TEST = "/ws/soap/inttest/btt"


@pytest.fixture
def later(scene):
    """Moves the clock and puts it back."""
    start = scene.clock.now()
    yield lambda seconds: scene.clock.set(start + timedelta(seconds=seconds))
    scene.clock.set(start)


def refused(answer, expected):
    assert (500, expected) == (answer.status, fault_id(answer))


@pytest.mark.parametrize(("seconds", "expected"), [(59, "SEC-030"), (-2, "SEC-031")])
def test_an_assertion_outside_its_minute_is_refused(scene, later, seconds, expected):
    assertion = scene.assertion()
    later(seconds)
    refused(scene.post(scene.token_request(assertion), TOKEN_PATH), expected)


def test_an_assertion_buys_one_token(scene):
    assertion = scene.assertion()
    assert 200 == scene.post(scene.token_request(assertion), TOKEN_PATH).status
    refused(scene.post(scene.token_request(assertion), TOKEN_PATH), "SEC-032")


def test_the_very_same_request_buys_no_second_token(scene):
    request = etree.tostring(scene.token_request())
    assert 200 == scene.post(request, TOKEN_PATH).status
    refused(scene.post(request, TOKEN_PATH), "SEC-032")


def test_an_assertion_of_somebody_else_is_refused(scene):
    request = scene.token_request(scene.assertion(), scene.key("demo-2"))
    refused(scene.post(request, TOKEN_PATH), "SEC-034")


@pytest.mark.parametrize("issuer", ["practitioner", "another service"])
def test_an_assertion_by_another_issuer_is_refused(scene, issuer):
    """A trusted key, but not the identity provider's."""
    key = scene.key() if issuer == "practitioner" else scene.pki.service(MYSECU)
    provider = load().provider("demo-1")
    holder = Holder(scene.key().certificate, provider.matricule, provider.ehealth_id)
    answer = assertions.assertion_envelope(
        holder,
        issuer="https://idp.invalid",
        key=key,
        assertion_id="Id-own-2",
        response_id="Id-own-1",
        now=scene.clock.now(),
    )
    own = assertions.read_response(etree.fromstring(etree.tostring(answer)))
    refused(scene.post(scene.token_request(own), TOKEN_PATH), "SEC-035")


def test_an_ehealth_id_of_somebody_else_is_refused(scene):
    other = load().provider("demo-2").ehealth_id
    refused(scene.post(scene.authentication(ehealth_id=other), IDENTITY_PATH), "SEC-050")


@pytest.mark.parametrize(("seconds", "expected"), [(601, "SEC-020"), (-60, "SEC-021")])
def test_a_replayed_authentication_is_refused(scene, later, seconds, expected):
    request = scene.authentication()
    later(seconds)
    refused(scene.post(request, IDENTITY_PATH), expected)


def test_an_authentication_without_a_zone_is_accepted(scene):
    """As observed in the field."""
    values = load().profiles["certification"].values
    addresses = Addresses(str(values["saml_destination"]), "https://x.invalid", "https://x.invalid")
    tree = authentication.authentication_envelope(
        load().provider("demo-1").ehealth_id, addresses, request_id="a", now=scene.clock.now()
    )
    tree[1][0].set("IssueInstant", scene.clock.now().strftime("%Y-%m-%dT%H:%M:%S"))
    message = scene.signed(tree, "authentication-request", Credentials(scene.key()))
    assert 200 == scene.post(message, IDENTITY_PATH).status


@pytest.mark.parametrize("path", [EXCHANGE_PATH, SELF_TEST])
def test_tokens_that_do_not_count_are_refused(scene, later, path):
    token = scene.token()
    assert 200 == scene.post(scene.business(token), path).status
    refused(scene.post(scene.business(token, scene.key("demo-2")), path), "SEC-043")
    foreign = scene.token(scene.token_request(applies_to="https://other.invalid/x"))
    refused(scene.post(scene.business(foreign), path), "SEC-044")
    refused(scene.post(scene.business(Token("QUJD" * 40, "Id-x")), path), "SEC-040")
    refused(scene.post(scene.business(Token("", "Id-x")), path), "SEC-045")
    cut = Token(token.value[: len(token.value) // 2], token.id)
    refused(scene.post(scene.business(cut), path), "SEC-040")
    later(30 * 60)
    refused(scene.post(scene.business(token), path), "SEC-041")


def test_two_tokens_are_ambiguous_and_only_the_first_counts(scene):
    root = scene.business(Token("QUJD" * 40, "Id-x"))
    true = scene.business()[0][0][0]
    true.tag = f"{WSSE}BinarySecurityToken"
    root[0][0].append(true)
    refused(scene.post(root), "SEC-040")


def _cancelling(scene, token, practitioner="demo-1"):
    ehealth_id = load().provider(practitioner).ehealth_id
    assertion = scene.assertion(scene.key(practitioner), ehealth_id)
    credentials = Credentials(scene.key(practitioner), assertion=assertion)
    return scene.signed(tokens.cancel_envelope(token), "token-request-saml", credentials)


def test_a_cancelled_token_is_refused(scene):
    token = scene.token()
    assert 200 == scene.post(_cancelling(scene, token), TOKEN_PATH).status
    refused(scene.post(scene.business(token)), "SEC-042")
    refused(scene.post(_cancelling(scene, token), TOKEN_PATH), "SEC-040")


def test_nobody_cancels_the_token_of_another(scene):
    token = scene.token()
    refused(scene.post(_cancelling(scene, token, "demo-2"), TOKEN_PATH), "SEC-043")
    assert 200 == scene.post(scene.business(token)).status


def test_a_wrong_account_is_refused_and_not_quoted(scene):
    settings = load().settings
    name, password = str(settings["account_name"]), str(settings["account_password"])
    right = scene.account_request(Username(name, password))
    assert 200 == scene.post(right, TOKEN_PATH).status
    for account in (Username(name, "canary-secret"), Username("other", password)):
        answer = scene.post(scene.account_request(account), TOKEN_PATH)
        refused(answer, "SEC-062")
        assert [] == canaries.leaks(answer.data.decode(), "canary-secret", password)


def test_an_account_that_is_not_signed_is_refused(scene):
    settings = load().settings
    account = Username(str(settings["account_name"]), str(settings["account_password"]))
    root = scene.account_request(account)
    user = root[0][0].find(f"{WSSE}UsernameToken")
    user.find(f"{WSSE}Username").text = "other"
    refused(scene.post(root, TOKEN_PATH), "SEC-007")


def test_messages_of_another_step_are_refused(scene):
    """A right signature over the wrong message."""
    step1, step2, step3 = scene.authentication(), scene.token_request(), scene.business()
    refused(scene.post(step1, TOKEN_PATH), "SEC-009")
    refused(scene.post(step3, TOKEN_PATH), "SEC-009")
    refused(scene.post(step2, IDENTITY_PATH), "SEC-009")
    refused(scene.post(step3, IDENTITY_PATH), "SEC-009")
    refused(scene.post(step1, EXCHANGE_PATH), "SEC-045")
    refused(scene.post(step2, EXCHANGE_PATH), "SEC-045")


def test_an_answer_of_the_sandbox_is_no_request(scene):
    answer = scene.post(scene.business())
    refused(scene.post(answer.data), "SEC-045")


def test_an_alias_of_the_signature_namespace_changes_nothing(scene):
    """A second prefix for the same namespace, as another library may declare it."""
    alias = f'<soapenv:Envelope xmlns:alias="{DS[1:-1]}"'.encode()
    written = etree.tostring(scene.token_request()).replace(b"<soapenv:Envelope", alias, 1)
    assert 200 == scene.post(written, TOKEN_PATH).status


def test_an_envelope_that_is_written_keeps_its_signature(scene):
    tree = scene.business()
    assert 200 == scene.post(soap.document(tree)).status
    indented = etree.fromstring(etree.tostring(tree))
    etree.indent(indented[1])
    assert "SEC-007" == fault_id(scene.post(indented))
