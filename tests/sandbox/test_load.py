"""Sixteen connections at once: every deposit is answered, kept, and kept once."""

import subprocess
import sys

import killing
import soaking
from memhon.store import open_store

NOTES = 400


def test_a_load_is_kept_whole(lasting):
    bodies = [killing.note(number)[1] for number in range(NOTES)]
    with killing.sandbox(lasting) as (process, url):
        server = soaking.Server(int(url.rpartition(":")[2]), process)
        taken = soaking.send([server], bodies, b"UuidSecu")
        again = soaking.send([server], bodies, b"UuidSecu")
    assert (NOTES, ()) == (len(taken.latencies), taken.failures)
    assert NOTES == sum(b"MH-001" in answer for answer in again.failures)
    with open_store(lasting) as store:
        kept = [store.deposit(killing.note(number)[0]) for number in range(NOTES)]
        assert NOTES == store.count_deposits()
    assert bodies == [deposit.data for deposit in kept]
    assert NOTES == len({deposit.secu_uuid for deposit in kept})


def test_the_soak_runs(root):
    command = [sys.executable, "tests/bench/soak.py", "--reduced", "--part", "forgetting"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert "rows that should have been forgotten" in done.stdout
