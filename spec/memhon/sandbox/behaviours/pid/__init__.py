"""PID: a fee note is simulated, then paid or contested.

``engine`` judges what a simulation asks for, ``simulation`` answers it, ``payment`` and ``contest``
end its life, ``hindrances`` says why they cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from memhon.findings import Finding
from memhon.sandbox.behaviours.pid import contest as _contest
from memhon.sandbox.behaviours.pid import payment as _payment
from memhon.sandbox.behaviours.pid import simulation as _simulation
from memhon.sandbox.context import Context

ANSWERS: Mapping[str, Callable[[Any, Context], object]] = {
    "pid-sim": _simulation.simulate,
    "pid-val": _payment.pay,
    "pid-con": _contest.contest,
}
REFUSALS: Mapping[str, Callable[[Any, Finding, Context], object]] = {
    "pid-sim": _simulation.refuse,
    "pid-val": _payment.refuse,
    "pid-con": _contest.refuse,
}
