"""``memhon sandbox audit``: four forms, a store or a running sandbox, and no filter guessed."""

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from memhon.catalogue import load
from memhon.cli.main import main
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox.access_formats import FORMS
from memhon.store import AccessEntry, open_store
from serving import MEMHON

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATIENT, OTHER = load().person("demo-1").matricule, load().person("demo-2").matricule
ENTRY = AccessEntry(
    at=NOON,
    who=load().provider("demo-1").ehealth_id,
    role="prestataire",
    whose=PATIENT,
    category="memoire",
    origin="echange 127.0.0.1",
    action="ra-remblist",
    source=load().provider("demo-1").code,
)
ENTRIES = (
    ENTRY,
    replace(ENTRY, at=NOON + timedelta(days=1), category="document", reference="b"),
    replace(ENTRY, at=NOON + timedelta(days=2), who="=1+1", whose=OTHER),
)
COLUMNS = [column.name for column in load().access.columns]


@pytest.fixture
def audit(capsys):
    """Runs the command: exit code, what it said, what it complained of."""

    def run(*words):
        try:
            code = main(["sandbox", "audit", *map(str, words)])
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def place(lasting):
    with open_store(lasting) as store:
        store.accesses.add(*ENTRIES)
    return lasting


def test_the_text_has_a_line_for_each_and_says_how_many(audit, place):
    code, said, complaint = audit("--store", place)
    lines = said.splitlines()
    assert (0, "") == (code, complaint)
    assert ["Quand", "Qui"] == lines[0].split()[:2]
    assert [PATIENT, PATIENT, OTHER] == [re.findall(r"\b\d{13}\b", line)[0] for line in lines[1:4]]
    assert ["", "Accès : 3"] == lines[4:6]
    assert "trente jours" in lines[6]
    assert "\x1b" not in said


def test_in_english(audit, place):
    said = audit("--store", place, "--lang", "en")[1].splitlines()
    assert ["When", "Who"] == said[0].split()[:2]
    assert "Accesses: 3" == said[5]


def test_nothing_is_told_as_nothing(audit, place):
    assert (0, "Aucun accès dans ce que vous demandez.\n", "") == audit(
        "--store", place, "--whose", "x"
    )
    assert (0, "[]\n", "") == audit("--store", place, "--whose", "x", "--format", "json")
    said = audit("--store", place, "--to", "2020-01-01", "--format", "csv")[1]
    assert ";".join(COLUMNS) + "\n" == said


def test_csv_is_read_back_and_holds_no_formula(audit, place):
    said = audit("--store", place, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(said), delimiter=";"))
    assert COLUMNS == list(rows[0])
    assert ["2026-03-02T12:00:00.000Z", PATIENT] == [rows[0]["at"], rows[0]["whose"]]
    assert "'=1+1" == rows[2]["who"]


def test_json_is_one_list(audit, place):
    rows = json.loads(audit("--store", place, "--format", "json")[1])
    assert [list(row) for row in rows] == [COLUMNS] * 3
    assert ["memoire", "document", "memoire"] == [row["category"] for row in rows]


def test_html_is_one_page_that_asks_for_nothing(audit, place):
    said = audit("--store", place, "--format", "html")[1]
    page = etree.HTML(said)
    assert 3 == len(page.findall(".//tbody/tr"))
    assert len(COLUMNS) == len(page.findall('.//thead/tr/th[@scope="col"]'))
    assert "fr" == page.get("lang")
    assert [] == page.xpath("//script | //@src | //link | //@href")
    assert "default-src 'none'" in said


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_value_breaks_out_of_a_form(form):
    row = dict.fromkeys(COLUMNS, '<b>";\n</b>')
    said = "\n".join(FORMS[form]([row], "fr"))
    if form == "html":
        assert "<b>" not in said
    if form == "json":
        assert [row] == json.loads(said)
    if form == "csv":
        assert [row] == list(csv.DictReader(io.StringIO(said), delimiter=";"))
    if form == "text":
        assert 5 == len(said.split("\n"))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--from", "2026-03-03"), 2),
        (("--to", "2026-03-02"), 1),
        (("--from", "2026-03-03", "--to", "2026-03-03"), 1),
        (("--who", ENTRY.who), 2),
        (("--whose", OTHER), 1),
        (("--category", "document"), 1),
        (("--category", "document", "--whose", OTHER), 0),
    ],
)
def test_filters(audit, place, words, count):
    assert count == len(json.loads(audit("--store", place, "--format", "json", *words)[1]))


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-02-30"),
        ("--to", "hier"),
        ("--from", "2026-03-02", "--to", "2026-03-01"),
        ("--category", "ordonnance"),
        ("--who", ""),
    ],
)
def test_a_filter_that_cannot_be_read_is_wrong_usage(audit, place, words):
    code, said, complaint = audit("--store", place, *words)
    assert (2, "") == (code, said)
    assert "SBX-021" in complaint
    assert words[-1] in complaint
    assert "SBX-021" in audit("--store", place, *words, "--lang", "en")[2]


def test_a_file_is_for_its_owner_alone(audit, place, tmp_path):
    file = tmp_path / "log.csv"
    assert (0, "", "") == audit("--store", place, "--format", "csv", "--output", file)
    assert 4 == len(file.read_text(encoding="utf-8").splitlines())
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert [] == [path for path in tmp_path.iterdir() if path.name.startswith(".log")]


def test_a_place_that_is_not_there_is_told_and_none_is_made(audit, place, tmp_path):
    code, _, complaint = audit("--store", tmp_path / "none.sqlite3")
    assert (2, True) == (code, "none.sqlite3" in complaint)
    assert not (tmp_path / "none.sqlite3").exists()
    code, _, complaint = audit("--store", place, "--output", tmp_path / "no" / "log.csv")
    assert (2, True) == (code, "dossier introuvable" in complaint)
    code, _, complaint = audit("--store", place, "--output", tmp_path)
    assert (4, True) == (code, "écriture impossible" in complaint)


def test_a_running_sandbox_gives_the_same_as_its_store(audit, place, monkeypatch):
    monkeypatch.setattr("memhon.sandbox.access_query._PAGE", 2)
    from_store = audit("--store", place, "--format", "json")
    # the sandbox forgets by its own time what is older than thirty days
    with Sandbox(
        store=place, clock=VirtualClock("2026-03-05T08:00Z"), security="off", desk_port=0
    ) as sandbox:
        assert from_store == audit("--desk", sandbox.desk_url, "--format", "json")
        code, _, complaint = audit("--desk", sandbox.desk_url, "--from", "x")
        assert (2, True) == (code, "SBX-021" in complaint)
        gone = sandbox.desk_url
    code, _, complaint = audit("--desk", gone)
    assert (4, True) == (code, "NET-008" in complaint)


def test_a_pipe_that_closes_and_colours_that_nobody_wants(tmp_path):
    place = tmp_path / "store.sqlite3"
    with open_store(place) as store:
        store.accesses.add(*(replace(ENTRY, reference=str(n)) for n in range(3000)))
    command = [*MEMHON, "sandbox", "audit", "--store", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith("Quand")
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(30)
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "xterm-256color"}
    said = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert b"\x1b" not in said.stdout
    assert 3001 + 3 == len(said.stdout.splitlines())


def test_help_shows_what_can_be_typed():
    said = subprocess.run(
        [sys.executable, "-m", "memhon", "sandbox", "audit", "--help"],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout
    assert "memhon sandbox audit --from 2026-03-01 --to 2026-03-31" in said
    assert "Codes de retour" in said
