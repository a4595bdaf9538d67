"""``memhon validate --watch``: one report for each change, soon, and none for half a file."""

import contextlib
import io
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from memhon.catalogue import load
from memhon.cli.reading import Settings, judge
from memhon.cli.watch import PATIENCE, Watch

GOOD = load().example("ra-depot", "request", "minimal").data
BAD = GOOD.replace(b"<entete>", b"<entete><x/>")


@contextlib.contextmanager
def watching(*words):
    """A running watch and its lines as they come, each with the time of its arrival."""
    process = subprocess.Popen(
        [sys.executable, "-m", "memhon", "validate", "--watch", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    lines = queue.SimpleQueue()

    def read():
        for line in process.stdout:
            lines.put((time.monotonic(), line.rstrip("\n")))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert "Ctrl-C" in lines.get(timeout=10)[1]
        yield process, lines
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(10)
        reader.join()
        process.stdout.close()
        process.stderr.close()


def headline(lines):
    """The next line that names a file, and when it came."""
    while True:
        came, line = lines.get(timeout=10)
        if re.match(r"\d\d:\d\d:\d\d  ", line) or "supprimé" in line:
            return came, line


def drained(lines):
    time.sleep(1)
    found = []
    while not lines.empty():
        found.append(lines.get()[1])
    return found


def test_each_change_is_judged_within_a_second(tmp_path):
    (tmp_path / "there.xml").write_bytes(BAD)
    with watching(tmp_path) as (process, lines):
        new = tmp_path / "new.xml"
        for data, verdict in ((GOOD, "valide pour"), (BAD, "non valide"), (GOOD, "valide pour")):
            new.write_bytes(data)
            written = time.monotonic()
            came, line = headline(lines)
            assert f"new.xml : {verdict}" in line
            assert came - written < 1
        beside = tmp_path / "draft"
        beside.write_bytes(BAD)
        beside.replace(new)
        assert "new.xml : non valide" in headline(lines)[1]
        new.unlink()
        assert "new.xml : supprimé" in headline(lines)[1]
        process.send_signal(signal.SIGINT)
        assert 0 == process.wait(10)
        assert "Surveillance arrêtée : 4 contrôles faits." in drained(lines)
        assert "" == process.stderr.read()


def test_half_a_file_is_not_judged(tmp_path):
    with watching(tmp_path) as (_, lines):
        path = tmp_path / "slow.xml"
        with path.open("wb", buffering=0) as stream:
            for start in range(0, len(GOOD), len(GOOD) // 6 + 1):
                stream.write(GOOD[start : start + len(GOOD) // 6 + 1])
                time.sleep(0.3)
        assert "slow.xml : valide pour" in headline(lines)[1]
        assert [] == [line for line in drained(lines) if "slow.xml" in line]


def test_a_file_that_stays_half_is_said_to_be(tmp_path):
    with watching(tmp_path) as (_, lines):
        (tmp_path / "half.xml").write_bytes(GOOD[:300])
        written = time.monotonic()
        came, line = headline(lines)
        assert "half.xml : non valide" in line
        assert came - written < 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX objects")
def test_a_pipe_in_the_folder_stops_nothing(tmp_path):
    with watching(tmp_path) as (_, lines):
        os.mkfifo(tmp_path / "a.xml")
        assert "a.xml : indécis" in headline(lines)[1]
        (tmp_path / "b.xml").write_bytes(GOOD)
        assert "b.xml : valide" in headline(lines)[1]


def test_the_report_in_a_file_follows(tmp_path):
    report = tmp_path / "report.xml"
    with watching(tmp_path, "--format", "junit", "--output", report) as (_, lines):
        for name in ("a.xml", "b.xml"):
            (tmp_path / name).write_bytes(GOOD)
            assert name in headline(lines)[1]
        time.sleep(0.5)
        written = report.read_text(encoding="utf-8")
        assert "a.xml" in written
        assert "b.xml" in written
        assert [] == [line for line in drained(lines) if "report.xml :" in line]


def test_nothing_to_watch_is_wrong_usage(tmp_path):
    command = [sys.executable, "-m", "memhon", "validate", "--watch", str(tmp_path / "gone")]
    done = subprocess.run(command, capture_output=True, check=False, timeout=20)
    assert 2 == done.returncode
    assert "gone" in done.stderr.decode()


def test_a_file_is_ready_at_the_second_look(tmp_path):
    watch = Watch([str(tmp_path)])
    watch.start()
    path = tmp_path / "new.xml"
    path.write_bytes(GOOD)
    assert ([], []) == watch.look(0.0)
    path.write_bytes(BAD)
    assert ([], []) == watch.look(1.0)
    (entry,), _ = watch.look(2.0)
    assert str(path) == entry.name
    assert watch.settle(entry.name, judge(entry, Settings()), 2.0)
    assert ([], []) == watch.look(3.0)
    path.unlink()
    assert ([], [str(path)]) == watch.look(4.0)


@pytest.mark.parametrize("name", ["half.xml", "half.zip", "empty.xml"])
def test_what_looks_unfinished_is_given_time(tmp_path, name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.xml", GOOD)
    data = {"half.xml": GOOD[:300], "half.zip": buffer.getvalue()[:300], "empty.xml": b""}
    watch = Watch([str(tmp_path)])
    watch.start()
    (tmp_path / name).write_bytes(data[name])
    watch.look(0.0)
    (entry,), _ = watch.look(0.1)
    reports = judge(entry, Settings())
    assert not watch.settle(entry.name, reports, 0.1)
    assert watch.settle(entry.name, reports, PATIENCE)
