from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memhon.sandbox.amounts import share


@given(cents=st.integers(0, 10**9), percent=st.integers(0, 100))
def test_the_parts_add_up_and_agree_with_whole_numbers(cents, percent):
    parts = share(Decimal(cents).scaleb(-2), Decimal(percent).scaleb(-2))
    whole, rest = divmod(cents * percent, 100)
    expected = whole + (rest >= 50)
    assert int(parts.statutory.scaleb(2)) == expected
    assert parts.statutory + parts.personal == parts.total == Decimal(cents).scaleb(-2)
    assert all(-part.as_tuple().exponent == 2 for part in (parts.statutory, parts.personal))


@pytest.mark.parametrize(
    ("gross", "rate", "statutory"),
    [("0.50", "0.85", "0.43"), ("0.06", "0.75", "0.05"), ("0.01", "0.5", "0.01")],
)
def test_half_a_cent_goes_up(gross, rate, statutory):
    assert share(Decimal(gross), Decimal(rate)).statutory == Decimal(statutory)


def test_a_tariff_without_decimals_gets_two():
    assert str(share(Decimal(100), Decimal("0.88")).statutory) == "88.00"
    assert str(Decimal("57.7").quantize(Decimal("0.01"), ROUND_HALF_UP)) == "57.70"
