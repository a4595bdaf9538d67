"""The counts of a report, against an independent count of the same lines in SQL."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest

from memhon.catalogue import load
from memhon.usage import By, Period, report_of_journals
from usage_lines import CODE, CODES, HEADER, journal, line, random_lines

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MONTHS = [(2026, 3, 1), (2026, 10, 2), (2027, 12, 3)]
"""Year, month and seed; the first two have a change to or from summer time."""
SQL = """
SELECT {key}, evenement, forme, COUNT(*) FROM (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY evenement, famille, prestataire, memoire ORDER BY at, number
    ) AS place FROM (
        SELECT *, MIN(number) OVER (PARTITION BY identifiant) AS first FROM events
    ) WHERE number = first
) WHERE place = 1 AND day BETWEEN ? AND ? GROUP BY 1, 2, 3
"""
KEYS = {By.MONTH: "SUBSTR(day, 1, 7)", By.PRACTITIONER: "prestataire", By.FAMILY: "famille"}


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize(("year", "month", "seed"), MONTHS)
def test_counts_are_those_of_an_independent_sql_count(tmp_path, year, month, seed, by):
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start = datetime(year, month, 1, tzinfo=UTC) - timedelta(days=2)
    lines = list(random_lines(seed, 4000, start, 36, repeats=0.2))
    path = journal(tmp_path / "journal.csv", lines)
    report = report_of_journals([path], Period(first, last), by)
    found = {
        (row.key, kind): count for row in report.rows for kind, count in row.counts.items() if count
    }
    forms = {(row.key, form): count for row in report.rows for form, count in row.forms.items()}
    rows = _in_sql(lines, first, last, by)
    assert _by_kind(rows) == found
    assert _by_form(rows) == {key: count for key, count in forms.items() if count}
    assert (4000, True) == (report.read, report.repeated > 300)


def _in_sql(lines, first, last, by):
    database = sqlite3.connect(":memory:")
    columns = HEADER.split(";")
    database.execute(
        f"CREATE TABLE events (number INTEGER, at REAL, day TEXT, {', '.join(columns)})"
    )
    marks = ", ".join("?" * (3 + len(columns)))
    for number, text in enumerate(lines):
        values = text.split(";")
        at = datetime.fromisoformat(values[1])
        row = (number, at.timestamp(), _day(at), *values)
        database.execute(f"INSERT INTO events VALUES ({marks})", row)
    days = (first.isoformat(), last.isoformat())
    found = database.execute(SQL.format(key=KEYS[by]), days).fetchall()
    database.close()
    return found


def _day(at):
    """Give the day in Luxembourg by the rule itself: the last Sundays of March and October."""
    utc = at.astimezone(UTC)
    turns = []
    for month in (3, 10):
        last = datetime(utc.year, month, 31, 1, tzinfo=UTC)
        turns.append(last - timedelta(days=(last.weekday() + 1) % 7))
    summer = turns[0] <= utc < turns[1]
    return (utc + timedelta(hours=2 if summer else 1)).date().isoformat()


def _by_kind(rows):
    found = {}
    for key, kind, _, count in rows:
        found[key, kind] = found.get((key, kind), 0) + count
    return found


def _by_form(rows):
    over = {kind.name for kind in load().journal.kinds if kind.hands_over}
    found = {}
    for key, kind, form, count in rows:
        if kind in over:
            place = (key, form or "non_declaree")
            found[place] = found.get(place, 0) + count
    return found


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-02-28T22:59:59Z", "2026-02-28"),
        ("2026-02-28T23:00:00Z", "2026-03-01"),
        ("2026-03-29T00:59:59.999999Z", "2026-03-29"),
        ("2026-03-29T21:59:59Z", "2026-03-29"),
        ("2026-03-29T22:00:00Z", "2026-03-30"),
        ("2026-10-25T21:59:59Z", "2026-10-25"),
        ("2026-10-25T22:59:59Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"),
        ("2026-03-01T04:29:59+05:30", "2026-02-28"),
        ("2026-03-01T04:30:00+05:30", "2026-03-01"),
        ("2026-02-28T13:00:00-10:00", "2026-03-01"),
    ],
)
def test_days_are_those_of_luxembourg(tmp_path, instant, day):
    path = journal(tmp_path / "journal.csv", [line(instant=instant)])
    wanted = date.fromisoformat(day)
    for moved in (-1, 0, 1):
        each = wanted + timedelta(days=moved)
        found = report_of_journals([path], Period(each, each)).total.counts["depot"]
        assert (moved == 0) == found, (instant, each)


def test_the_earliest_of_two_lines_counts_wherever_it_stands(tmp_path):
    early, late = (
        line(instant="2026-01-31T10:00:00Z"),
        line(identifiant="event-2", instant="2026-02-01T10:00:00Z"),
    )
    for number, lines in enumerate(([early, late], [late, early])):
        path = journal(tmp_path / f"{number}.csv", lines)
        report = report_of_journals([path], YEAR)
        assert [1, 0] == [row.counts["depot"] for row in report.rows[:2]]
        february = report_of_journals([path], Period(date(2026, 2, 1), date(2026, 2, 28)))
        assert (0, 1) == (february.total.counts["depot"], february.repeated)


def test_letter_case_makes_no_other_note(tmp_path):
    lines = [line(memoire="abc"), line(identifiant="event-2", memoire="ABC")]
    report = report_of_journals([journal(tmp_path / "j.csv", lines)], YEAR)
    assert (1, 1) == (report.total.counts["depot"], report.repeated)


def test_the_same_note_number_of_another_provider_is_another_note(tmp_path):
    lines = [line(), line(identifiant="event-2", prestataire=CODES[1])]
    report = report_of_journals([journal(tmp_path / "j.csv", lines)], YEAR, By.PRACTITIONER)
    assert {CODE: 1, CODES[1]: 1} == {row.key: row.counts["depot"] for row in report.rows}


def test_refusals_without_a_note_all_count(tmp_path):
    lines = [
        line(identifiant=f"event-{number}", evenement="refus", memoire="") for number in range(3)
    ]
    report = report_of_journals([journal(tmp_path / "j.csv", lines)], YEAR)
    assert (3, 0) == (report.total.counts["refus"], report.repeated)


def test_several_journals_are_read_as_one(tmp_path):
    first = journal(tmp_path / "a.csv", [line(), line(identifiant="event-2", memoire="note-2")])
    second = journal(tmp_path / "b.csv", [line(), line(identifiant="event-3", memoire="note-3")])
    report = report_of_journals([first, second], YEAR)
    assert (3, 4, 1) == (report.total.counts["depot"], report.read, report.repeated)


def test_every_month_of_the_period_has_its_row_and_a_header_alone_is_a_journal(tmp_path):
    report = report_of_journals([journal(tmp_path / "j.csv", [])], YEAR)
    assert [f"2026-{month:02}" for month in range(1, 13)] == [row.key for row in report.rows]
    assert {0} == set(report.total.counts.values())


@pytest.mark.parametrize(
    "days", [(date(2026, 3, 2), date(2026, 3, 1)), (date(2000, 1, 1), date(2026, 1, 1))]
)
def test_a_period_that_is_none_is_refused(days):
    with pytest.raises(ValueError, match="période"):
        Period(*days)
