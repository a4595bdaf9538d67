from datetime import date, timedelta

import pytest

from memhon.sandbox.age import is_minor

TAIL = "00199"


@pytest.mark.parametrize(
    ("birth", "day", "minor"),
    [
        ("1893-04-14", (1911, 4, 13), True),
        ("1893-04-14", (1911, 4, 14), False),
        ("1893-04-14", (1893, 4, 14), True),
        ("1893-04-14", (1893, 4, 13), None),
        ("1896-02-29", (1914, 2, 28), True),
        ("1896-02-29", (1914, 3, 1), False),
        ("1900-02-29", (1950, 1, 1), None),
        ("1890-13-32", (1950, 1, 1), None),
        ("1890-04-31", (1950, 1, 1), None),
        ("1890-00-15", (1950, 1, 1), None),
        ("1861-00-00", (1879, 1, 1), None),
        ("1861-00-00", (1878, 12, 31), True),
        ("1861-00-00", (1879, 12, 31), False),
        ("1861-00-00", (1879, 12, 30), None),
        ("1861-05-00", (1879, 4, 30), True),
        ("1861-05-00", (1879, 5, 31), False),
        ("1861-00-00", (1861, 6, 1), True),
        ("1893-04-14", (12023, 1, 1), False),
        ("1893-04-14", (-5, 1, 1), None),
    ],
)
def test_minor_or_adult_or_unknown(birth, day, minor):
    assert is_minor(birth.replace("-", "") + TAIL, day, 18) is minor


def test_every_day_around_the_birthday_agrees_with_the_calendar():
    for offset in range(0, 1500, 7):
        birth = date(1888, 1, 1) + timedelta(days=offset)
        for around in range(-3, 4):
            day = date(birth.year + 18, birth.month, min(birth.day, 28)) + timedelta(days=around)
            years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
            matricule = f"{birth:%Y%m%d}" + TAIL
            assert is_minor(matricule, (day.year, day.month, day.day), 18) is (years < 18)
