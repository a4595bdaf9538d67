"""``memhon sandbox serve`` as a user runs it: banners, ports, ends."""

import os
import re
import signal
import subprocess
import sys

import pytest

import crews
import turned_back
import wire
from memhon.catalogue import load
from serving import MEMHON, send, serving

DEPOSIT = load().example("ra-depot", "request", "minimal").data


@pytest.fixture(scope="module")
def address():
    with serving() as (_, url, _process):
        yield url


def test_the_banner_says_what_matters():
    with serving() as (banner, url, process):
        assert url in banner
        assert "Sécurité stricte" in banner
        assert "Sans TLS" in banner
        assert "Clés d'essai : " in banner
        assert "Réponses calculées : " + ", ".join(e.id for e in load().exchanges) in banner
        assert "Réponses d'exemple" not in banner
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")
        assert "arrêté" in out


def test_the_banner_tells_what_is_answered_with_an_example():
    program = [sys.executable, turned_back.__file__, "pid-con"]
    with serving(program=program) as (banner, _, _process):
        alive = [entry.id for entry in load().exchanges if entry.id != "pid-con"]
        assert f"Réponses calculées : {', '.join(alive)}\n" in banner
        assert "Réponses d'exemple : pid-con\n" in banner


def test_a_sandbox_without_security_warns():
    with serving("--security", "off") as (banner, _, process):
        assert "Sécurité désactivée" in banner
        assert "Clés d'essai" not in banner
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert (process.returncode, err.count("\n")) == (0, 1)
        assert "sécurité désactivée" in err


def test_the_banner_names_the_desk_or_there_is_none():
    with serving("--desk-port", "0") as (banner, url, _process):
        desk = re.search(r"Poste de commande : (http://127\.0\.0\.1:\d+)", banner)[1]
        assert desk != url
        assert "Vue d'ensemble" in wire.send(desk, b"", method="GET", path="/").data.decode()
    with serving("--desk-port", "off") as (banner, _, _process):
        assert "Poste de commande" not in banner
    with serving("--lang", "en") as (banner, _, _process):
        assert "Desk: http://127.0.0.1:" in banner


def test_a_sandbox_over_tls(tmp_path):
    path = tmp_path / "deposit.xml"
    path.write_bytes(DEPOSIT)
    with serving("--tls") as (banner, url, _):
        assert url.startswith("https://")
        assert "TLS mutuel" in banner
        assert send(path, "--endpoint", url)[0] == 0


def test_the_banner_in_english():
    with serving("--lang", "en", "--security", "off") as (banner, _, _process):
        assert "Security is off" in banner
    with serving("--lang", "en", "--tls") as (banner, _, _process):
        assert "Security is strict" in banner
        assert "Mutual TLS" in banner


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
def test_a_polite_kill_ends_it_too():
    with serving() as (_, _, process):
        process.terminate()
        process.communicate(timeout=20)
        assert process.returncode == 0


@pytest.mark.parametrize("option", ["--port", "--desk-port"])
def test_a_port_in_use(address, option):
    port = address.rpartition(":")[2]
    command = [*MEMHON, "sandbox", "serve", "--port", "0", "--desk-port", "0", option, port]
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
        with serving("--store", str(store)) as (_, url, _process):
            codes.append(send(message, "--endpoint", url)[0])
    assert codes == [0, 1]


def test_several_workers_need_a_store_that_lasts():
    command = [*MEMHON, "sandbox", "serve", "--port", "0", "--workers", "2"]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=20)
    assert (answer.returncode, b"--store" in answer.stderr) == (2, True)
    for count in ("0", "65", "two"):
        answer = subprocess.run([*command, count], capture_output=True, check=False, timeout=20)
        assert answer.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_one_signal_ends_all_workers(tmp_path, name):
    place = str(tmp_path / "store.sqlite3")
    with serving("--workers", "2", "--store", place) as (banner, _url, process):
        assert "Processus qui répondent : 2" in banner
        workers = crews.workers_of(process.pid)
        assert len(workers) == 2
        # The terminal sends Ctrl-C to every process that it shows.
        for pid in (process.pid, *(workers if name == "SIGINT" else ())):
            os.kill(pid, getattr(signal, name))
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        assert "arrêté" in out
        assert crews.living(workers) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
def test_a_sandbox_that_is_killed_leaves_no_worker_behind(tmp_path):
    place = str(tmp_path / "store.sqlite3")
    with serving("--workers", "2", "--store", place, "--security", "off") as (_, url, process):
        workers = crews.workers_of(process.pid)
        assert len(workers) == 2
        process.kill()
        crews.await_that(lambda: not crews.living(workers))
        with pytest.raises(ConnectionRefusedError):
            wire.send(url, DEPOSIT)
