import pytest

from memhon.catalogue import load
from memhon.clock import SystemClock, VirtualClock
from memhon.errors import SandboxError, StoreError, TransportError
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
