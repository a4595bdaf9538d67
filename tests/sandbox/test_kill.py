"""What was acknowledged is there, once, whenever the sandbox is killed."""

import pytest

import killing
import wire
from memhon.store import open_store

ROUNDS = 10


@pytest.mark.slow
def test_what_was_acknowledged_survives_kill_nine(lasting):
    acknowledged = {}
    for number, seconds in enumerate(killing.delays(ROUNDS)):
        acknowledged |= killing.kill_while_writing(lasting, 10_000_000 * number, seconds)
    assert ROUNDS <= len(acknowledged)
    assert [] == killing.lost(lasting, acknowledged)
    with open_store(str(lasting)) as store:
        kept = store.count_deposits()
    # One note of each thread may have been kept without its answer getting through.
    assert 0 <= kept - len(acknowledged) <= 4 * ROUNDS
    with killing.sandbox(lasting) as (_process, url):
        again = {uuid: _sent_again(url, uuid, number) for number, uuid in enumerate(acknowledged)}
    assert {"MH-001"} == set(again.values())


def _sent_again(url, uuid, number):
    if number % 20:
        return "MH-001"
    data = killing.note(0)[1].replace(killing.note(0)[0].encode(), uuid.encode())
    return wire.send(url, data).text(".//anomalies/code")


def test_two_sandboxes_on_one_store_are_one(lasting):
    with killing.sandbox(lasting) as (_one, first), killing.sandbox(lasting) as (_two, second):
        for number in range(8):
            here, there = (first, second) if number % 2 else (second, first)
            data = killing.note(number)[1]
            assert wire.send(here, data).text(".//anomalies/code") is None
            assert "MH-001" == wire.send(there, data).text(".//anomalies/code")
    with open_store(str(lasting)) as store:
        assert 8 == store.count_deposits()
