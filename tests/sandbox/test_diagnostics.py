"""Every fault of the security chain names its diagnosis on the desk, and no other fault does."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from lxml import etree

import canaries
import secured
import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import StoreError
from memhon.local import Sandbox
from memhon.local import sandbox as wiring
from memhon.sandbox import Diagnostics, Sweeper
from memhon.sandbox.diagnostics import PATH
from memhon.security.diagnosis import Diagnosis
from memhon.store import RefusedMessage, RefusedMessages, open_store

STEPS = ("identity", "assertion", "account", "call", "self-test")


@pytest.fixture
def scene(monkeypatch):
    """A strict sandbox with a desk, who calls it, and the messages that were explained."""
    explained = []

    def explain(message):
        explained.append(message)
        return Diagnosis((), ())

    monkeypatch.setattr(wiring, "explain_refused", explain)
    clock = VirtualClock(secured.START)
    with Sandbox(clock=clock, desk_port=0) as sandbox:
        peer = secured.Peer(sandbox.url, clock, secured.pki().practitioner("demo-1"))
        yield SimpleNamespace(sandbox=sandbox, peer=peer, clock=clock, explained=explained)


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Whatever is refused and explained: no log shows a secret."""
    caplog.set_level(logging.DEBUG)
    yield
    shown = "\n".join(
        record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)
    )
    matricules = [person.matricule for person in load().persons]
    assert [] == canaries.leaks(shown + caplog.text)
    assert [number for number in matricules if number in shown + caplog.text] == []


def _moved(data):
    """The message after a change that breaks the digest of its body."""
    assert 1 == data.count(b"</soapenv:Body>")
    return data.replace(b"</soapenv:Body>", b" </soapenv:Body>")


def _refused(scene, step):
    """What was sent, and the fault that came back."""
    peer = scene.peer
    if step == "identity":
        data = _moved(peer.authentication())
        return data, peer.identity(data)
    if step == "assertion":
        data = _moved(peer.token_request(peer.authenticate()))
        return data, peer.ask(data)
    if step == "account":
        data = _moved(peer.account_request())
        return data, peer.ask(data)
    data = _moved(peer.call(peer.token()))
    path = wire.PATH if step == "call" else secured.SELF_TEST
    return data, peer.send(data, path)


def _link(answer):
    return answer.text(".//mh:fault/mh:diagnostic")


def _follow(link):
    url, path = link.split("/_sandbox", 1)
    return wire.send(url, b"", method="GET", path="/_sandbox" + path)


@pytest.mark.parametrize("step", STEPS)
def test_a_broken_signature_of_every_step_has_a_link(scene, step):
    data, answer = _refused(scene, step)
    secured.refuses(answer, "SEC-007")
    correlation_id = answer.text(".//mh:correlationId")
    assert _link(answer) == f"{scene.sandbox.desk_url}{PATH}{correlation_id}"
    page = _follow(_link(answer))
    assert page.status == 200
    (message,) = scene.explained
    assert (message.data, message.fault) == (data, "SEC-007")
    assert message.refused_at == scene.clock.now()


def test_every_security_fault_of_a_message_has_one(scene):
    peer = scene.peer
    tree = etree.fromstring(peer.authentication())
    unsigned = etree.tostring(secured.security_of(tree).getparent().getparent())
    token = peer.token()
    ended = peer.call(token)
    assert peer.ask(peer.cancel_request(token)).status == 200
    late = peer.authentication(now=scene.clock.now() - timedelta(hours=1))
    answers = {
        "SEC-001": peer.identity(unsigned.replace(b"Signature", b"Signatur")),
        "SEC-020": peer.identity(late),
        "SEC-042": peer.send(ended),
        "SEC-062": peer.ask(peer.account_request(secured.Username("x", "y"))),
    }
    for finding, answer in answers.items():
        secured.refuses(answer, finding)
        assert _follow(_link(answer)).status == 200
    assert list(answers) == [message.fault for message in scene.explained]


def test_other_faults_have_none(scene):
    peer = scene.peer
    for data in (b"", b"<a><!-- x --></a>", b"<a>" * 500):
        answer = peer.send(data)
        assert secured.error_of(answer).startswith("SBX-")
        assert _link(answer) is None
    answer = peer.send(peer.call(peer.token(), before=secured.write(".//{*}nombre", "100")))
    secured.refuses(answer, "SBX-004")
    assert _link(answer) is None


