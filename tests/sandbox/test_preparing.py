"""No request reads a schema: libxml2 did not always survive it when several did at once."""

import subprocess
import sys

PROGRAM = """
import re
import sys
import wire
from memhon.catalogue import Direction, load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.schemas import compiling
from memhon.store import open_store

with open_store() as store:
    clock = VirtualClock("2023-12-28T00:01:13.539Z")
    exchange = SynchronousExchange(store, clock, Numbering(1), rules_of(load()))
    def late(*_words):
        raise AssertionError("a request reads a schema")
    compiling._compile = sys.modules["memhon.schemas.source"].source = late
    for entry in load().exchanges:
        for example in load().examples(entry.id):
            if example.direction is not Direction.REQUEST:
                continue
            bare = re.sub(r"<[?]xml[^>]*[?]>", "", example.data.decode())
            for text in (bare, bare.replace("</", "<unknown/></", 1)):
                answer = exchange.answer(wire.envelope(text, entry.model_uid))
                print(answer.status, entry.id, *re.findall(rb'code="(SBX-...)', answer.data)[:1])
"""


def test_every_schema_is_read_before_the_first_request(catalogue):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
    answers = [line.split() for line in done.stdout.splitlines()]
    assert {each.id for each in catalogue.exchanges} == {words[1] for words in answers}
    # A document that was never deposited cannot be read; everything else is answered.
    right = [words for words in answers[::2] if words != ["500", "ra-doc", "b'SBX-040'"]]
    assert ["200"] * len(right) == [words[0] for words in right]
    assert {"b'SBX-004'"} == {words[-1] for words in answers[1::2]}
