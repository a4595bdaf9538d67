"""The same keys, seed and clock give the same bytes of all answers, whatever the process."""

import json
import os
import subprocess
import sys

import pytest

import repeated
from memhon.catalogue import load


def held(place, hash_seed):
    """The conversation in a process of its own, which orders sets in its own way."""
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    command = [sys.executable, repeated.__file__, str(place)]
    answer = subprocess.run(command, capture_output=True, env=environment, check=True, timeout=120)
    return json.loads(answer.stdout)


@pytest.fixture(scope="module")
def talk():
    return held("memory", "1")


def test_another_process_is_told_the_same(talk):
    assert talk == held("memory", "2")


def test_a_file_answers_as_memory_does(talk, tmp_path):
    assert talk == held(tmp_path / "store.sqlite3", "3")


def test_the_conversation_is_a_rich_one(talk):
    said, computed = talk
    assert sorted(exchange.id for exchange in load().exchanges) == computed
    assert len(said) == len(set(said))
    assert len(said) == sum("<ds:SignatureValue>" in answer for answer in said)
    assert 4 == sum("</soap:Fault>" in answer for answer in said)
