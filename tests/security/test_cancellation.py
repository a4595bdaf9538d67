"""Step 2: a token that is handed back."""

from dataclasses import replace

import secured
from memhon.catalogue import load
from memhon.security import Token


def test_a_token_is_handed_back_once(peer):
    token = peer.token()
    assert peer.send(peer.call(token)).status == 200
    answer = peer.ask(peer.cancel_request(token))
    assert answer.status == 200
    assert answer.root.find(f".//{secured.trust('RequestedTokenCancelled')}") is not None
    secured.refuses(peer.send(peer.call(token)), "SEC-042")
    secured.refuses(peer.ask(peer.cancel_request(token)), "SEC-040")


def test_a_token_that_nobody_issued_cannot_be_handed_back(peer):
    secured.refuses(peer.ask(peer.cancel_request(Token("QUJD", "x"))), "SEC-040")


def test_the_token_of_somebody_else_cannot_be_handed_back(peer, pki):
    token = peer.token()
    other = replace(peer, pair=pki.practitioner("demo-2"), provider=load().provider("demo-2"))
    secured.refuses(peer.ask(other.cancel_request(token)), "SEC-043")
    assert peer.send(peer.call(token)).status == 200


def test_a_cancellation_without_a_token(peer):
    change = secured.drop(f".//{secured.trust('CancelTarget')}")
    data = peer.cancel_request(Token("QUJD", "x"), before=change)
    secured.refuses(peer.ask(data), "SEC-061")
