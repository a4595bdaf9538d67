"""Processes that answer as one: started, killed, replaced, ended; nothing is lost or doubled."""

import http.client
import logging
import os
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import crews
import killing
import secured
import wire
from memhon.clock import VirtualClock
from memhon.errors import SandboxError
from memhon.local import Sandbox
from memhon.local.workers import Workers
from memhon.sandbox import listen
from memhon.store import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
SECU = re.compile(rb"UuidSecu[^>]*>([^<]+)<")
MARK = re.compile(rb"Correlation-ID: (Id-[0-9a-f]{24})")


@pytest.fixture
def plain(lasting):
    with Sandbox(store=str(lasting), workers=2, security="off", seed=7) as sandbox:
        yield sandbox


def deposit(url, notes):
    """Send notes over one connection; what was accepted, by what was sent."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    headers = {"Content-Type": "text/xml;charset=UTF-8", "SOAPAction": ""}
    accepted = []
    for uuid, data in notes:
        connection.request("POST", wire.PATH, data, headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        if b"MH-001" not in body:
            accepted.append((uuid, SECU.search(body)[1].decode()))
    connection.close()
    return accepted


def test_each_deposit_is_acknowledged_and_kept_once(plain, lasting):
    notes = [killing.note(number) for number in range(200)]
    # Every note is sent twice, over two connections, at about the same time.
    shares = [notes[number % 8 :: 8] for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        accepted = [
            pair
            for each in pool.map(lambda share: deposit(plain.url, share), shares)
            for pair in each
        ]
    assert sorted(uuid for uuid, _ in notes) == sorted(uuid for uuid, _ in accepted)
    assert 200 == len({secu for _, secu in accepted})
    with open_store(str(lasting)) as store:
        assert 200 == store.count_deposits()
    assert [] == killing.lost(str(lasting), dict(accepted))


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(tmp_path, caplog):
    place = tmp_path / "store.sqlite3"
    acknowledged = {}
    with Sandbox(store=place, workers=2, security="off") as sandbox:
        before = crews.own_workers()
        threads = [
            threading.Thread(target=killing.deposit_on, args=(sandbox.url, first, acknowledged))
            for first in (0, 100_000, 200_000, 300_000)
        ]
        for thread in threads:
            thread.start()
        crews.await_that(lambda: len(acknowledged) > 20)
        for victim in before:
            os.kill(victim, signal.SIGKILL)
        for thread in threads:
            thread.join()
        crews.await_that(lambda: 2 == len(crews.own_workers() - before))
        assert [] == killing.lost(place, acknowledged)
        for number, pid in enumerate(crews.own_workers()):
            with crews.only(pid):
                answer = wire.send(sandbox.url, killing.note(900_000 + number)[1])
                assert (200, None) == (answer.status, answer.text(".//anomalies/code"))
    told = [record for record in caplog.records if "SIGKILL" in record.getMessage()]
    assert [logging.ERROR] * 2 == [record.levelno for record in told]
    assert set() == crews.own_workers()


def test_mutual_tls_holds_for_all(tmp_path):
    with Sandbox(store=tmp_path / "store.sqlite3", workers=2, tls=True) as sandbox:
        assert sandbox.url.startswith("https://")
        for pid in crews.own_workers():
            with crews.only(pid):
                assert sandbox.client().send(secured.SIMULATION).report.errors == ()


@pytest.mark.parametrize(
    ("share", "why"), [(crews.Refuses(), "le dépôt est en voyage"), (crews.Ends(), "code 3")]
)
def test_a_worker_that_cannot_begin_says_why_and_leaves_nothing_behind(share, why):
    listener = listen(0)
    with pytest.raises(SandboxError, match=f"n'a pas démarré.*{why}"):
        Workers(2, listener, share).start()
    assert -1 == listener.fileno()
    assert set() == crews.own_workers()


def test_a_worker_that_is_asked_to_leave_is_replaced(caplog):
    crew = Workers(1, listen(0), crews.Waits())
    crew.start()
    (pid,) = crews.own_workers()
    os.kill(pid, signal.SIGTERM)
    crews.await_that(lambda: crews.own_workers() - {pid})
    crew.stop()
    assert [f"worker {pid} ended (code 0); another one takes its place"] == caplog.messages
    assert set() == crews.own_workers()


def test_a_replacement_is_tried_until_it_can_begin(tmp_path, caplog):
    needed = tmp_path / "needed"
    needed.touch()
    crew = Workers(1, listen(0), crews.Depends(needed))
    crew.start()
    (first,) = crews.own_workers()
    needed.unlink()
    os.kill(first, signal.SIGKILL)
    crews.await_that(lambda: 2 <= len(caplog.messages))
    needed.touch()
    crews.await_that(lambda: any(worker.answered for worker in crew._crew))
    crew.stop()
    assert f"worker {first} ended (SIGKILL); another one takes its place" == caplog.messages[0]
    assert all("le dépôt est en voyage" in message for message in caplog.messages[1:])


@pytest.mark.parametrize(("guard", "code"), [('if __name__ == "__main__":', 0), ("if True:", 1)])
def test_a_script_is_told_how_to_start_workers(tmp_path, guard, code):
    place, script = tmp_path / "store.sqlite3", tmp_path / "script.py"
    start = f'with memhon.Sandbox(store={str(place)!r}, workers=2, security="off") as sandbox:'
    text = f"import memhon\n{guard}\n    {start}\n        print(sandbox.url)\n"
    script.write_text(text, encoding="utf-8")
    command = [sys.executable, str(script)]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert (code, code == 0) == (answer.returncode, b"http://127.0.0.1:" in answer.stdout)
    assert (code == 1) == ("sous « if __name__" in answer.stderr.decode())


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"workers": 2}, "--store"),
        ({"workers": 0, "store": "default"}, "au moins un"),
        ({"workers": 2, "store": "default", "clock": VirtualClock(secured.START)}, "sandbox clock"),
    ],
)
def test_workers_that_cannot_work_together_are_refused(wish, words):
    with pytest.raises(SandboxError, match=words):
        Sandbox(**wish)


def test_a_restart_and_a_neighbour_draw_other_ids(tmp_path):
    place, marks = tmp_path / "store.sqlite3", []

    def ask(*sandboxes):
        for sandbox in sandboxes * 3:
            answer = wire.send(sandbox.url, killing.note(len(marks))[1])
            marks.extend(pattern.search(answer.data)[1] for pattern in (SECU, MARK))

    for _ in range(2):
        with (
            Sandbox(store=place, seed=7, security="off") as one,
            Sandbox(store=place, seed=7, security="off") as two,
        ):
            ask(one, two)
    assert 24 == len(set(marks)) == len(marks)
