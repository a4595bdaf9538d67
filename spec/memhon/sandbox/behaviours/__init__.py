"""How the living exchanges answer: bindings in, bindings out.

A behaviour must not know XML, HTTP or SQL, and it is synchronous. One file per family; each lists
its behaviours by exchange id in ``ANSWERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from memhon.findings import Finding
from memhon.sandbox.behaviours import pid, ra
from memhon.sandbox.context import Context

Behaviour: TypeAlias = Callable[[Any, Context], object]

ANSWERS: Mapping[str, Behaviour] = {**ra.ANSWERS, **pid.ANSWERS}
Refusal: TypeAlias = Callable[[Any, Finding, Context], object]
REFUSALS: Mapping[str, Refusal] = {**ra.REFUSALS, **pid.REFUSALS}
"""The answer of each exchange that refuses for a given reason and changes nothing."""

__all__ = ["ANSWERS", "REFUSALS", "Behaviour", "Refusal"]
