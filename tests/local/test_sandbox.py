import json
import threading

import pytest

import wire
from memhon.catalogue import load
from memhon.clock import SystemClock, VirtualClock
from memhon.errors import SandboxError, SoapFault, StoreError, TransportError
from memhon.local import Sandbox

DEPOSIT = load().example("ra-depot", "request", "minimal").data


def test_clients_live_in_the_time_of_the_sandbox():
    clock = VirtualClock("2023-12-28T00:01:13.539Z")
    with Sandbox(clock=clock) as sandbox:
        assert sandbox.clock is clock
        assert sandbox.client().clock is clock
        assert b'wsu:Id="Id-0001703721673539-' in sandbox.client().send(DEPOSIT).raw
    assert isinstance(Sandbox().clock, SystemClock)


def test_the_url_belongs_to_a_running_sandbox():
    sandbox = Sandbox()
    with pytest.raises(SandboxError, match="pas démarré"):
        _ = sandbox.url
    with sandbox:
        url = sandbox.url
        assert url.startswith("http://127.0.0.1:")
        client = sandbox.client()
        with pytest.raises(SandboxError, match="déjà démarré"):
            sandbox.start()
        assert client.send(DEPOSIT).report.errors == ()
    with pytest.raises(SandboxError):
        sandbox.client()
    with pytest.raises(TransportError) as caught:
        client.send(DEPOSIT)
    assert [finding.id for finding in caught.value.findings] == ["NET-001"]


def test_a_sandbox_can_be_started_again_and_has_forgotten():
    sandbox = Sandbox()
    for _ in range(2):
        with sandbox:
            assert sandbox.client().send(DEPOSIT).report.errors == ()


def test_a_file_remembers(tmp_path):
    path = tmp_path / "store.sqlite3"
    with Sandbox(store=path) as sandbox:
        assert sandbox.client().send(DEPOSIT).report.errors == ()
    with Sandbox(store=f"sqlite:///{path}") as sandbox:
        assert [f.id for f in sandbox.client().send(DEPOSIT).report.errors] == ["MH-001"]


def test_two_sandboxes_side_by_side():
    with Sandbox() as one, Sandbox() as two:
        assert one.url != two.url
        assert one.client().send(DEPOSIT).report.errors == ()
        assert two.client().send(DEPOSIT).report.errors == ()


def test_a_port_in_use_leaves_nothing_behind():
    with Sandbox() as one:
        port = int(one.url.rpartition(":")[2])
        with pytest.raises(SandboxError, match=str(port)):
            Sandbox(port=port).start()
    with Sandbox(port=port) as again:
        assert again.url == f"http://127.0.0.1:{port}"


def test_a_store_that_does_not_open(tmp_path):
    with pytest.raises(StoreError):
        Sandbox(store=tmp_path).start()


def test_an_error_in_the_block_stops_the_sandbox():
    sandbox = Sandbox()
    with pytest.raises(ZeroDivisionError), sandbox:
        _ = 1 / 0
    with pytest.raises(SandboxError):
        _ = sandbox.url


def test_the_desk_has_an_address_of_its_own():
    sandbox = Sandbox(desk_port=0)
    with pytest.raises(SandboxError, match="pas démarré"):
        _ = sandbox.desk_url
    with sandbox:
        assert sandbox.desk_url.startswith("http://127.0.0.1:")
        assert sandbox.desk_url != sandbox.url
        port = int(sandbox.desk_url.rpartition(":")[2])
    with Sandbox(desk_port=port) as again:
        assert again.desk_url == f"http://127.0.0.1:{port}"


def test_without_a_port_there_is_no_desk():
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="desk_port=0"):
        _ = sandbox.desk_url


def test_the_desk_of_a_tls_sandbox_is_plain_http():
    with Sandbox(tls=True, desk_port=0) as sandbox:
        assert sandbox.url.startswith("https://")
        assert sandbox.desk_url.startswith("http://127.0.0.1:")


def test_a_desk_port_in_use_names_its_option_and_leaves_nothing_behind():
    with Sandbox(desk_port=0) as one:
        desk, wire_port = one.desk_url.rpartition(":")[2], int(one.url.rpartition(":")[2])
        with pytest.raises(SandboxError, match=f"{desk}.*--desk-port"):
            Sandbox(desk_port=int(desk)).start()
        # The desk opens before the wire: it must not survive a wire port that is taken.
        with pytest.raises(SandboxError, match="--port"):
            Sandbox(port=wire_port, desk_port=0).start()
    assert [thread.name for thread in threading.enumerate() if "memhon" in thread.name] == []


def test_a_damaged_message_is_explained_on_the_desk():
    with Sandbox(clock=VirtualClock("2023-12-28T00:01:13.539Z"), desk_port=0) as sandbox:
        sent = sandbox.client().send(DEPOSIT).trace[-1].request
        broken = sent.replace(b"</soapenv:Body>", b"\n    </soapenv:Body>")
        with pytest.raises(SoapFault) as caught:
            sandbox.client().send(broken)
        link = caught.value.diagnostic_url
        path = link.removeprefix(sandbox.desk_url)
        page = wire.send(sandbox.desk_url, b"", method="GET", path=path)
        said = wire.send(sandbox.desk_url, b"", method="GET", path=f"{path}?format=json")
    assert (page.status, said.status) == (200, 200)
    assert "DIA-001" in page.data.decode()
    (signature,) = json.loads(said.data)["diagnosis"]["signatures"]
    wrong = [reference for reference in signature["references"] if not reference["right"]]
    assert ["Body"] == [reference["element"] for reference in wrong]
    assert signature["right"]


def test_a_message_refused_for_another_reason_is_said_to_be_right():
    with Sandbox(desk_port=0) as sandbox:
        client = sandbox.client()
        sent = client.send(DEPOSIT).trace[-1].request
        client.cancel_token()
        with pytest.raises(SoapFault, match="JetonAnnule") as caught:
            sandbox.client().send(sent)
        path = caught.value.diagnostic_url.removeprefix(sandbox.desk_url)
        page = wire.send(sandbox.desk_url, b"", method="GET", path=path).data.decode()
    assert "le refus a une autre cause" in page
    assert "SEC-042" in page
