from datetime import UTC, date, datetime

import pytest

from memhon.clock.luxembourg import local_day


@pytest.mark.parametrize(
    ("month", "day", "hour", "expected"),
    [
        (1, 31, 22, date(2026, 1, 31)),
        (1, 31, 23, date(2026, 2, 1)),
        (6, 30, 21, date(2026, 6, 30)),
        (6, 30, 22, date(2026, 7, 1)),
    ],
)
def test_a_day_ends_at_midnight_there(month, day, hour, expected):
    assert expected == local_day(datetime(2026, month, day, hour, tzinfo=UTC))


def test_an_instant_without_a_zone_is_of_no_day():
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 1, 1))  # noqa: DTZ001
