"""Does once, before the first request, what every request relies on."""

from __future__ import annotations

from functools import cache

from memhon.catalogue import load
from memhon.schemas import compiled, compiled_envelope, strict


@cache
def prepare() -> None:
    """Compile every schema, in one thread.

    Left to the first requests, sixteen threads did it at once, and now and then libxml2 did not
    survive that.
    """
    compiled_envelope()
    for exchange in load().exchanges:
        for message in exchange.messages:
            compiled(message)
            strict(message)
