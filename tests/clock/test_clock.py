"""The clock stands still, moves when told, and always speaks UTC."""

from datetime import UTC, datetime, timedelta

import pytest

from memhon.clock import SystemClock, VirtualClock


def test_a_virtual_clock_stands_still_until_it_is_moved():
    clock = VirtualClock("2026-01-15T10:00:00+01:00")
    assert datetime(2026, 1, 15, 9, tzinfo=UTC) == clock.now() == clock.now()
    clock.advance(60)
    clock.advance(timedelta(hours=1))
    assert datetime(2026, 1, 15, 10, 1, tzinfo=UTC) == clock.now()
    clock.set("2020-01-01T00:00:00Z")
    assert datetime(2020, 1, 1, tzinfo=UTC) == clock.now()


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        VirtualClock("2026-01-15T10:00:00")


def test_the_system_clock_is_aware():
    assert UTC is SystemClock().now().tzinfo
