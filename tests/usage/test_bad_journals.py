"""Every bad journal is refused with line, column and rule; no report is made of the rest."""

from datetime import date

import pytest

from memhon.catalogue import load
from memhon.errors import JournalError
from memhon.findings import finding_lines
from memhon.usage import Period, report_of_journals
from usage_lines import CODE, HEADER, journal, line

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MATRICULE = load().person("demo-1").matricule
PRINTED = " ".join(
    MATRICULE[start:end] for start, end in ((0, 4), (4, 6), (6, 8), (8, 11), (11, 13))
)
NUL = "\x00"


def _refused(path):
    with pytest.raises(JournalError) as caught:
        report_of_journals([path], YEAR)
    error = caught.value
    assert {str(path)} == set(error.places)
    assert "aucun relevé" in str(error)
    return error


def _found(path):
    return [(f.id, f.line, f.column, f.element) for f in _refused(path).findings]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ("USE-001", 1, 1)),
        (b"\n", ("USE-001", 1, 1)),
        (b"PK\x03\x04", ("USE-001", 1, 1)),
        (f"{line()}\n".encode(), ("USE-001", 1, 1)),
        (f"{HEADER};patient\n".encode(), ("USE-001", 1, 1)),
        (f"{HEADER.rpartition(';')[0]}\n".encode(), ("USE-001", 1, 1)),
        (f"{HEADER.upper()}\n".encode(), ("USE-001", 1, 1)),
        (HEADER.replace(";", ",").encode() + b"\n", ("USE-002", 1, 12)),
        (HEADER.replace(";", "\t").encode() + b"\n", ("USE-002", 1, 12)),
        (HEADER.replace(";", "|").encode() + b"\n", ("USE-002", 1, 12)),
        (f"{HEADER}\n{line()}\n".encode("utf-16"), ("USE-003", 1, 1)),
        (f"{HEADER}\n{line()}\n".encode("utf-16-le"), ("USE-003", 1, 1)),
        (f"{HEADER}\r{line()}\r".encode(), ("USE-004", 1, len(HEADER) + 1)),
        (f"{HEADER}\n{line()}".encode(), ("USE-014", 2, None)),
        (b"x" * (3 << 20), ("USE-001", 1, 1)),
        (f"{HEADER}\n".encode() + b"x" * (3 << 20), ("USE-013", 2, 1001)),
        (b"\x00" * 5000, ("USE-003", 1, 1)),
    ],
)
def test_a_file_that_is_no_journal_is_refused(tmp_path, data, expected):
    path = tmp_path / "journal.csv"
    path.write_bytes(data)
    (found,) = _refused(path).findings
    assert expected == (found.id, found.line, found.column)


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ("", ("USE-005", 1, None)),
        (";".join(line().split(";")[:6]), ("USE-005", len(line()) - 9, None)),
        (f"{line()};more", ("USE-005", len(line()) + 2, None)),
        (line(memoire='"note'), ("USE-006", 48, None)),
        (line(memoire='no"te'), ("USE-006", 50, None)),
        (line(memoire=f"no{NUL}te"), ("USE-004", 50, None)),
        (line(memoire="x" * 1000), ("USE-013", 1001, None)),
        (line(identifiant=""), ("USE-007", 1, "identifiant")),
        (line(memoire="é"), ("USE-007", 48, "memoire")),
        (line(memoire=""), ("USE-007", 48, "memoire")),
        (line(memoire="=1+1"), ("USE-007", 48, "memoire")),
        (line(memoire=" note"), ("USE-007", 48, "memoire")),
        (line(memoire="n" * 65), ("USE-007", 48, "memoire")),
        (line(prestataire=CODE[1:]), ("USE-007", 39, "prestataire")),
        (line(prestataire="٣" * 8), ("USE-007", 39, "prestataire")),
        (line(instant="2026-03-02T09:30:00"), ("USE-008", 9, "instant")),
        (line(instant="2026-02-30T09:30:00Z"), ("USE-008", 9, "instant")),
        (line(instant="2026-03-02T24:00:00Z"), ("USE-008", 9, "instant")),
        (line(instant="02.03.2026 09:30"), ("USE-008", 9, "instant")),
        (line(instant="1999-12-31T23:59:59Z"), ("USE-008", 9, "instant")),
        (line(evenement="Depot"), ("USE-009", 30, "evenement")),
        (line(famille=""), ("USE-009", 36, "famille")),
        (line(forme="pdf"), ("USE-009", 55, "forme")),
        (line(famille="pid"), ("USE-010", 36, "famille")),
        (line(memoire=MATRICULE), ("USE-011", 48, "memoire")),
        (line(memoire=PRINTED), ("USE-011", 48, "memoire")),
        (line(memoire=f"note-{MATRICULE}"), ("USE-011", 48, "memoire")),
        (line(identifiant=MATRICULE), ("USE-011", 1, "identifiant")),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path, bad, expected):
    path = journal(tmp_path / "journal.csv", [line(), bad, line(identifiant="e", memoire="m")])
    identifier, column, element = expected
    assert [(identifier, 3, column, element)] == _found(path)


