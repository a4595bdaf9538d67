"""``memhon send`` as a user runs it, in a process of its own."""

import json
import os
import re
import socket
import subprocess
import sys

import pytest

import wire
from memhon.catalogue import load
from memhon.client import Client
from serving import MEMHON, send, serving

SIMULATION = load().example("pid-sim", "request", "minimal").data
DEPOSIT = load().example("ra-depot", "request", "minimal").data


@pytest.fixture(scope="module")
def address():
    with serving("--seed", "5") as (_, url, _process):
        yield url


@pytest.fixture
def files(tmp_path):
    (tmp_path / "good.xml").write_bytes(SIMULATION)
    (tmp_path / "anomaly.xml").write_bytes(SIMULATION.replace(b">C1<", b">ZZ9<"))
    (tmp_path / "invalid.xml").write_bytes(SIMULATION.replace(b"nombre>1<", b"nombre>100<"))
    (tmp_path / "truncated.xml").write_bytes(SIMULATION[:300])
    bare = wire.envelope(SIMULATION.decode().partition("?>")[2], wire.SIM)
    (tmp_path / "bare.xml").write_bytes(bare)
    return tmp_path


def test_an_answer_is_printed_with_its_report(files, address):
    code, out, err = send(files / "good.xml", "--endpoint", address)
    assert (code, err) == (0, "")
    assert out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!--MemHon')
    assert "<cns:sommeTotale>57.70</cns:sommeTotale>" in out
    assert "valide" in out.splitlines()[-1]


def test_standard_input_environment_envelope_and_saving(files, address):
    saved = files / "answer.xml"
    envelope = Client(address).send(SIMULATION).trace[-1].request
    code, out, _ = send(
        "-", "--exchange", "pid-sim", "--save", saved, given=envelope, endpoint=address
    )
    assert code == 0
    assert out.startswith(saved.read_text(encoding="utf-8").rstrip())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_an_answer_is_saved_although_nobody_reads_on(files, address):
    saved = files / "answer.xml"
    command = [*MEMHON, "send", str(files / "good.xml"), "--endpoint", address]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        subprocess.run([*command, "--save", str(saved)], stdout=closed, check=False)
    assert saved.read_bytes().endswith(b"</soap:Envelope>\n")


def test_json_is_for_programs(files, address):
    code, out, _ = send(files / "anomaly.xml", "--endpoint", address, "--format", "json")
    said = json.loads(out)
    assert code == 1
    assert said["answer"].startswith("<?xml")
    assert said["correlation_id"] in said["answer"]
    assert [finding["id"] for finding in said["report"]["findings"]] == ["SIM-001"]


def test_english(files, address):
    code, out, _ = send(files / "anomaly.xml", "--endpoint", address, "--lang", "en")
    assert code == 1
    assert 'The act "ZZ9"' in out


def test_a_refused_deposit(tmp_path, address):
    path = tmp_path / "deposit.xml"
    path.write_bytes(DEPOSIT)
    assert send(path, "--endpoint", address)[0] == 0
    code, out, _ = send(path, "--endpoint", address)
    assert code == 1
    assert "<type>REFUS</type>" in out
    assert "MH-001" in out


def test_a_fault(files, address):
    saved = files / "fault.xml"
    code, out, err = send(files / "invalid.xml", "--endpoint", address, "--save", saved)
    assert code == 1
    assert "<faultcode>soap:Client.MessageInvalide</faultcode>" in out
    assert "XSD-016" in err
    assert "Correlation-ID : Id-" in err
    assert b"Fault" in saved.read_bytes()


def test_an_envelope_without_a_signature(files, address):
    code, out, err = send(files / "bare.xml", "--endpoint", address)
    assert code == 1
    assert "<faultcode>soap:Client.SignatureAbsente</faultcode>" in out
    assert "SEC-001" in err


def test_a_fault_as_json(files, address):
    code, out, _ = send(files / "invalid.xml", "--endpoint", address, "--format", "json")
    fault = json.loads(out)["fault"]
    assert code == 1
    assert (fault["id"], fault["findings"][0]["id"]) == ("SBX-004", "XSD-016")


@pytest.fixture
def damaged(files, address):
    sent = Client(address).send(SIMULATION).trace[-1].request
    path = files / "damaged.xml"
    path.write_bytes(sent.replace(b"</soapenv:Body>", b" </soapenv:Body>"))
    return path


def test_a_refused_signature_is_printed_with_its_link(damaged, address):
    code, out, err = send(damaged, "--endpoint", address)
    link = re.search(r"Diagnostic : (http://127\.0\.0\.1:\d+)(/_sandbox/diagnostic/\S+)", err)
    assert code == 1
    assert f">{link[1]}{link[2]}</mh:diagnostic>" in out
    page = wire.send(link[1], b"", method="GET", path=link[2])
    assert page.status == 200
    assert "DIA-001" in page.data.decode()


def test_a_refused_signature_as_json_has_the_link(damaged, files, address):
    _, out, _ = send(damaged, "--endpoint", address, "--format", "json")
    fault = json.loads(out)["fault"]
    assert fault["diagnostic_url"].endswith(f"/_sandbox/diagnostic/{fault['correlation_id']}")
    _, out, _ = send(files / "invalid.xml", "--endpoint", address, "--format", "json")
    assert json.loads(out)["fault"]["diagnostic_url"] is None


def test_what_cannot_be_sent(files, address):
    assert send(files / "absent.xml", "--endpoint", address)[0] == 2
    assert send(files, "--endpoint", address)[0] == 2
    code, out, err = send(files / "truncated.xml", "--endpoint", address)
    assert (code, out) == (1, "")
    assert "FORM-003" in err
    code, _, err = send(files / "good.xml", "--endpoint", address, "--exchange", "ra-depot")
    assert code == 1
    assert "FORM-017" in err


def test_no_usable_answer(files):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code, out, err = send(files / "good.xml", "--endpoint", f"http://127.0.0.1:{port}")
    assert (code, out) == (4, "")
    assert "NET-001" in err
    assert "Traceback" not in err


def test_real_systems_are_refused(files):
    for endpoint in ("https://ws.mysecu.lu:7443", "https://WWW.esante.lu./"):
        code, _, err = send(files / "good.xml", "--endpoint", endpoint)
        assert code == 4
        assert "NET-004" in err


def test_an_answer_that_cannot_be_saved(files, address):
    code, _, err = send(files / "good.xml", "--endpoint", address, "--save", files)
    assert code == 2
    assert str(files) in err


def test_the_command_and_the_library_say_the_same(files, address):
    _, out, _ = send(files / "anomaly.xml", "--endpoint", address, "--format", "json")
    report = Client(address).send((files / "anomaly.xml").read_bytes()).report
    ours, theirs = report.to_dict(), json.loads(out)["report"]
    for value in (ours, theirs):
        value.pop("checks")
    assert ours == theirs
