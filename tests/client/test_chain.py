"""The three steps: tokens are kept and renewed, answers are believed only when they are signed."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

import secured
from memhon import soap
from memhon.catalogue import load
from memhon.client import Client, ClientKeys
from memhon.client import client as room
from memhon.clock import VirtualClock
from memhon.errors import SecurityError, SoapFault, TransportError
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.security import Credentials, secure
from memhon.security.canonical import canonical
from memhon.security.names import ASSERTION, HEADER, SECURITY, SIGNATURE, Space, clark
from memhon.security.signing import enveloped_signature

PATHS = {"identity": secured.IDENTITY, "tokens": secured.TOKENS, "exchange": secured.wire.PATH}
SENT = secured.SIMULATION


@pytest.fixture
def clock():
    return VirtualClock(secured.START)


@pytest.fixture
def sandbox(clock):
    with Sandbox(clock=clock, seed=4) as running:
        yield running


@pytest.fixture
def client(sandbox):
    return sandbox.client()


def _steps(client):
    return [step.url.partition("127.0.0.1")[2].partition("/")[2] for step in _trace(client)]


def _trace(client):
    return client.send(SENT).trace


WHOLE = [path[1:] for path in PATHS.values()]
LAST = WHOLE[2:]


def test_a_token_is_used_until_shortly_before_it_expires(client, clock):
    assert WHOLE == _steps(client)
    assert LAST == _steps(client)
    clock.advance(timedelta(minutes=29, seconds=29))
    assert LAST == _steps(client)
    clock.advance(1)
    assert WHOLE == _steps(client)
    assert LAST == _steps(client)


def test_every_practitioner_has_a_token_of_his_own(sandbox):
    one, other = sandbox.client("demo-1"), sandbox.client("demo-2")
    for client in (one, other):
        assert WHOLE == _steps(client)
    for client in (one, other):
        assert LAST == _steps(client)


def test_tokens_are_kept_by_space_and_endpoint(client):
    client.send(SENT)
    chain = client._chain
    assert [(chain.keys.space, secured.ADDRESS)] == list(chain._kept)
    elsewhere = replace(chain, keys=replace(chain.keys, space=load().provider("demo-2").code))
    token, steps = elsewhere.token()
    assert 2 == len(steps)
    assert 2 == len({kept.token.value for kept in chain._kept.values()})
    assert token.value != chain.token()[0].value


def test_the_assertion_is_carried_as_it_was_received(client):
    first, second, _ = _trace(client)
    received = etree.fromstring(first.response).find(f".//{ASSERTION}")
    sent = etree.fromstring(second.request).find(f".//{ASSERTION}")
    assert canonical(received) == canonical(sent)


def test_a_cancelled_token_is_given_up(client, sandbox, clock):
    client.send(SENT)
    peer = secured.Peer(sandbox.url, clock, client._chain.keys.pair)
    token, _ = client._chain.token()
    assert 200 == peer.ask(peer.cancel_request(token)).status
    with pytest.raises(SoapFault) as caught:
        client.send(SENT)
    assert "SEC-042" == caught.value.detail_id
    assert WHOLE == _steps(client)


def test_a_sandbox_that_forgot_its_tokens(clock):
    with Sandbox(clock=clock) as first:
        port = int(first.url.rpartition(":")[2])
        client = first.client()
        client.send(SENT)
    with Sandbox(clock=clock, port=port):
        with pytest.raises(SoapFault) as caught:
            client.send(SENT)
        assert "SEC-040" == caught.value.detail_id
        assert WHOLE == _steps(client)


def test_a_refused_call_is_not_repeated(client, sandbox, clock, monkeypatch):
    client.send(SENT)
    clock.advance(timedelta(minutes=31))
    kept = client._chain._kept
    for key, value in kept.items():
        kept[key] = replace(value, expires=clock.now() + timedelta(hours=1))
    posted = []
    post = room.post
    monkeypatch.setattr(room, "post", lambda url, *a, **k: posted.append(url) or post(url, *a, **k))
    with pytest.raises(SoapFault) as caught:
        client.send(SENT)
    assert "SEC-041" == caught.value.detail_id
    assert 1 == len(posted)


def test_any_other_fault_leaves_the_token_alone(client):
    client.send(SENT)
    with pytest.raises(SoapFault):
        client.send(SENT.replace(b"nombre>1<", b"nombre>100<"))
    assert LAST == _steps(client)


def test_a_token_is_handed_back(client):
    assert () == client.cancel_token()
    client.send(SENT)
    names = [step.url.rpartition("/")[2] for step in client.cancel_token()]
    assert ["AuthenticationService", "trust"] == names
    assert () == client.cancel_token()
    assert WHOLE == _steps(client)


def test_without_security_there_is_nothing_to_hand_back():
    assert () == Client("http://127.0.0.1:1", security="off").cancel_token()


@pytest.mark.parametrize(
    ("ahead", "finding", "told"),
    [
        (timedelta(minutes=1), "SEC-021", ["60 s", "00:02:13", "00:01:13"]),
        (-timedelta(minutes=11), "SEC-020", ["00:00:13", "00:01:13"]),
    ],
)
def test_a_clock_that_is_wrong_is_named(sandbox, clock, ahead, finding, told):
    wrong = VirtualClock(clock.now() + ahead)
    keys = ClientKeys.of_sandbox(pki_path())
    with pytest.raises(SoapFault) as caught:
        Client(sandbox.url, keys=keys, clock=wrong).send(SENT)
    assert finding == caught.value.detail_id
    assert [] == [word for word in told if word not in str(caught.value)]
    assert caught.value.correlation_id in str(caught.value)


def test_many_at_once_ask_for_one_token(client):
    with ThreadPoolExecutor(6) as pool:
        lengths = list(pool.map(lambda _number: len(_trace(client)), range(12)))
    assert [1] * 11 + [3] == sorted(lengths)


# Answers that nobody should believe


@pytest.fixture
def altering(monkeypatch):
    """Let the answers of one service be changed on their way."""

    def install(service, change):
        post = room.post

        def altered(url, data, **options):
            reply = post(url, data, **options)
            wanted = url.path == PATHS[service]
            return replace(reply, data=change(reply.data)) if wanted else reply

        monkeypatch.setattr(room, "post", altered)

    return install


def _tree(change):
    """A change of the tree, between the comment and the end."""

    def altered(data):
        root = etree.fromstring(data)
        change(root)
        return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")

    return altered


def _signed_again(name, change=secured.keep):
    """The same answer, changed and signed by a service of the sandbox."""

    def altered(data):
        root = etree.fromstring(data)
        comment = root.getprevious()
        change(root)
        root.remove(root.find(HEADER))
        root = secure(
            root,
            load().signing["service-response"],
            Credentials(secured.pki().service(name)),
            now=VirtualClock(secured.START).now(),
            draw=secured.draw,
        )
        return etree.tostring(comment) + b"\n" + soap.document(root).partition(b"?>\n")[2]

    return altered


def _refused(client, finding):
    with pytest.raises(SecurityError) as caught:
        client.send(SENT)
    assert [finding] == [found.id for found in caught.value.findings]
    assert "Correlation-ID : Id-" in str(caught.value)


def _doubled(root):
    assertion = root.find(f".//{ASSERTION}")
    assertion.getparent().append(deepcopy(assertion))


STRIPPED = _tree(lambda root: root.remove(root.find(HEADER)))
EMPTY = clark(Space.TRUST, "RequestedSecurityToken")
TOKENLESS = secured.drop(f".//{EMPTY}")


@pytest.mark.parametrize(
    ("service", "change", "finding"),
    [
        ("identity", lambda data: data.replace(b"psMatricule", b"psMatriculf"), "SEC-007"),
        ("identity", _tree(secured.drop(f".//{ASSERTION}")), "SEC-033"),
        ("identity", _tree(_doubled), "SEC-033"),
        ("tokens", lambda data: data.replace(b"T00:31:13", b"T23:31:13"), "SEC-007"),
        ("tokens", STRIPPED, "SEC-001"),
        ("tokens", _signed_again("identite"), "SEC-018"),
        ("tokens", _signed_again("mysecu", TOKENLESS), "SEC-046"),
        ("exchange", lambda data: data.replace(b"57.70", b"57.71"), "SEC-007"),
        ("exchange", STRIPPED, "SEC-001"),
        ("exchange", _signed_again("identite"), "SEC-018"),
        ("exchange", _tree(secured.drop(f"{HEADER}/{SECURITY}")), "SEC-001"),
    ],
)
def test_an_answer_that_was_changed_on_its_way(client, altering, service, change, finding):
    altering(service, change)
    _refused(client, finding)


def test_an_answer_that_is_signed_again_by_the_right_service_is_believed(client, altering):
    altering("exchange", _signed_again("mysecu"))
    assert () == client.send(SENT).report.errors


def test_an_assertion_of_another_service(client, altering, sandbox, clock):
    def change(root):
        assertion = root.find(f".//{ASSERTION}")
        assertion.remove(assertion.find(SIGNATURE))
        enveloped_signature(assertion, secured.pki().service("mysecu"), place=1)

    altering("identity", _tree(change))
    _refused(client, "SEC-035")


def test_an_answer_that_is_no_soap_after_the_token_is_no_security_error(client, altering):
    altering("tokens", lambda _data: b"<html/>")
    with pytest.raises(TransportError) as caught:
        client.send(SENT)
    assert ["NET-003"] == [finding.id for finding in caught.value.findings]
