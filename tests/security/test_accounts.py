"""Step 2: the system account with its odd password."""

import pytest
from lxml import etree

import secured
from memhon.catalogue import load
from memhon.security import Username
from memhon.security.names import (
    SIGNATURE,
    USERNAME_TOKEN,
    Space,
    clark,
)
from memhon.security.signing import sign
from memhon.soap import document


def test_a_system_account_gets_a_token_that_both_families_take(peer):
    token = secured.token_in(peer.ask(peer.account_request()))
    assert peer.send(peer.call(token, secured.DEPOSIT, family="ra")).status == 200
    assert peer.send(peer.call(token)).status == 200


@pytest.mark.parametrize(
    "account",
    [
        Username(secured.ACCOUNT.name, "faux"),
        Username("AUTRE", secured.ACCOUNT.password),
        Username("", ""),
        Username("é" * 300, "é"),
    ],
)
def test_a_system_account_that_is_not_known(peer, account):
    answer = peer.ask(peer.account_request(account))
    secured.refuses(answer, "SEC-062")
    assert secured.ACCOUNT.password.encode() not in answer.data


def test_a_password_in_clear_is_refused(peer, pair, clock):
    envelope = etree.fromstring(peer.account_request())
    security = secured.security_of(envelope)
    security.remove(security.find(SIGNATURE))
    secured.write(
        f".//{USERNAME_TOKEN}/{clark(Space.SECURITY, 'Password')}", secured.ACCOUNT.password
    )(envelope)
    sign(envelope, load().signing["token-request-username"], pair, key_id="K")
    answer = peer.ask(document(envelope))
    secured.refuses(answer, "SEC-062")
    assert secured.ACCOUNT.password.encode() not in answer.data


@pytest.mark.parametrize("part", ["username", "body"])
def test_every_part_of_a_request_with_an_account_has_to_be_signed(peer, part):
    profile = secured.without(load().signing["token-request-username"], part)
    secured.refuses(peer.ask(peer.account_request(profile=profile)), "SEC-009")
