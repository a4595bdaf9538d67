"""French words for instants and for the time between them."""

from datetime import UTC, datetime, timedelta

import pytest

from memhon.tracing.words import day, gap, hour, moment

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-01-31T23:00:00Z", "1er févr. 2026, 00:00"),
        ("2026-03-29T00:59:59Z", "29 mars 2026, 01:59:59"),
        ("2026-03-29T01:00:00Z", "29 mars 2026, 03:00"),
        ("2026-10-25T00:59:00Z", "25 oct. 2026, 02:59"),
        ("2026-10-25T01:00:00Z", "25 oct. 2026, 02:00"),
        ("2026-12-31T23:30:00Z", "1er janv. 2027, 00:30"),
    ],
)
def test_instants_are_those_of_luxembourg(utc, expected):
    assert expected == moment(datetime.fromisoformat(utc))


def test_a_day_and_an_hour():
    assert ("lundi 2 mars 2026", "12:00") == (day(NOON), hour(NOON))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (timedelta(seconds=59), ""),
        (timedelta(days=-3), ""),
        (timedelta(minutes=1), "une minute plus tard"),
        (timedelta(minutes=5, seconds=3), "cinq minutes plus tard"),
        (timedelta(hours=1), "une heure plus tard"),
        (timedelta(hours=24, minutes=1), "un jour et une minute plus tard"),
        (timedelta(days=2), "deux jours plus tard"),
        (timedelta(days=30, hours=11, minutes=4), "30 jours et 11 heures plus tard"),
    ],
)
def test_the_time_between(by, expected):
    assert expected == gap(NOON, NOON + by)
