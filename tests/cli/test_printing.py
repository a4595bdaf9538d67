"""``memhon pdf`` and ``memhon embed-pdf``: what they write, and that they never half-write."""

import io
import sys
import zipfile

import pytest

import printed_notes as notes
from memhon import parse, validate
from memhon.catalogue import load
from memhon.cli import writing
from memhon.cli.main import main

MINIMAL = load().example("ra-depot", "request", "minimal").data
RICH = load().example("ra-depot", "request", "rich").data
PAYMENT = {
    f"{family}-{way}.xml": load().example(family, way, "rich").data
    for family in ("pid-sim", "pid-val")
    for way in ("request", "response")
}


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "memoire.xml"
    path.write_bytes(MINIMAL)
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def said(capsys):
    got = capsys.readouterr()
    return got.out + got.err


def test_a_note_is_printed_beside_its_file(note, capsys):
    assert main(["pdf", str(note)]) == 0
    assert note.with_suffix(".pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "(1 page)" in said(capsys)


def test_an_existing_output_stays_unless_forced(note, capsys):
    target = note.with_suffix(".pdf")
    target.write_bytes(b"mine")
    assert main(["pdf", str(note)]) == 1
    assert ("PDF-005" in said(capsys), target.read_bytes()) == (True, b"mine")
    assert main(["pdf", "--force", str(note)]) == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_force_replaces_no_link_and_no_folder(note, tmp_path, capsys):
    aim = tmp_path / "aim"
    aim.write_bytes(b"mine")
    link, folder = tmp_path / "link.pdf", tmp_path / "folder.pdf"
    link.symlink_to(aim)
    assert main(["pdf", "--force", str(note), "-o", str(link)]) == 1
    assert (aim.read_bytes(), link.is_symlink()) == (b"mine", True)
    (folder / "memoire.pdf").mkdir(parents=True)
    assert main(["pdf", "--force", str(note), "-o", str(folder)]) == 1
    assert 2 == said(capsys).count("PDF-005 (bloquante)")


def test_a_folder_is_printed_into_another(tmp_path, capsys):
    source, target = tmp_path / "in", tmp_path / "out"
    (source / "deep").mkdir(parents=True)
    target.mkdir()
    (source / "a.xml").write_bytes(MINIMAL)
    (source / "deep" / "b.xml").write_bytes(RICH)
    (source / "c.xml").write_bytes(load().example("ra-depot", "response", "minimal").data)
    with zipfile.ZipFile(source / "d.zip", "w") as archive:
        archive.writestr("e.xml", MINIMAL)
    assert main(["pdf", str(source), "-o", str(target)]) == 0
    assert names(target) == ["a.pdf", "b.pdf", "e.pdf"]
    assert "1 message(s) sans forme imprimable" in said(capsys)


def test_two_notes_of_one_name_do_not_overwrite_each_other(tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "memoire.xml").write_bytes(MINIMAL)
    out = tmp_path / "out"
    out.mkdir()
    words = [str(tmp_path / "a"), str(tmp_path / "b"), "--force", "-o", str(out)]
    assert main(["pdf", *words]) == 1
    assert ("PDF-005" in said(capsys), names(out)) == (True, ["memoire.pdf"])


def test_an_invalid_message_is_refused_with_its_report(note, capsys):
    note.write_bytes(MINIMAL.replace(b"57.70</aPayer>", b"57.705</aPayer>"))
    assert main(["pdf", str(note)]) == 1
    assert ("XSD-" in said(capsys), names(note.parent)) == (True, ["memoire.xml"])
    assert main(["embed-pdf", str(note)]) == 1
    assert ("XSD-" in said(capsys), names(note.parent)) == (True, ["memoire.xml"])


def test_a_message_without_a_printed_form_is_refused_when_it_is_named(note, capsys):
    note.write_bytes(load().example("ra-rembcons", "request", "minimal").data)
    for verb in ("pdf", "embed-pdf"):
        assert main([verb, str(note)]) == 1
        assert "PDF-001" in said(capsys)
    assert names(note.parent) == ["memoire.xml"]


def test_a_bad_input_does_not_hide_the_others(note, tmp_path, capsys):
    gone = tmp_path / "gone.xml"
    gone.symlink_to(tmp_path / "nowhere")
    other = tmp_path / "other.xml"
    other.write_bytes(RICH.replace("Amélie".encode(), "Am世lie".encode()))
    assert main(["pdf", str(gone), str(other), str(note)]) == 1
    told = said(capsys)
    assert ["FILE-001" in told, "PDF-004" in told] == [True, True]
    assert (tmp_path / "memoire.pdf").is_file()
    assert not (tmp_path / "other.pdf").exists()
    assert main(["pdf", str(gone)]) == 3


def test_an_unreadable_folder_is_told(tmp_path, monkeypatch, capsys):
    def refused(_):
        raise PermissionError(13, "no")

    monkeypatch.setattr("memhon.cli.inputs.os.scandir", refused)
    assert main(["pdf", str(tmp_path)]) == 3
    assert "FILE-001" in said(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["pdf", "nothing.xml"],
        ["pdf", "memoire.xml", "-o", "nowhere/x.pdf"],
        ["pdf", "memoire.xml", "-o", "nowhere/"],
        ["embed-pdf", "nothing.xml"],
        ["embed-pdf", "memoire.xml", "nothing.pdf"],
    ],
)
def test_what_is_not_there_is_wrong_usage(words, note, monkeypatch):
    monkeypatch.chdir(note.parent)
    assert main(words) == 2
    assert names(note.parent) == ["memoire.xml"]