def test_an_octet_of_another_encoding_is_told_with_its_place(tmp_path):
    path = tmp_path / "journal.csv"
    path.write_bytes(f"{HEADER}\n{line(memoire='é')}\n".encode("latin-1"))
    (found,) = _refused(path).findings
    assert ("USE-003", 2, 48, "octet 0xE9") == (found.id, found.line, found.column, found.found)


def test_an_identifier_of_two_events_is_refused(tmp_path):
    lines = [line(), line(memoire="note-2"), line(identifiant="EVENT-1", evenement="accord")]
    path = journal(tmp_path / "journal.csv", lines)
    assert [("USE-012", at, 1, "identifiant") for at in (3, 4)] == _found(path)


def test_every_value_of_a_bad_line_is_told(tmp_path):
    bad = line(identifiant="-", instant="never", evenement="sent", famille="all", forme="xml")
    path = journal(tmp_path / "journal.csv", [bad])
    found = [(identifier, element) for identifier, _, _, element in _found(path)]
    expected = ["USE-007", "USE-008", "USE-009", "USE-009", "USE-009"]
    names = ["identifiant", "instant", "evenement", "famille", "forme"]
    assert list(zip(expected, names, strict=True)) == found


def test_bad_lines_are_listed_up_to_a_bound_and_counted_beyond(tmp_path):
    path = journal(tmp_path / "journal.csv", [line(forme="pdf", famille="x")] * 250)
    error = _refused(path)
    assert 100 == len(error.findings)
    assert "250 lignes refusées" in str(error)
    assert "100 premières" in str(error)


def test_no_value_that_could_name_a_person_is_repeated(tmp_path):
    name = "Müller-Schmit"
    lines = [
        line(**{column: value})
        for column in HEADER.split(";")
        for value in (name, MATRICULE, PRINTED, f"{MATRICULE[:4]}-{MATRICULE[4:6]}-14")
    ]
    lines += [f"{line()};{name};{MATRICULE}", f"{name};{line()}"]
    error = _refused(journal(tmp_path / "journal.csv", lines))
    told = "\n".join(each for f in error.findings for each in finding_lines(f, "fr")) + str(error)
    assert len(error.findings) > 20
    assert [] == [value for value in (name, "ller", MATRICULE, PRINTED) if value in told]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoted", [False, True])
def test_what_a_spreadsheet_writes_is_read(tmp_path, mark, end, quoted):
    rows = [HEADER, line(), line(identifiant="event-2", evenement="accord")]
    if quoted:
        rows = [";".join(f'"{value}"' for value in row.split(";")) for row in rows]
    path = tmp_path / "journal.csv"
    path.write_bytes(mark + "".join(row + end for row in rows).encode())
    counts = report_of_journals([path], YEAR).total.counts
    assert (1, 1) == (counts["depot"], counts["accord"])


def test_a_journal_that_is_rewritten_meanwhile_is_refused(tmp_path, monkeypatch):
    path = journal(tmp_path / "journal.csv", [line(), line()])
    from memhon.usage import repeating

    before = repeating.suspected

    def rewriting(*hashes):
        journal(path, [line(memoire="note-2"), line(memoire="note-2")])
        return before(*hashes)

    monkeypatch.setattr("memhon.usage.counting.suspected", rewriting)
    (found,) = _refused(path).findings
    assert ("USE-015", "limit") == (found.id, found.kind)


def test_lines_that_come_while_it_is_read_do_not_count(tmp_path, monkeypatch):
    path = journal(tmp_path / "journal.csv", [line(), line()])
    from memhon.usage import repeating

    before = repeating.suspected

    def growing(*hashes):
        with path.open("a") as file:
            file.write(line(identifiant="event-2", memoire="note-2") + "\n")
        return before(*hashes)

    monkeypatch.setattr("memhon.usage.counting.suspected", growing)
    report = report_of_journals([path], YEAR)
    assert (1, 2, 1) == (report.total.counts["depot"], report.read, report.repeated)
