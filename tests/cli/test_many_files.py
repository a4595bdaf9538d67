"""Many files: with one process or several, watched or in a pipe, finished or interrupted."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from memhon.catalogue import load

GOOD = load().example("ra-depot", "request", "minimal").data
MEMHON = [sys.executable, "-m", "memhon", "validate"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals and signals")
IN_NEW_PROCESSES = """
import multiprocessing, sys
from memhon.cli import workers
from memhon.cli.main import main
workers._context = lambda: multiprocessing.get_context("spawn")
raise SystemExit(main(sys.argv[1:]))
"""
WITH_A_DEADLY_FILE = """
import os, signal, sys, time
from memhon.cli import batch, workers
from memhon.cli.main import main
judge = workers.judge

def deadly(entry, settings):
    if "0003" in entry.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return judge(entry, settings)

def slow(entry, settings):
    time.sleep(0.01)
    return judge(entry, settings)

workers.judge, batch.judge = deadly, slow
raise SystemExit(main(sys.argv[1:]))
"""


def run(*words, script=None):
    start = [sys.executable, "-c", script, "validate"] if script else MEMHON
    done = subprocess.run([*start, *map(str, words)], capture_output=True, check=False)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err + out
    return done.returncode, out, err


def without_times(out):
    return re.sub(r'"milliseconds": [\d.]+', "", out)


@pytest.fixture(scope="module")
def thousand(tmp_path_factory):
    """A thousand files, three of them bad."""
    folder = tmp_path_factory.mktemp("thousand")
    for number in range(1000):
        folder.joinpath(f"m{number:04}.xml").write_bytes(GOOD)
    folder.joinpath("m0123.xml").write_bytes(GOOD[:-30])
    folder.joinpath("m0456.xml").write_bytes(GOOD.replace(b"<entete>", b"<entete><x/>"))
    folder.joinpath("m0789.xml").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A folder whose judgement takes much longer than a test may."""
    folder = tmp_path_factory.mktemp("endless")
    large = folder / "large"
    large.write_bytes(GOOD + b" " * 15_000_000)
    for number in range(4000):
        folder.joinpath(f"m{number:04}.xml").symlink_to(large)
    return folder


def test_three_bad_files_of_a_thousand_stand_out(thousand):
    code, out, err = run(thousand)
    assert (code, err) == (1, "")
    named = re.findall(r"m\d{4}\.xml", out)
    assert ["m0123.xml", "m0456.xml", "m0789.xml"] == named
    assert "1000 fichiers, 997 valides, 3 non valides" in out
    for finding_id in ("FORM-001", "FORM-003", "XSD-001"):
        assert re.search(rf"^  {finding_id}\s+1 × dans 1 fichier", out, re.MULTILINE)
    assert "997 fichiers valides sans anomalie ne sont pas énumérés" in out
    assert 1000 <= len(run(thousand, "--all")[1].splitlines())


@pytest.mark.parametrize("jobs", ["2", "3", "0"])
def test_several_processes_say_the_same(thousand, jobs):
    alone = run(thousand, "--format", "json")
    several = run(thousand, "--format", "json", "--jobs", jobs)
    assert alone[0] == several[0]
    assert without_times(alone[1]) == without_times(several[1])


def test_fresh_interpreters_say_the_same(thousand):
    alone = run(thousand, "--format", "json")
    several = run(thousand, "--format", "json", "--jobs", "2", script=IN_NEW_PROCESSES)
    assert (alone[0], several[2]) == (several[0], "")
    assert without_times(alone[1]) == without_times(several[1])


@pytest.mark.skipif(sys.platform != "linux", reason="the workers are copies on Linux")
def test_a_process_that_dies_takes_one_file_with_it(tmp_path):
    for number in range(100):
        tmp_path.joinpath(f"m{number:04}.xml").write_bytes(GOOD)
    words = (tmp_path, "--format", "json", "--jobs", "2")
    code, out, err = run(*words, script=WITH_A_DEADLY_FILE)
    reports = json.loads(out)["reports"]
    assert (code, err, len(reports)) == (3, "", 100)
    (lost,) = [report for report in reports if report["verdict"] != "valid"]
    (finding,) = lost["findings"]
    assert ("m0003.xml", "undecided") == (Path(lost["source"]).name, lost["verdict"])
    assert "FILE-004" == finding["id"]
    assert "SIGKILL" in finding["text"]


