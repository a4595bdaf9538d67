"""Does once, before the first request, what every request relies on."""

from __future__ import annotations

from functools import cache

from memhon import soap
from memhon.catalogue import load
from memhon.intake import read
from memhon.validation import examine


@cache
def prepare() -> None:
    """Read catalogue and schemas and compile them, in one thread.

    Left to the first requests, sixteen threads did it at once, and now and then libxml2 did not
    survive that. It takes a twentieth of a second.
    """
    for exchange in load().exchanges:
        for example in load().examples(exchange.id):
            examine(example.data)
        answer = load().example(exchange.id, "response", exchange.answer_example)
        tree = soap.answer_tree(read(answer.data).root, body_id="Id-1")
        examine(soap.document(tree), exchange=exchange.id)
