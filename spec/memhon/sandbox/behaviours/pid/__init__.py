"""PID: a fee note is simulated, then paid or contested.

``engine`` judges what a simulation asks for, ``simulation`` answers it, ``payment`` and ``contest``
end its life, ``hindrances`` says why they cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from memhon.sandbox.behaviours.pid.contest import contest
from memhon.sandbox.behaviours.pid.payment import pay
from memhon.sandbox.behaviours.pid.simulation import simulate
from memhon.sandbox.context import Context

ANSWERS: Mapping[str, Callable[[Any, Context], object]] = {
    "pid-sim": simulate,
    "pid-val": pay,
    "pid-con": contest,
}
