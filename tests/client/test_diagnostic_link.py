"""The link of a fault to its explanation: shown when it leads to a desk of this machine."""

import pytest

import peer
from memhon.catalogue import load
from memhon.client import Client
from memhon.errors import SoapFault
from memhon.findings import make
from memhon.local import Sandbox
from memhon.soap import Correlation, write_fault

SIMULATION = load().example("pid-sim", "request", "minimal").data
CORRELATION = "Id-" + "ab" * 12
DESK = f"/_sandbox/diagnostic/{CORRELATION}"


def _fault_with(diagnostic):
    data = write_fault(
        code="Client.EmpreinteDifferente",
        error=make("SEC-007"),
        findings=(),
        correlation=Correlation("a", "b", "c", CORRELATION),
        body_id="b",
        diagnostic=diagnostic,
    )
    with (
        peer.answering(peer.http("500 Internal Server Error", data)) as other,
        pytest.raises(SoapFault) as caught,
    ):
        Client(other.url, security="off").send(SIMULATION)
    return caught.value


def test_a_fault_shows_where_it_is_explained():
    with Sandbox(desk_port=0) as sandbox:
        step = sandbox.client().send(SIMULATION).trace[-1]
        broken = step.request.replace(b"</soapenv:Body>", b" </soapenv:Body>")
        with pytest.raises(SoapFault) as caught:
            sandbox.client().send(broken)
        fault = caught.value
        link = f"{sandbox.desk_url}/_sandbox/diagnostic/{fault.correlation_id}"
        assert fault.diagnostic_url == link
        assert str(fault).endswith(f") Diagnostic : {link}")
        with pytest.raises(SoapFault) as caught:
            sandbox.client().send(SIMULATION.replace(b"nombre>1<", b"nombre>100<"))
        assert caught.value.diagnostic_url is None
        assert "Diagnostic" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:8481", "localhost:1", "[::1]:8481", "127.0.0.1"])
def test_a_link_to_a_desk_of_this_machine_is_believed(host):
    fault = _fault_with(f"http://{host}{DESK}")
    assert fault.diagnostic_url == f"http://{host}{DESK}"


@pytest.mark.parametrize(
    "link",
    [
        f"http://evil.example{DESK}",
        f"http://127.0.0.1.evil.example:8481{DESK}",
        f"http://127.0.0.1:8481@evil.example{DESK}",
        f"http://user@127.0.0.1:8481{DESK}",
        f"https://127.0.0.1:8481{DESK}",
        f"javascript:alert(1)//127.0.0.1{DESK}",
        f"http://127.0.0.1:8481{DESK}?x=1",
        f"http://127.0.0.1:8481{DESK}#x",
        f"http://127.0.0.1:8481/logout?next={DESK}",
        f"http://127.0.0.1:8481/..{DESK}",
        f"http://127.0.0.1:8481{DESK}\n[2J",
        f"http://127.0.0.1:123456{DESK}",
        DESK,
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_link_is_not_shown(link):
    fault = _fault_with(link)
    assert fault.diagnostic_url is None
    assert "Diagnostic" not in str(fault)
    assert "evil" not in str(fault)
