"""RA: the life of a fee note, from its deposit to consent or cancellation.

One module for each of the five exchanges; the table of their transitions stands in the catalogue
(``lifecycles/ra.toml``), and tests hold the behaviours to it. Each module names its own refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from memhon.sandbox.behaviours.ra.cancellation import cancel
from memhon.sandbox.behaviours.ra.consent import consent
from memhon.sandbox.behaviours.ra.deposit import NO_UUID, deposit
from memhon.sandbox.behaviours.ra.document import give_back
from memhon.sandbox.behaviours.ra.listing import show
from memhon.sandbox.context import Context

ANSWERS: Mapping[str, Callable[[Any, Context], object]] = {
    "ra-depot": deposit,
    "ra-remblist": show,
    "ra-rembcons": consent,
    "ra-doc": give_back,
    "ra-annul": cancel,
}

__all__ = ["ANSWERS", "NO_UUID"]
