"""RA: the life of a fee note, from its deposit to consent or cancellation.

One module for each of the five exchanges; the table of their transitions stands in the catalogue
(``lifecycles/ra.toml``), and tests hold the behaviours to it. Each module names its own refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from memhon.findings import Finding
from memhon.sandbox.behaviours.ra import cancellation as _cancellation
from memhon.sandbox.behaviours.ra import consent as _consent
from memhon.sandbox.behaviours.ra import deposit as _deposit
from memhon.sandbox.behaviours.ra import document as _document
from memhon.sandbox.behaviours.ra import listing as _listing
from memhon.sandbox.behaviours.ra.deposit import NO_UUID
from memhon.sandbox.context import Context

ANSWERS: Mapping[str, Callable[[Any, Context], object]] = {
    "ra-depot": _deposit.deposit,
    "ra-remblist": _listing.show,
    "ra-rembcons": _consent.consent,
    "ra-doc": _document.give_back,
    "ra-annul": _cancellation.cancel,
}
REFUSALS: Mapping[str, Callable[[Any, Finding, Context], object]] = {
    "ra-depot": _deposit.refuse,
    "ra-remblist": _listing.refuse,
    "ra-rembcons": _consent.refuse,
    "ra-doc": _document.refuse,
    "ra-annul": _cancellation.refuse,
}

__all__ = ["ANSWERS", "NO_UUID", "REFUSALS"]
