"""``memhon sandbox serve`` and ``memhon send`` as a user runs them, in processes of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

import wire
from memhon.catalogue import load
from memhon.client import Client

SIMULATION = load().example("pid-sim", "request", "minimal").data
DEPOSIT = load().example("ra-depot", "request", "minimal").data
MEMHON = [sys.executable, "-m", "memhon"]


@contextmanager
def _serving(*arguments):
    """A running sandbox, its banner and its address; interrupted at the end."""
    command = [*MEMHON, "sandbox", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    banner = []
    try:
        for line in process.stdout:
            banner.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                break
        address = re.search(r"https?://127\.0\.0\.1:\d+", "\n".join(banner))
        assert address, (banner, process.poll())
        yield "\n".join(banner), address[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def address():
    with _serving("--seed", "5") as (_, url, _process):
        yield url


def _send(*arguments, given=None, endpoint=None):
    environment = dict(os.environ)
    environment.pop("MEMHON_ENDPOINT", None)
    if endpoint:
        environment["MEMHON_ENDPOINT"] = endpoint
    answer = subprocess.run(
        [*MEMHON, "send", *map(str, arguments)],
        input=given,
        capture_output=True,
        env=environment,
        check=False,
    )
    return answer.returncode, answer.stdout.decode(), answer.stderr.decode()


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
    code, out, err = _send(files / "good.xml", "--endpoint", address)
    assert (code, err) == (0, "")
    assert out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!--MemHon')
    assert "<cns:sommeTotale>57.70</cns:sommeTotale>" in out
    assert "valide" in out.splitlines()[-1]


def test_standard_input_environment_envelope_and_saving(files, address):
    saved = files / "answer.xml"
    envelope = Client(address).send(SIMULATION).trace[-1].request
    code, out, _ = _send(
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
    code, out, _ = _send(files / "anomaly.xml", "--endpoint", address, "--format", "json")
    said = json.loads(out)
    assert code == 1
    assert said["answer"].startswith("<?xml")
    assert said["correlation_id"] in said["answer"]
    assert [finding["id"] for finding in said["report"]["findings"]] == ["SIM-001"]


def test_english(files, address):
    code, out, _ = _send(files / "anomaly.xml", "--endpoint", address, "--lang", "en")
    assert code == 1
    assert 'The act "ZZ9"' in out


def test_a_refused_deposit(tmp_path, address):
    path = tmp_path / "deposit.xml"
    path.write_bytes(DEPOSIT)
    assert _send(path, "--endpoint", address)[0] == 0
    code, out, _ = _send(path, "--endpoint", address)
    assert code == 1
    assert "<type>REFUS</type>" in out
    assert "MH-001" in out


def test_a_fault(files, address):
    saved = files / "fault.xml"
    code, out, err = _send(files / "invalid.xml", "--endpoint", address, "--save", saved)
    assert code == 1
    assert "<faultcode>soap:Client.MessageInvalide</faultcode>" in out
    assert "XSD-016" in err
    assert "Correlation-ID : Id-" in err
    assert b"Fault" in saved.read_bytes()


def test_an_envelope_without_a_signature(files, address):
    code, out, err = _send(files / "bare.xml", "--endpoint", address)
    assert code == 1
    assert "<faultcode>soap:Client.SignatureAbsente</faultcode>" in out
    assert "SEC-001" in err


def test_a_fault_as_json(files, address):
    code, out, _ = _send(files / "invalid.xml", "--endpoint", address, "--format", "json")
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
    code, out, err = _send(damaged, "--endpoint", address)
    link = re.search(r"Diagnostic : (http://127\.0\.0\.1:\d+)(/_sandbox/diagnostic/\S+)", err)
    assert code == 1
    assert f">{link[1]}{link[2]}</mh:diagnostic>" in out
    page = wire.send(link[1], b"", method="GET", path=link[2])
    assert page.status == 200
    assert "DIA-001" in page.data.decode()


def test_a_refused_signature_as_json_has_the_link(damaged, files, address):
    _, out, _ = _send(damaged, "--endpoint", address, "--format", "json")
    fault = json.loads(out)["fault"]
    assert fault["diagnostic_url"].endswith(f"/_sandbox/diagnostic/{fault['correlation_id']}")
    _, out, _ = _send(files / "invalid.xml", "--endpoint", address, "--format", "json")
    assert json.loads(out)["fault"]["diagnostic_url"] is None


def test_what_cannot_be_sent(files, address):
    assert _send(files / "absent.xml", "--endpoint", address)[0] == 2
    assert _send(files, "--endpoint", address)[0] == 2
    code, out, err = _send(files / "truncated.xml", "--endpoint", address)
    assert (code, out) == (1, "")
    assert "FORM-003" in err
    code, _, err = _send(files / "good.xml", "--endpoint", address, "--exchange", "ra-depot")
    assert code == 1
    assert "FORM-017" in err


def test_no_usable_answer(files):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code, out, err = _send(files / "good.xml", "--endpoint", f"http://127.0.0.1:{port}")
    assert (code, out) == (4, "")
    assert "NET-001" in err
    assert "Traceback" not in err


def test_real_systems_are_refused(files):
    for endpoint in ("https://ws.mysecu.lu:7443", "https://WWW.esante.lu./"):
        code, _, err = _send(files / "good.xml", "--endpoint", endpoint)
        assert code == 4
        assert "NET-004" in err


def test_an_answer_that_cannot_be_saved(files, address):
    code, _, err = _send(files / "good.xml", "--endpoint", address, "--save", files)
    assert code == 2
    assert str(files) in err


def test_the_command_and_the_library_say_the_same(files, address):
    _, out, _ = _send(files / "anomaly.xml", "--endpoint", address, "--format", "json")
    report = Client(address).send((files / "anomaly.xml").read_bytes()).report
    ours, theirs = report.to_dict(), json.loads(out)["report"]
    for value in (ours, theirs):
        value.pop("checks")
    assert ours == theirs


def test_the_banner_says_what_matters():
    with _serving() as (banner, url, process):
        assert url in banner
        assert "Sécurité stricte" in banner
        assert "Sans TLS" in banner
        assert "Clés d'essai : " in banner
        assert "ra-depot, pid-sim" in banner
        assert "pid-val" in banner
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")
        assert "arrêté" in out


def test_a_sandbox_without_security_warns():
    with _serving("--security", "off") as (banner, _, process):
        assert "Sécurité désactivée" in banner
        assert "Clés d'essai" not in banner
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert (process.returncode, err.count("\n")) == (0, 1)
        assert "sécurité désactivée" in err


def test_the_banner_names_the_desk_or_there_is_none():
    with _serving("--desk-port", "0") as (banner, url, _process):
        desk = re.search(r"Poste de commande : (http://127\.0\.0\.1:\d+)", banner)[1]
        assert desk != url
        assert wire.send(desk, b"", method="GET", path="/").status == 404
    with _serving("--desk-port", "off") as (banner, _, _process):
        assert "Poste de commande" not in banner
    with _serving("--lang", "en") as (banner, _, _process):
        assert "Desk: http://127.0.0.1:" in banner


def test_a_sandbox_over_tls(files):
    with _serving("--tls") as (banner, url, _):
        assert url.startswith("https://")
        assert "TLS mutuel" in banner
        assert _send(files / "good.xml", "--endpoint", url)[0] == 0


def test_the_banner_in_english():
    with _serving("--lang", "en", "--security", "off") as (banner, _, _process):
        assert "Security is off" in banner
    with _serving("--lang", "en", "--tls") as (banner, _, _process):
        assert "Security is strict" in banner
        assert "Mutual TLS" in banner


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
def test_a_polite_kill_ends_it_too():
    with _serving() as (_, _, process):
        process.terminate()
        process.communicate(timeout=20)
        assert process.returncode == 0


@pytest.mark.parametrize("option", ["--port", "--desk-port"])
def test_a_port_in_use(address, option):
    port = address.rpartition(":")[2]
    command = [*MEMHON, "sandbox", "serve", "--port", "0", option, port]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=20)
    assert answer.returncode == 4
    assert f"port {port}" in answer.stderr.decode()
    assert f" {option}" in answer.stderr.decode()
    assert "Traceback" not in answer.stderr.decode()


@pytest.mark.parametrize("option", ["--port", "--desk-port"])
@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_an_impossible_port(option, port):
    command = [*MEMHON, "sandbox", "serve", f"{option}={port}"]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=20)
    assert answer.returncode == 2


def test_a_store_in_a_file_survives(tmp_path):
    store, message = tmp_path / "store.sqlite3", tmp_path / "deposit.xml"
    message.write_bytes(DEPOSIT)
    codes = []
    for _ in range(2):
        with _serving("--store", str(store)) as (_, url, _process):
            codes.append(_send(message, "--endpoint", url)[0])
    assert codes == [0, 1]
