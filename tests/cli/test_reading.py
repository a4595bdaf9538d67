"""One input → its reports: whole files only, archives opened, whatever goes wrong said."""

import io
import os
import sys
import threading
import zipfile

import pytest

from memhon.catalogue import load
from memhon.cli import reading
from memhon.cli.inputs import Input, gather
from memhon.cli.reading import Settings, judge
from memhon.intake import DEFAULT

GOOD = load().example("ra-depot", "request", "minimal").data
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX objects")


def said(path, settings=None, data=None):
    """Source, verdict and finding ids of every report."""
    reports = judge(Input(str(path), data), settings or Settings())
    return [
        (report.source, report.verdict.value, [finding.id for finding in report.findings])
        for report in reports
    ]


def packed(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def test_a_message_and_one_that_is_gone(tmp_path):
    path = tmp_path / "message.xml"
    path.write_bytes(GOOD)
    assert [(str(path), "valid", [])] == said(path)
    path.unlink()
    assert [(str(path), "undecided", ["FILE-001"])] == said(path)


@pytest.mark.parametrize("change", [b"more", b""])
def test_a_file_that_changes_while_it_is_read(tmp_path, monkeypatch, change):
    path = tmp_path / "changing.xml"
    path.write_bytes(GOOD)
    read = os.read

    def changed(file, most):
        if change:
            with path.open("ab") as stream:
                stream.write(change)
        else:
            os.truncate(path, len(GOOD) // 2)
        return read(file, most)

    monkeypatch.setattr(reading.os, "read", changed)
    (report,) = judge(Input(str(path)), Settings())
    length = len(GOOD) + 1 if change else len(GOOD) // 2
    assert ("undecided", "FILE-002") == (report.verdict.value, report.findings[0].id)
    assert (f"{length} octets", f"{len(GOOD)} octets") == (
        report.findings[0].found,
        report.findings[0].expected,
    )


def test_a_file_that_somebody_writes_all_the_time(tmp_path):
    path = tmp_path / "growing.xml"
    path.write_bytes(GOOD + b" " * 8_000_000)
    stop, began = threading.Event(), threading.Event()

    def write():
        with path.open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write(b" ")
                began.set()

    writer = threading.Thread(target=write)
    writer.start()
    began.wait()
    try:
        # the writer may not get its turn during every reading
        readings = (said(path)[0][2] for _ in range(500))
        assert ["FILE-002"] == next(found for found in readings if found)
    finally:
        stop.set()
        writer.join()


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("wb") as stream:
        stream.truncate(10 * DEFAULT.size)
    (report,) = judge(Input(str(path)), Settings())
    assert ["LIMIT-001"] == [finding.id for finding in report.findings]
    assert f"{10 * DEFAULT.size} octets" == report.findings[0].found
    assert ["skipped", "skipped"] == [check.status.value for check in report.checks]


@posix
def test_a_device_that_never_ends(tmp_path):
    assert [("/dev/zero", "undecided", ["LIMIT-001"])] == said("/dev/zero")


@posix
def test_a_pipe_that_is_named_is_read(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(GOOD,))
    writer.start()
    assert [(str(path), "valid", [])] == said(path)
    writer.join()


@posix
def test_a_file_that_cannot_be_read_to_its_end():
    assert [("/proc/self/mem", "undecided", ["FILE-001"])] == said("/proc/self/mem")


def test_every_file_of_an_archive_has_its_report(tmp_path):
    data = packed(**{"1.xml": GOOD, "2.xml": GOOD[:200], "3.xml": packed(x=b"")})
    expected = [("1.xml", "valid", []), ("2.xml", "invalid", ["FORM-003"])]
    for name in ("several.zip", "several"):
        path = tmp_path / name
        path.write_bytes(data)
        found = said(path)
        assert [(f"{path}!/{inside}", *rest) for inside, *rest in expected] == found[:2]
        assert ["ZIP-007"] == found[2][2]


def test_an_archive_on_standard_input(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(packed(**{"1.xml": GOOD})))
    monkeypatch.setattr(sys, "stdin", stream)
    (entry,) = gather(["-"], most=DEFAULT.unpacked).inputs
    assert [("entrée standard!/1.xml", "valid", [])] == said(entry.name, data=entry.data)


def test_an_archive_that_is_none_and_an_office_document(tmp_path):
    path = tmp_path / "none.zip"
    path.write_bytes(GOOD)
    assert [(str(path), "invalid", ["ZIP-001"])] == said(path)
    path = tmp_path / "letter.docx"
    path.write_bytes(packed(**{"[Content_Types].xml": b"", "word/document.xml": b""}))
    assert [(str(path), "invalid", ["FORM-024"])] == said(path)


def test_the_rules_of_a_deposit_are_asked_for(tmp_path):
    path = tmp_path / "deposit.zip"
    path.write_bytes(packed(**{"any.xml": GOOD, "other.xml": GOOD}))
    deposit = Settings(deposit=True)
    assert ["valid", "valid"] == [verdict for _, verdict, _ in said(path)]
    found = said(path, deposit)
    assert (str(path), "invalid", ["ZIP-012", "ZIP-013", "ZIP-013"]) == found[0]
    assert ["valid", "valid"] == [verdict for _, verdict, _ in found[1:]]


def test_layers_that_are_not_asked_for_are_not_planned():
    (report,) = judge(Input("gone.xml"), Settings(layers=("wellformed",)))
    assert ["wellformed"] == [check.layer for check in report.checks]


def test_a_report_lets_go_of_its_document(tmp_path):
    path = tmp_path / "bad.xml"
    path.write_bytes(GOOD.replace(b"<entete>", b"<entete><x/>"))
    (report,) = judge(Input(str(path)), Settings())
    (finding,) = report.findings
    assert "<x/>" in finding.excerpt
    assert "Shown" == type(finding.place).__name__