def test_a_disk_that_fails_leaves_nothing_behind(note, monkeypatch, capsys):
    class Failing(type(note)):
        def write_bytes(self, data):
            super().write_bytes(data[:100])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_beside", lambda path: Failing(f"{path}.part"))
    for verb in ("pdf", "embed-pdf"):
        assert main([verb, str(note)]) == 4
        assert "No space left" in said(capsys)
    assert names(note.parent) == ["memoire.xml"]


def test_standard_input_and_output(monkeypatch, capsysbinary, tmp_path):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MINIMAL)))
        assert main(["pdf", "-", "-o", "-"]) == 0
    first, second = capsysbinary.readouterr().out.split(b"%PDF-")[1:]
    assert first == second
    assert names(tmp_path) == []


def test_standard_output_takes_one_document(note, capsysbinary):
    other = note.with_name("other.xml")
    other.write_bytes(MINIMAL)
    assert main(["pdf", str(note), str(other), "-o", "-"]) == 4
    assert capsysbinary.readouterr().out.count(b"%PDF-") == 1


def test_the_messages_of_a_payment_make_one_document(tmp_path, capsys):
    for name, data in PAYMENT.items():
        (tmp_path / name).write_bytes(data)
    files = [str(tmp_path / name) for name in PAYMENT]
    out = tmp_path / "patient.pdf"
    assert main(["pdf", *files, "-o", str(out), "--patient", "Aa Bb"]) == 0
    assert main(["pdf", *files[:2]]) == 1
    assert "PDF-006" in said(capsys)
    assert names(tmp_path) == ["patient.pdf", *sorted(PAYMENT)]


def test_a_printed_note_is_embedded_beside_it(note, capsys):
    assert main(["embed-pdf", str(note)]) == 0
    made = note.with_name("memoire-avec-pdf.xml").read_bytes()
    assert validate(made).verdict.value == "valid"
    assert main(["pdf", str(note)]) == 0
    assert parse(made).document == note.with_suffix(".pdf").read_bytes()
    assert note.read_bytes() == MINIMAL
    assert main(["embed-pdf", str(note)]) == 1
    assert "PDF-005" in said(capsys)


def test_a_given_pdf_replaces_another_in_place(note, capsys):
    note.write_bytes(RICH)
    pdf = note.with_suffix(".pdf")
    pdf.write_bytes(b"%PDF-1.7 %%EOF")
    words = ["embed-pdf", str(note), str(pdf), "-o", str(note), "--force"]
    assert main(words) == 1
    assert ("PDF-008" in said(capsys), note.read_bytes()) == (True, RICH)
    assert main([*words, "--replace"]) == 0
    assert ("PDF-010" in said(capsys), parse(note.read_bytes()).document) == (
        True,
        b"%PDF-1.7 %%EOF",
    )


@pytest.mark.parametrize(
    ("content", "found"), [(b"no", "PDF-002"), (b"%PDF-" + b"0" * 7_500_000 + b"%%EOF", "PDF-003")]
)
def test_what_cannot_be_embedded_leaves_the_note(note, content, found, capsys):
    pdf = note.with_suffix(".pdf")
    pdf.write_bytes(content)
    assert main(["embed-pdf", str(note), str(pdf)]) == 1
    assert (found in said(capsys), names(note.parent)) == (True, ["memoire.pdf", "memoire.xml"])


def test_long_names_of_files_are_written(tmp_path):
    note = tmp_path / f"{'m' * 240}.xml"
    note.write_bytes(notes.as_message(notes.many(2)))
    assert main(["pdf", str(note)]) == 0
    assert names(tmp_path) == [f"{'m' * 240}.pdf", note.name]


def test_without_the_extra_the_command_says_what_to_install(note, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "typst", None)
    assert main(["pdf", str(note)]) == 4
    assert 'pip install "memhon[pdf]"' in said(capsys)
    assert names(note.parent) == ["memoire.xml"]
