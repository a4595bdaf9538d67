"""Words → inputs: nothing is left out in silence, nothing twice, the order is the reader's."""

import os
import sys
from pathlib import Path

import pytest

from memhon.cli.inputs import gather

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX objects")


def names(*words, but=None):
    given = gather([str(word) for word in words], most=10, but=but)
    return [Path(entry.name).as_posix() for entry in given.inputs]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in ("b/2.xml", "b/1.XML", "b/c/3.zip", "a.xml", "note.txt", "z.xml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_stands_for_its_messages_and_archives(tree):
    assert ["a.xml", "z.xml", "b/1.XML", "b/2.xml", "b/c/3.zip"] == names(".")


def test_the_order_of_the_words_is_kept_and_nothing_stands_twice(tree):
    first = "b/2.xml"
    assert ["z.xml", first, "b/1.XML"] == names("z.xml", first, "z.xml", "b")[:3]
    assert 4 == len(names("z.xml", first, "z.xml", "b"))


def test_a_named_file_may_be_called_anything(tree):
    assert ["note.txt"] == names("note.txt")


def test_patterns_work_without_a_shell(tree):
    assert ["a.xml", "z.xml"] == names("*.xml")
    found = [Path(name).name for name in names("**/*.xml")]
    assert {"a.xml", "z.xml", "2.xml"} <= set(found)
    assert ["b/1.XML", "b/2.xml"] == names("[b]")[:2]


def test_a_file_with_the_signs_of_a_pattern_is_that_file(tree):
    (tree / "[a].xml").write_bytes(b"")
    assert ["[a].xml"] == names("[a].xml")


def test_what_names_nothing_is_said(tree):
    (tree / "empty").mkdir()
    given = gather(["gone.xml", "no*.xml", "empty", "a.xml"], most=10)
    assert ("gone.xml", "no*.xml", "empty") == given.missing
    assert ["a.xml"] == [entry.name for entry in given.inputs]


def test_the_report_being_written_is_no_input(tree):
    assert ["a.xml"] == names("a.xml", "z.xml", but=str(tree / "z.xml"))


@posix
def test_what_is_no_file_is_a_finding_and_is_not_opened(tree):
    os.mkfifo(tree / "b" / "pipe.xml")
    (tree / "b" / "nowhere.xml").symlink_to(tree / "gone")
    (tree / "b" / "circle.xml").symlink_to(tree / "b" / "circle.xml")
    (tree / "b" / "link.xml").symlink_to(tree / "a.xml")
    (tree / "b" / "up.xml").symlink_to(tree)
    found = {
        Path(entry.name).name: (
            entry.refusal.id,
            entry.refusal.found or entry.refusal.detail,
        )
        for entry in gather(["b"], most=10).inputs
        if entry.refusal
    }
    assert {
        "pipe.xml": ("FILE-003", "FIFO"),
        "nowhere.xml": ("FILE-001", "ENOENT"),
        "circle.xml": ("FILE-001", "ELOOP"),
        "up.xml": ("FILE-003", "link to a folder"),
    } == found
    assert "b/link.xml" in names("b")


def test_a_folder_that_cannot_be_listed_is_a_finding(tree, monkeypatch):
    listing = os.scandir

    def closed(path):
        if Path(path).name == "c":
            raise PermissionError(13, "no", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", closed)
    refused = [entry for entry in gather(["b"], most=10).inputs if entry.refusal]
    assert [("b/c", "FILE-001", "EACCES")] == [
        (Path(entry.name).as_posix(), entry.refusal.id, entry.refusal.detail) for entry in refused
    ]
