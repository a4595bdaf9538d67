"""``memhon usage report``: four forms, two sources, and no report of a bad journal."""

import csv
import json
import re
from datetime import date

import pytest
from lxml import etree

from memhon.catalogue import load
from memhon.cli.main import main
from memhon.store import open_store
from memhon.usage.figures import Figures, Row
from memhon.usage.formats.as_csv import csv_text
from memhon.usage.period import By, Period
from usage_lines import CODE, CODES, journal, line
from values import fill

DAYS = ("--from", "2026-03-01", "--to", "2026-03-31")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def usage(capsys):
    """Runs the report: exit code, what it said, what it complained of."""

    def run(*words):
        try:
            code = main(["usage", "report", *map(str, words)])
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def path(tmp_path):
    lines = [line(), line(identifiant="event-2", evenement="accord", forme="")]
    lines.append(line(identifiant="event-3", evenement="remise", famille="aucune", forme="papier"))
    lines.append(line(identifiant="event-4", memoire="note-4", prestataire=CODES[1]))
    return journal(tmp_path / "journal.csv", [*lines, lines[0]])


def test_the_text_has_every_number_and_says_what_came_twice(usage, path):
    code, said, complaint = usage(*DAYS, "--journal", path)
    assert (0, "") == (code, complaint)
    assert re.search(r"^Déposés +2 +2$", said, re.MULTILINE)
    assert re.search(r"^Papier +1 +1$", said, re.MULTILINE)
    assert "1 événement en double" in said
    english = usage(*DAYS, "--journal", path, "--lang", "en")[1]
    assert "1 repeated event, counted once." in english


def test_json_and_csv_say_the_same(usage, path):
    words = (*DAYS, "--journal", path, "--by", "practitioner", "--format")
    document = json.loads(usage(*words, "json")[1])
    rows = list(csv.DictReader(usage(*words, "csv")[1].splitlines(), delimiter=";"))
    assert [CODE, CODES[1]] == [row["key"] for row in document["rows"]]
    for each, row in zip(document["rows"], rows, strict=True):
        assert each["key"] == row["prestataire"]
        assert each["counts"] == {kind: int(row[kind]) for kind in each["counts"]}
    assert {"depot": 2, "accord": 1, "remise": 1} == {
        kind: count for kind, count in document["total"]["counts"].items() if count
    }
    assert ("2026-03-01", "2026-03-31", 5, 1) == tuple(
        document[name] for name in ("from", "to", "read", "repeated")
    )


def test_the_page_draws_and_tells_its_numbers_and_asks_for_nothing(usage, path, tmp_path):
    target = tmp_path / "page.html"
    assert (0, "", "") == usage(*DAYS, "--journal", path, "--format", "html", "--output", target)
    text = target.read_text(encoding="utf-8")
    assert not re.search(r"<script|\bsrc=|\bhref=|url\((?!#)|@import", text)
    body = etree.fromstring(
        text.partition("<body>")[2].partition("</body>")[0].join(("<body>", "</body>"))
    )
    for figure in body.iter(f"{SVG}svg"):
        ids = figure.get("aria-labelledby").split()
        told = [figure.find(f".//*[@id='{each}']").text for each in ids]
        assert ("img", 2) == (figure.get("role"), len([each for each in told if each]))
        assert [] == [each for each in figure.iter(f"{SVG}rect") if float(each.get("width")) <= 0]
    rows = {
        row.findtext("th"): [each.text for each in row.findall("td")]
        for row in body.findall(".//tbody/tr")
    }
    assert (["2", "2"], ["1", "1"]) == (rows["Déposés"], rows["Papier"])
    assert len(load().journal.kinds) + 3 == len(rows)


def test_many_rows_stand_below_each_other_and_the_chart_says_what_it_leaves_out(usage, tmp_path):
    path = journal(tmp_path / "journal.csv", [line()])
    days = ("--from", "2024-01-01", "--to", "2026-12-31")
    text = usage(*days, "--journal", path, "--format", "html")[1]
    assert 36 == text.count('<tr><th scope="row" class="key">20')
    assert "<tfoot>" in text
    assert "Les 24 premières lignes sur 36" in text


def test_a_store_is_counted_by_family(usage, tmp_path):
    place = tmp_path / "store.sqlite3"
    with open_store(place) as store:
        fill(store)
    words = ("--from", "2023-12-01", "--to", "2023-12-31", "--store", place)
    document = json.loads(usage(*words, "--by", "family", "--format", "json")[1])
    assert {"depot": 1, "annulation": 1, "simulation": 2, "paiement": 1, "contestation": 1} == {
        kind: count for kind, count in document["total"]["counts"].items() if count
    }
    assert {"numerique": 2, "papier": None, "non_declaree": None} == document["total"]["forms"]
    assert "–" in usage(*words)[1]


def test_a_bad_journal_gives_every_reason_and_no_report(usage, path, tmp_path):
    bad = journal(tmp_path / "bad.csv", [line(forme="pdf"), line(identifiant="")])
    target = tmp_path / "report.txt"
    code, said, complaint = usage(*DAYS, "--journal", path, "--journal", bad, "--output", target)
    assert (1, "", False) == (code, said, target.exists())
    assert str(bad) in complaint
    assert str(path) not in complaint
    for told in ("USE-009", "USE-007", "ligne 2", "ligne 3", "colonne 55"):
        assert told in complaint
    worse = journal(tmp_path / "worse.csv", [line(forme="pdf")] * 5)
    assert 1 == usage(*DAYS, "--journal", worse)[2].count("explain USE-009")
    english = usage(*DAYS, "--journal", bad, "--lang", "en")[2]
    assert "line 2, column 55" in english


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--from", "2026-03-31", "--to", "2026-03-01"),
        ("--from", "2026-02-30", "--to", "2026-03-01"),
        ("--from", "1.3.2026", "--to", "2026-03-31"),
        ("--from", "1990-01-01", "--to", "2026-03-31"),
        (*DAYS, "--journal", "no-such-file.csv"),
        (*DAYS, "--store", "no-such-file.sqlite3"),
        (*DAYS, "--store", "sqlite:///no-such-file.sqlite3"),
        (*DAYS, "--journal", "a.csv", "--store", "b.sqlite3"),
        (*DAYS, "--by", "patient"),
    ],
)
def test_wrong_words_are_wrong_usage_and_make_no_store(usage, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said, complaint = usage(*words)
    assert (2, "", True) == (code, said, bool(complaint))
    assert [] == list(tmp_path.iterdir())


def test_no_cell_is_a_formula():
    rows = tuple(Row(key, {"depot": 1}, {}) for key in ("=1+1", "@x", '-"a";b', "plain"))
    form = load().journal
    forms = {word.name: None for word in form.forms} | {"non_declaree": None}
    rows = tuple(Row(row.key, row.counts, forms) for row in rows)
    period = Period(date(2026, 3, 1), date(2026, 3, 31))
    text = csv_text(Figures(period, By.PRACTITIONER, "store", rows, rows[0]))
    cells = [row[0] for row in csv.reader(text.splitlines()[1:], delimiter=";")]
    assert ["'=1+1", "'@x", '\'-"a";b', "plain"] == cells
