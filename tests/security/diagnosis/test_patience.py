"""What a diagnosis costs at most, whatever it is given."""

import base64
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from lxml import etree

import secured
from memhon.clock import VirtualClock
from memhon.errors import MessageError
from memhon.security import Token
from memhon.security.diagnosis import explain
from memhon.security.diagnosis.search import Budget
from resigning import messages

_MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def deposit(pair):
    """A deposit with a PDF of five megabytes."""
    root = etree.fromstring(secured.load().example("ra-depot", "request", "rich").data)
    (document,) = root.iter("document")
    document.text = base64.b64encode(Random(1).randbytes(5 * _MEGABYTE)).decode()
    peer = secured.Peer("", VirtualClock(secured.START), pair)
    return peer.call(Token("abcd", "T-1"), etree.tostring(root), family="ra")


_CHANGES = {
    "right": lambda data: data,
    "unexplained": lambda data: data.replace(b">MODELEUR<", b">AUTRE<"),
    "blanks": lambda data: data.replace(b"<sync:RequestInfo ", b"\n<sync:RequestInfo "),
}
_JUDGE = """
import sys
from pathlib import Path
from memhon.security.diagnosis import explain
found = explain(Path(sys.argv[1]).read_bytes())
causes = [one.finding.id for part in found.signatures[0].references for one in part.causes]
status = Path("/proc/self/status").read_text()
print(*causes or ["right"], status.partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [("right", "right"), ("unexplained", "DIA-090"), ("blanks", "DIA-001")],
)
def test_a_large_deposit_is_explained_in_time_and_memory(deposit, tmp_path, name, expected):
    file = Path(tmp_path / "message.xml")
    file.write_bytes(_CHANGES[name](deposit))
    command = [sys.executable, "-c", _JUDGE, str(file)]
    before, start = _children(), time.monotonic()
    answer = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert time.monotonic() - start < 30
    assert _children() - before < 6  # CPU seconds with the start of Python; 3 on a quiet machine
    cause, peak = answer.stdout.decode().split()
    assert expected == cause
    assert int(peak) * 1024 < 300 * _MEGABYTE


def _children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_no_question_takes_more_than_half_of_what_is_left():
    budget = Budget(octets=100, candidates=100)
    for _ in range(4):
        budget.begin()
        while not budget.ended:
            budget.spend(1)
    assert budget.exhausted
    budget.begin()
    assert not budget.ended


def test_many_wrong_references_end():
    data = messages()["step-2-request"]
    reference = re.search(rb"<ds:Reference .*?</ds:Reference>", data)[0]
    many = data.replace(reference, reference * 300).replace(b"DigestValue>", b"DigestValue>AAAA")
    start = time.process_time()
    found = explain(many)
    assert 16 == len(found.signatures[0].references)
    assert time.process_time() - start < 60


def test_deep_and_wide_documents_end():
    deep = b"<a>" * 250 + b"x" + b"</a>" * 250
    signature = re.search(rb"<ds:Signature .*</ds:Signature>", messages()["pid-request"])[0]
    signature = signature.replace(b"<ds:Signature ", _SPACES + b" ", 1)
    assert not explain(b"<r>" + signature + deep + b"</r>").right
    assert not explain(b"<r>" + signature + b'<a Id="x"/>' * 5000 + b"</r>").right
    assert not explain(b"<r>" + signature * 20 + b"</r>").right


_SPACES = (
    b'<ds:Signature xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/'
    b'oasis-200401-wss-wssecurity-secext-1.0.xsd"'
)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<a", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_the_door_refuses_as_ever(data):
    with pytest.raises(MessageError):
        explain(data)
