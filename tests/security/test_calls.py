"""Step 3: the synchronous exchange lets in whom it should, and nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

import secured
import wire
from memhon import soap
from memhon.catalogue import load
from memhon.local import Sandbox
from memhon.sandbox import rules_of
from memhon.security import Token

FAR = "https://ws.example.invalid/ws/soap/other"


@pytest.mark.parametrize(
    ("payload", "family"), [(secured.SIMULATION, "pid"), (secured.DEPOSIT, "ra")]
)
def test_a_signed_call_is_answered(peer, payload, family):
    answer = peer.send(peer.call(peer.token(), payload, family=family))
    assert answer.status == 200
    assert answer.headers["x-memhon-security"] == "strict"
    assert b"s\xc3\xa9curit\xc3\xa9 stricte" in answer.data


def test_a_call_may_be_sent_twice_within_the_life_of_the_token(peer, clock):
    data = peer.call(peer.token())
    assert [200, 200] == [peer.send(data).status for _ in range(2)]
    clock.advance(timedelta(minutes=29, seconds=59))
    assert peer.send(data).status == 200


def test_a_token_expires(peer, clock):
    token = peer.token()
    clock.advance(timedelta(minutes=30))
    answer = peer.send(peer.call(token))
    secured.refuses(answer, "SEC-041")
    assert "00:31:13" in answer.text(".//faultstring")


@pytest.mark.parametrize("value", ["QUJD", "€", "x" * 5000])
def test_a_token_that_nobody_issued(peer, value):
    answer = peer.send(peer.call(Token(value, "T-1")))
    secured.refuses(answer, "SEC-040")
    assert value not in answer.text(".//faultstring")


def test_no_token(peer):
    secured.refuses(peer.send(peer.call(None)), "SEC-045")
    secured.refuses(peer.send(peer.call(Token(" ", "T-1"))), "SEC-045")


def test_the_token_of_another_certificate(peer, pki):
    other = replace(peer, pair=pki.practitioner("demo-2"))
    secured.refuses(peer.send(other.call(peer.token())), "SEC-043")


def test_a_token_for_another_address(peer):
    answer = peer.send(peer.call(peer.token(FAR)))
    secured.refuses(answer, "SEC-044")
    assert FAR in answer.text(".//faultstring")


def test_a_biller_other_than_the_space_is_told(peer):
    answer = peer.send(peer.call(_token_of_another_space(peer)))
    assert answer.status == 200
    codes = [node.text for node in answer.root.iter("{*}codeAnomalie")]
    assert codes == ["SIM-005"]
    (reason,) = [node.text for node in answer.root.iter("{*}motif")]
    assert load().provider("demo-2").code in reason
    usual = peer.send(peer.call(peer.token()))
    assert list(usual.root.iter("{*}codeAnomalie")) == []


def test_a_biller_other_than_the_space_is_refused_on_demand(monkeypatch, clock, pair):
    demanding = replace(rules_of(load()), space_must_match=True)
    monkeypatch.setattr("memhon.local.services.rules_of", lambda _: demanding)
    with Sandbox(clock=clock, seed=7) as running:
        peer = secured.Peer(running.url, clock, pair)
        secured.refuses(peer.send(peer.call(_token_of_another_space(peer))), "SEC-047")
        assert peer.send(peer.call(peer.token())).status == 200


def _token_of_another_space(peer):
    request = peer.token_request(peer.authenticate(), space=load().provider("demo-2").code)
    return secured.token_in(peer.ask(request))


def test_line_breaks_in_a_token_do_not_count(peer):
    token = peer.token()
    assert peer.send(peer.call(replace(token, value="".join(token.value.split())))).status == 200


def test_the_body_has_to_be_signed(peer):
    profile = load().signing["exchange-request-pid"]
    stamp = load().signing["authentication-request"].parts[0]
    header = ("token", "certificate", "signature", "timestamp")
    odd = replace(profile, parts=(stamp,), header=header)
    secured.refuses(peer.send(peer.call(peer.token(), profile=odd)), "SEC-009")


def test_one_byte_that_changed(peer):
    data = peer.call(peer.token())
    secured.refuses(peer.send(data.replace(b">C1<", b">C2<")), "SEC-007")


def test_an_indented_message_is_another_one(peer):
    data = peer.call(peer.token())
    secured.refuses(peer.send(data.replace(b"<cns:UTA>", b"<cns:UTA> ", 1)), "SEC-007")


def test_the_signature_of_another_key(peer, pki):
    other = replace(
        peer, pair=replace(peer.pair, private_key=pki.practitioner("demo-2").private_key)
    )
    secured.refuses(peer.send(other.call(peer.token())), "SEC-008")


def test_a_fault_of_the_message_comes_after_those_of_the_security(peer):
    wrong = secured.SIMULATION.replace(b">C1<", b"><")
    unsigned = peer.call(None)
    secured.refuses(peer.send(unsigned), "SEC-045")
    tree = soap.request_tree(etree.fromstring(wrong), model_uid=wire.SIM, prefixes=secured.PREFIXES)
    data = peer.signed(tree, "exchange-request-pid", token=peer.token())
    assert secured.error_of(peer.send(data)) == "SBX-004"