def test_a_bad_number_of_processes(thousand):
    for jobs in ("-1", "many", "1000"):
        assert run(thousand, f"--jobs={jobs}")[0] == 2


def test_files_folders_and_what_is_missing_together(thousand, tmp_path):
    good = tmp_path / "good.xml"
    good.write_bytes(GOOD)
    code, out, err = run(good, tmp_path / "gone.xml", thousand, "--jobs", "2")
    assert code == 2
    assert "gone.xml" in err
    assert "1001 fichiers" in out


def test_the_report_goes_to_a_file_and_the_summary_to_the_reader(thousand, tmp_path):
    path = tmp_path / "report.json"
    code, out, err = run(thousand, "--format", "json", "--output", path)
    assert (code, err) == (1, "")
    assert out.startswith("Bilan : 1000 fichiers, 997 valides, 3 non valides")
    assert f"Rapport écrit dans {path}" in out
    assert 1000 == len(json.loads(path.read_text(encoding="utf-8"))["reports"])
    assert [path] == list(tmp_path.iterdir())


def test_a_report_that_cannot_be_written_is_said_before_the_work(thousand, tmp_path):
    for path in (tmp_path, tmp_path / "gone" / "report.json"):
        code, out, err = run(thousand, "--output", path)
        assert (code, out) == (2, "")
        assert str(path.parent) in err


def test_a_report_among_the_files_is_not_judged_the_next_time(tmp_path):
    tmp_path.joinpath("good.xml").write_bytes(GOOD)
    path = tmp_path / "report.xml"
    path.write_text("<old/>")
    assert run(tmp_path, "--output", path, "--format", "junit")[0] == 0
    assert "<testsuite" in path.read_text(encoding="utf-8")


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_tells_how_far_it_came(endless, jobs):
    with on_a_terminal(endless, "--jobs", jobs) as (process, terminal):
        shown = read_until(terminal, b"sur 4000")
        os.killpg(process.pid, signal.SIGINT)
        out = process.stdout.read().decode()
        assert 4 == process.wait(20)
    shown += rest(terminal)
    told = re.search(rb"interrompu, (\d+) entr\S+ jug\S+ sur 4000", shown)
    assert told, shown
    count = int(told[1])
    assert 0 < count < 4000
    assert f"Contrôle interrompu : {count} fichier" in out
    assert "Traceback" not in out + shown.decode()


@posix
def test_an_interrupted_run_leaves_a_true_document(endless, tmp_path):
    path = tmp_path / "report.json"
    words = (endless, "--jobs", "2", "--format", "json", "--output", path)
    with on_a_terminal(*words) as (process, terminal):
        read_until(terminal, b"sur 4000")
        process.terminate()
        assert 4 == process.wait(20)
    document = json.loads(path.read_text(encoding="utf-8"))
    summary = document["summary"]
    assert (4000, False) == (summary["planned"], summary["complete"])
    assert len(document["reports"]) == summary["judged"] < 4000


@posix
def test_progress_is_for_a_terminal_and_leaves_nothing_behind(endless):
    with on_a_terminal(endless) as (process, terminal):
        shown = read_until(terminal, b"sur 4000")
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert b"\n" not in shown
    assert re.search(rb"\r *\rmemhon : interrompu", rest(terminal))
    with on_a_terminal(endless, TERM="dumb") as (process, terminal):
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert rest(terminal).startswith(b"memhon : interrompu")


@contextlib.contextmanager
def on_a_terminal(*words, **environment):
    """A run whose standard error is a terminal; standard output is a pipe."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*MEMHON, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", **environment},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        if process.poll() is None:
            process.kill()
        process.stdout.close()
        process.wait()


def read_until(terminal, mark):
    shown = b""
    while mark not in shown:
        shown += os.read(terminal, 1000)
    return shown


def rest(terminal):
    """What the terminal still shows; a closed one raises on Linux."""
    shown = b""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 1000):
            shown += part
    return shown
