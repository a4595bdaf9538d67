"""Time and memory run out: the verdict is « undecided », and the next message is judged as ever."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from memhon.catalogue import load
from memhon.findings import CheckStatus
from memhon.intake import Limits
from memhon.validation import LAYERS, examine, validate, validator

GOOD = load().example("pid-sim", "request", "observed").data
BAD = GOOD.replace(b"<com:nombre>1<", b"<com:nombre>0<")
LEAST = 30.0


class Watch:
    """A clock that stands still until a layer spends time."""

    def __init__(self):
        self.now = 0.0

    def perf_counter(self):
        return self.now


@pytest.fixture
def watch(monkeypatch):
    stopped = Watch()
    monkeypatch.setattr(validator, "time", SimpleNamespace(perf_counter=stopped.perf_counter))
    return stopped


def slow(monkeypatch, watch, layer, seconds):
    plain = LAYERS[layer]

    def slower(run):
        watch.now += seconds
        return plain(run)

    monkeypatch.setitem(validator.LAYERS, layer, slower)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_that_takes_too_long_leaves_the_message_undecided(monkeypatch, watch, layer):
    slow(monkeypatch, watch, layer, LEAST + 0.5)
    report = validate(GOOD)
    assert "undecided" == report.verdict
    (finding,) = report.findings
    assert ("LIMIT-005", "limit", layer) == (finding.id, finding.kind, finding.element)
    assert "30.5 s" in finding.text()
    assert "30.5 s" in finding.text("en")
    names = list(LAYERS)
    after = [CheckStatus.SKIPPED] * (len(names) - names.index(layer) - 1)
    before = [CheckStatus.PASSED] * names.index(layer)
    assert [*before, CheckStatus.FAILED, *after] == [check.status for check in report.checks]


def test_the_time_is_that_of_the_whole_document(monkeypatch, watch):
    for layer in LAYERS:
        slow(monkeypatch, watch, layer, LEAST * 0.6)
    report = validate(GOOD)
    assert "undecided" == report.verdict
    assert ["LIMIT-005"] == [finding.id for finding in report.findings]


def test_just_in_time_is_in_time(monkeypatch, watch):
    slow(monkeypatch, watch, "schema", LEAST)
    assert "valid" == validate(GOOD).verdict


def test_what_was_found_late_was_still_found(monkeypatch, watch):
    slow(monkeypatch, watch, "schema", LEAST * 10)
    assert "invalid" == validate(BAD).verdict
    assert "LIMIT-005" not in [finding.id for finding in validate(BAD).findings]


def test_the_limit_is_the_callers():
    assert "undecided" == validate(GOOD, limits=Limits(seconds=0.0)).verdict
    assert "valid" == validate(GOOD, limits=Limits(seconds=float("inf"))).verdict
    examination = examine(GOOD, limits=Limits(seconds=0.0))
    assert ["LIMIT-005"] == [finding.id for finding in examination.report.findings]


STARVED = """
import base64, json, re, resource, sys
from memhon.catalogue import load
from memhon.validation import validate

data = load().example("ra-depot", "request", "rich").data
document = b"<document>" + base64.b64encode(bytes(6_000_000)) + b"<"
good = re.sub(rb"<document>[^<]*<", lambda found: document, data)
bad = good.replace(b"<codeH>", b"<codeH>9")
verdicts = {"good": [], "bad": []}
validate(data), validate(data.replace(b"<codeH>", b"<codeH>9"))
for megabytes in (1, 4, 9, 12, 16, 20, 30, 60):
    for name, message in (("good", good), ("bad", bad)):
        with open("/proc/self/statm") as pages:
            used = int(pages.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 2**20, resource.RLIM_INFINITY))
        try:
            seen = validate(message).verdict.value
        except MemoryError:
            seen = "MemoryError"
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        verdicts[name].append(seen)
    verdicts["good"].append("after: " + validate(data).verdict.value)
print(json.dumps(verdicts))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process through Linux")
def test_without_memory_nothing_is_called_valid_or_wrong():
    answer = subprocess.run(
        [sys.executable, "-c", STARVED], capture_output=True, text=True, timeout=120, check=True
    )
    verdicts = json.loads(answer.stdout)
    assert {"undecided", "valid", "MemoryError", "after: valid"} >= set(verdicts["good"])
    assert {"undecided", "invalid", "MemoryError"} >= set(verdicts["bad"])
    assert "undecided" in verdicts["good"]
    assert ("valid", "invalid") == (verdicts["good"][-2], verdicts["bad"][-1])
