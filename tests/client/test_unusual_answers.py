"""A service that is away, and an answer to somebody else: what the client makes of them."""

import re

import pytest

import peer
from memhon.catalogue import load
from memhon.client import Client
from memhon.errors import TransportError
from memhon.intake import read
from memhon.soap import Correlation, write_answer

SIMULATION = load().example("pid-sim", "request", "minimal").data
CORRELATION = "Id-" + "ab" * 12
NIL_BUT_ONE = b"00000000-0000-0000-0000-000000000001"


def _answer(payload, status="200 OK"):
    correlation = Correlation("a", "b", "c", CORRELATION)
    data = write_answer(read(payload).root, correlation=correlation, body_id="x")
    return peer.http(status, data)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("Retry-After: 120\r\n", "120 s"),
        ("Retry-After: demain\r\n", "demain"),
        ("", "non annoncée"),
    ],
)
def test_a_service_that_is_not_available_says_when_it_is(header, wait):
    head = f"HTTP/1.1 503 Service Unavailable\r\n{header}Content-Length: 4\r\n\r\n503\n".encode()
    with peer.answering(head) as other, pytest.raises(TransportError) as caught:
        Client(other.url, security="off").send(SIMULATION)
    (finding,) = caught.value.findings
    assert "NET-010" == finding.id
    assert wait in finding.text("fr")
    assert "mêmes identifiants" in finding.wording("fr").fix


def test_an_answer_to_another_call_is_an_error():
    wanted = load().example("pid-sim", "response", "minimal").data
    other_note = re.sub(rb"(<cns:idMemoireHonoraire>)[^<]*", rb"\g<1>" + NIL_BUT_ONE, wanted)
    with peer.answering(_answer(wanted)) as other:
        assert () == Client(other.url, security="off").send(SIMULATION).report.errors
    with peer.answering(_answer(other_note)) as other:
        report = Client(other.url, security="off").send(SIMULATION).report
    (finding,) = report.errors
    assert ("NET-011", "idMemoireHonoraire") == (finding.id, finding.element)
    assert NIL_BUT_ONE.decode() == finding.found
    assert "invalid" == report.verdict


def test_a_deposit_is_known_by_the_name_that_its_answer_gives_it():
    asked = load().example("ra-depot", "request", "minimal").data
    good = load().example("ra-depot", "response", "minimal").data
    for data, expected in ((good, []), (good.replace(b"0d63e889", b"0d63e880"), ["NET-011"])):
        with peer.answering(_answer(data)) as other:
            report = Client(other.url, security="off").send(asked).report
        assert expected == [finding.id for finding in report.errors]