def test_a_sandbox_without_security_names_no_diagnosis():
    with Sandbox(security="off", desk_port=0) as sandbox:
        for data in (b"", b"<a/>", secured.SIMULATION):
            assert _link(wire.send(sandbox.url, data)) is None
        assert _follow(f"{sandbox.desk_url}{PATH}Id-{'0' * 24}").status == 404


def test_without_a_desk_faults_are_as_before_and_the_same_bytes():
    clock = VirtualClock(secured.START)
    pair = secured.pki().practitioner("demo-1")
    data = _moved(secured.Peer("", clock, pair).authentication())
    answers = []
    for _ in range(2):
        with Sandbox(clock=clock, seed=7) as sandbox:
            answers.append(wire.send(sandbox.url, data, path=secured.IDENTITY).data)
    assert answers[0] == answers[1]
    assert b"diagnostic" not in answers[0]


def test_the_page_is_gone_after_thirty_minutes(scene):
    _, answer = _refused(scene, "identity")
    scene.clock.advance(timedelta(minutes=29, seconds=59))
    assert _follow(_link(answer)).status == 200
    scene.clock.advance(1)
    assert _follow(_link(answer)).status == 404


def test_a_store_that_fails_costs_the_link_not_the_fault(scene, monkeypatch, caplog):
    def broken(*_arguments):
        raise StoreError("disque plein")

    monkeypatch.setattr(RefusedMessages, "add", broken)
    _, answer = _refused(scene, "identity")
    secured.refuses(answer, "SEC-007")
    assert _link(answer) is None
    assert "refused message not kept" in caplog.text


def test_many_at_once_have_each_their_own(scene):
    messages = [_moved(scene.peer.authentication()) for _ in range(24)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(scene.peer.identity, messages))
        assert {200} == {page.status for page in pool.map(_follow, map(_link, answers))}
    assert sorted(messages) == sorted(message.data for message in scene.explained)


def test_the_hundred_and_first_pushes_the_first_out(scene):
    first = _link(scene.peer.identity(_moved(scene.peer.authentication())))
    data = _moved(scene.peer.authentication())
    for _ in range(99):
        last = _link(scene.peer.identity(data))
    assert _follow(first).status == 200
    scene.peer.identity(data)
    assert (_follow(first).status, _follow(last).status) == (404, 200)


def test_nothing_refused_outlives_the_sandbox(tmp_path, monkeypatch):
    path = tmp_path / "store.sqlite3"
    clock = VirtualClock(secured.START)
    pair = secured.pki().practitioner("demo-1")
    with Sandbox(clock=clock, store=path, desk_port=0) as sandbox:
        peer = secured.Peer(sandbox.url, clock, pair)
        link = _link(peer.identity(_moved(peer.authentication())))
        with open_store(path) as other:
            assert other.refused.find(link.rpartition("/")[2], clock.now()) is not None
    with open_store(path) as store:
        assert 0 == store.refused.forget()


def test_what_a_crash_left_behind_is_deleted_at_the_start(tmp_path):
    path = tmp_path / "store.sqlite3"
    clock = VirtualClock(secured.START)
    now = clock.now()
    message = RefusedMessage("Id-" + "0" * 24, "SEC-007", now, now + timedelta(minutes=30), b"x")
    with open_store(path) as store:
        store.refused.add(message, now)
    clock.advance(timedelta(minutes=30))
    with Sandbox(clock=clock, store=path, desk_port=0), open_store(path) as store:
        assert 0 == store.refused.forget()


def test_what_has_expired_is_deleted_though_nobody_calls():
    clock = VirtualClock(secured.START)
    with open_store() as store:
        diagnostics = Diagnostics(store, clock, "http://127.0.0.1:1")
        before = threading.active_count()
        sweeper = Sweeper(diagnostics, 0.01)
        sweeper.start()
        link = diagnostics.keep("Id-" + "0" * 24, "SEC-007", b"x")
        assert link == f"http://127.0.0.1:1{PATH}Id-{'0' * 24}"
        start = clock.now()
        clock.advance(timedelta(minutes=30))
        deadline = time.monotonic() + 5
        while store.refused.find("Id-" + "0" * 24, start) is not None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        sweeper.stop()
        assert threading.active_count() == before


def test_a_store_that_fails_does_not_stop_the_sweeping(caplog):
    with open_store() as store:
        closed = Diagnostics(store, VirtualClock(secured.START), "")
    closed.sweep()
    assert "refused messages not deleted" in caplog.text
