"""The share of insurance and patient in one line, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Share:
    """Who pays what, in euros with two decimals."""

    statutory: Decimal
    """Paid by the insurance."""
    personal: Decimal
    """Paid by the patient."""

    @property
    def total(self) -> Decimal:
        """Sum of both."""
        return self.statutory + self.personal


NOTHING = Share(ZERO, ZERO)


def share(gross: Decimal, rate: Decimal) -> Share:
    """Split an amount: the statutory part half-up to the cent, the personal part by difference.

    Args:
        gross: Tariff times count, in euros.
        rate: Part that the insurance pays, between 0 and 1.
    """
    total = gross.quantize(CENT, ROUND_HALF_UP)
    statutory = (total * rate).quantize(CENT, ROUND_HALF_UP)
    return Share(statutory, total - statutory)
