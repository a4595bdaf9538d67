"""No request compiles a schema: libxml2 did not always survive it when several did at once."""

import subprocess
import sys

PROGRAM = """
import killing, wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.schemas import compiling, source
from memhon.store import open_store

with open_store() as store:
    clock = VirtualClock("2023-12-28T00:01:13.539Z")
    exchange = SynchronousExchange(store, clock, Numbering(1), rules_of(load()))
    def late(*_words):
        raise AssertionError("a request reads or compiles a schema")
    source.source = compiling._compile = late
    print(exchange.answer(killing.note(1)[1]).status)
    print(exchange.answer(killing.note(1)[1].replace(b"devise", b"monnaie")).status)
"""


def test_everything_is_compiled_before_the_first_request():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (0, "200\n500\n", "") == (done.returncode, done.stdout, done.stderr)
