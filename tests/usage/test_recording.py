"""The recorder: whole lines, from many at once, and nothing that does not belong there."""

import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest

from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import JournalError
from memhon.usage import Journal, Period, report_of_journals
from usage_lines import CODE, HEADER

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOW = "2026-03-02T09:30:00+01:00"
GOOD = {"kind": "depot", "family": "ra", "practitioner": CODE, "note": "note-1"}
MATRICULE = load().person("demo-1").matricule


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.csv"


def _record(path, **changed):
    values = GOOD | changed
    kind = values.pop("kind")
    return Journal(path, clock=VirtualClock(NOW)).record(kind, **values)


def test_a_record_is_a_line_below_the_header(path):
    assert "event-1" == _record(path, event="event-1", form="papier")
    expected = f"{HEADER}\nevent-1;2026-03-02T08:30:00.000Z;depot;ra;{CODE};note-1;papier\n"
    assert expected == path.read_text(encoding="utf-8")
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_every_event_gets_an_identifier_of_its_own(path):
    assert 3 == len({_record(path, note=f"note-{number}") for number in range(3)})
    assert 3 == report_of_journals([path], YEAR).total.counts["depot"]


def test_an_event_that_is_recorded_again_counts_once(path):
    for _ in range(2):
        _record(path, event="event-1")
    report = report_of_journals([path], YEAR)
    assert (1, 1) == (report.total.counts["depot"], report.repeated)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"note": ""}, "USE-007"),
        ({"note": MATRICULE}, "USE-011"),
        ({"event": MATRICULE}, "USE-011"),
        ({"note": "a;b"}, "USE-005"),
        ({"note": "a\nb"}, "USE-004"),
        ({"note": "a\x00b"}, "USE-004"),
        ({"form": "papier\r"}, "USE-004"),
        ({"note": "Müller"}, "USE-007"),
        ({"note": "\ud800"}, "USE-007"),
        ({"note": '"note"'}, "USE-006"),
        ({"kind": "envoi"}, "USE-009"),
        ({"family": "pid"}, "USE-010"),
        ({"practitioner": "0" + CODE[1:]}, "USE-007"),
        ({"at": datetime(2026, 3, 2)}, "USE-008"),  # noqa: DTZ001
        ({"at": datetime(1999, 3, 2, tzinfo=UTC)}, "USE-008"),
    ],
)
def test_what_does_not_belong_there_is_refused_before_it_is_written(path, changed, expected):
    with pytest.raises(JournalError) as caught:
        _record(path, **changed)
    assert [expected] == [finding.id for finding in caught.value.findings]
    assert not path.exists()


def test_a_file_that_is_no_journal_is_left_as_it_is(path):
    for text in ("Dear diary", "Dear diary\n", "a;b\n1;2\n", HEADER.replace(";", ",") + "\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(JournalError):
            _record(path)
        assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("torn", [HEADER[:20], HEADER, f"{HEADER}\nevent-0;2026-03-"])
def test_a_line_that_was_never_finished_gives_way(path, torn):
    path.write_text(torn, encoding="utf-8")
    _record(path, event="event-1")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [HEADER, "event-1"] == [lines[0], *(each.partition(";")[0] for each in lines[1:])]


def test_a_line_that_only_lacks_its_end_is_kept(path):
    _record(path, event="event-1")
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    _record(path, event="event-2", note="note-2")
    assert 2 == report_of_journals([path], YEAR).total.counts["depot"]


def test_a_disk_that_is_full_leaves_no_half_line(path, monkeypatch):
    _record(path, event="event-1")
    before = path.read_bytes()
    write = os.write

    def full(number, data):
        if len(data) > 30:
            return write(number, data[:30])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        _record(path, event="event-2", note="note-2")
    assert before == path.read_bytes()


def test_threads_and_processes_write_whole_lines(path):
    code = (
        "import sys; from memhon.usage import Journal\n"
        "journal = Journal(sys.argv[1])\n"
        "for number in range(40):\n"
        "    journal.record('depot', family='ra', practitioner=sys.argv[2],"
        " note=f'{sys.argv[3]}-{number}')\n"
    )
    command = [sys.executable, "-c", code, str(path), CODE]
    processes = [subprocess.Popen([*command, f"process-{each}"]) for each in range(3)]
    shared = Journal(path)

    def work(name):
        for number in range(40):
            shared.record("depot", family="ra", practitioner=CODE, note=f"{name}-{number}")

    threads = [threading.Thread(target=work, args=(f"thread-{each}",)) for each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [0, 0, 0] == [process.wait() for process in processes]
    today = datetime.now(UTC).date()
    period = Period(today.replace(month=1, day=1), today.replace(month=12, day=31))
    report = report_of_journals([path], period)
    assert (240, 0) == (report.read, report.repeated)
    assert 1 == path.read_text(encoding="utf-8").count(HEADER)


def test_recording_needs_none_of_the_heavy_parts():
    code = (
        "import sys, memhon.usage; memhon.usage.Journal;"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'lxml', 'cryptography', 'httpx', 'sqlalchemy', 'starlette', 'xsdata'}))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "[]" == answer.stdout.strip()
