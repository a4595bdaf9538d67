"""Does once, before the first request, what every request relies on."""

from __future__ import annotations

from functools import cache

from memhon.catalogue import load
from memhon.schemas import compiled_envelope, make_ready


@cache
def prepare() -> None:
    """Read and compile every schema, in one thread."""
    compiled_envelope()
    for exchange in load().exchanges:
        for message in exchange.messages:
            make_ready(message)
