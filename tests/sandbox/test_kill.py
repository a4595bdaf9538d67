"""What was acknowledged is there, once, whenever the sandbox is killed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import killing
import wire
from memhon.store import open_store

ROUNDS = 10


@pytest.mark.slow
def test_what_was_acknowledged_survives_kill_nine(lasting):
    written = killing.Written()
    for number, seconds in enumerate(killing.delays(ROUNDS)):
        killing.kill_while_writing(lasting, 1_000_000 * number, seconds, written)
    assert ROUNDS <= len(written.acknowledged)
    assert [] == killing.broken(lasting, written)
    # Each thread had at most one note on its way when the sandbox died.
    assert len(written.sent) - len(written.acknowledged) <= killing.THREADS * ROUNDS
    with killing.sandbox(lasting) as (_process, url):
        again = [wire.send(url, written.sent[uuid]) for uuid in list(written.acknowledged)[::20]]
    assert {"MH-001"} == {answer.text(".//anomalies/code") for answer in again}


@pytest.mark.slow
def test_two_sandboxes_on_one_store_are_one(lasting):
    with killing.sandbox(lasting) as (_one, first), killing.sandbox(lasting) as (_two, second):
        for number in range(8):
            here, there = (first, second) if number % 2 else (second, first)
            data = killing.note(number)[1]
            assert wire.send(here, data).text(".//anomalies/code") is None
            assert "MH-001" == wire.send(there, data).text(".//anomalies/code")
        with ThreadPoolExecutor(8) as pool:
            both = [
                [pool.submit(wire.send, url, killing.note(number)[1]) for url in (first, second)]
                for number in range(100, 116)
            ]
            codes = [{each.result().text(".//anomalies/code") for each in pair} for pair in both]
    assert [{None, "MH-001"}] * 16 == codes
    with open_store(str(lasting)) as store:
        assert 24 == store.count_deposits()
