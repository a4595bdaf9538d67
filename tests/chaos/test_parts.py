"""The parts that a validation leans on misbehave without raising: locks, schemas, logs, layers."""

import importlib
from types import SimpleNamespace

import pytest

from memhon.catalogue import load
from memhon.errors import CatalogueError, MemhonError, MessageError
from memhon.findings import CheckStatus, make
from memhon.validation import LAYERS, validate, validator

CHECKING = importlib.import_module("memhon.schemas.checking")
SCHEMA_LAYER = importlib.import_module("memhon.validation.schema")
GOOD = load().example("pid-sim", "request", "observed").data
BAD = GOOD.replace(b"<com:nombre>1<", b"<com:nombre>0<")
DEPOSIT = load().example("ra-depot", "response", "rich").data


class Lock:
    """A lock that cannot be had."""

    def __enter__(self):
        raise RuntimeError("broken lock")

    def __exit__(self, *_):
        return None


class Schema:
    """A schema that answers what it is told to, with the log it is given."""

    def __init__(self, answer, log=()):
        self.answer, self.log = answer, log

    def validate(self, _):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def error_log(self):
        if isinstance(self.log, Exception):
            raise self.log
        return self.log


def entry(**fields):
    known = {"type": 0, "type_name": "", "message": "", "path": None, "line": 0, "column": 0}
    return SimpleNamespace(**{**known, **fields})


ODD_SCHEMAS = {
    "refuses without a reason": Schema(answer=False),
    "refuses with a log that raises": Schema(answer=False, log=OSError("gone")),
    "raises": Schema(OSError("gone")),
    "runs out of memory": Schema(MemoryError()),
    "answers nothing": Schema(None),
    "refuses for a reason nobody knows": Schema(answer=False, log=[entry(type=99_999)]),
    "names a place that is none": Schema(answer=False, log=[entry(type=1871, path="/a/b[9]")]),
    "names no path at all": Schema(answer=False, log=[entry(type=1824, path="///((")]),
}


@pytest.mark.parametrize("schema", ODD_SCHEMAS.values(), ids=ODD_SCHEMAS)
@pytest.mark.parametrize("data", [GOOD, BAD, DEPOSIT], ids=["good", "bad", "loose"])
def test_an_odd_schema_never_lets_a_message_pass(monkeypatch, schema, data):
    monkeypatch.setattr(SCHEMA_LAYER, "compiled", lambda _: schema)
    assert validate(data).verdict in {"undecided", "invalid"}
    assert "valid" != validate(data).verdict


@pytest.mark.parametrize("data", [GOOD, BAD], ids=["good", "bad"])
def test_a_broken_lock_leaves_the_message_undecided(monkeypatch, data):
    monkeypatch.setattr(CHECKING, "_LOCK", Lock())
    report = validate(data)
    assert "undecided" == report.verdict
    assert ["CRASH-001"] == [finding.id for finding in report.findings]


ODD_LAYERS = {
    "returns nothing": lambda _: None,
    "returns a number": lambda _: 1,
    "returns words": lambda _: ["XSD-001"],
    "returns a generator that raises": lambda _: (1 / 0 for _ in "x"),
    "refuses without a reason": lambda _: _raised(MessageError()),
    "refuses with another's finding": lambda _: _raised(MessageError(findings=("FORM-001",))),
    "raises an error of ours": lambda _: _raised(CatalogueError("x")),
    "hits a limit": lambda _: (make("LIMIT-003", expected="9"),),
    "raises what cannot be told": lambda _: _raised(KeyError(object())),
}


def _raised(error):
    raise error


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("odd", ODD_LAYERS.values(), ids=ODD_LAYERS)
def test_an_odd_layer_leaves_the_message_undecided_and_says_why(monkeypatch, layer, odd):
    monkeypatch.setitem(validator.LAYERS, layer, odd)
    report = validate(GOOD)
    assert "undecided" == report.verdict
    assert {"limit", "crash"} >= {finding.kind for finding in report.findings} != set()
    assert CheckStatus.PASSED is not report.checks[-1].status


@pytest.mark.parametrize("layer", LAYERS)
def test_an_interruption_is_handed_on(monkeypatch, layer):
    monkeypatch.setitem(validator.LAYERS, layer, lambda _: _raised(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        validate(GOOD)


def test_a_generator_of_findings_loses_none(monkeypatch):
    def layer(_):
        yield make("XSD-021")
        yield make("XSD-023")

    monkeypatch.setitem(validator.LAYERS, "schema", layer)
    report = validate(GOOD)
    assert "invalid" == report.verdict
    assert ["XSD-021", "XSD-023"] == [finding.id for finding in report.findings]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_finding_without_its_text_is_an_error_of_ours(monkeypatch, lang):
    report = validate(BAD)
    (finding,) = report.findings
    texts = {key: text for key, text in load().findings.items() if key != finding.id}
    monkeypatch.setitem(load().__dict__, "findings", texts)
    with pytest.raises(MemhonError, match=finding.id):
        finding.text(lang)
    assert "invalid" == report.verdict
    report = validate(BAD)
    assert "undecided" == report.verdict
    assert ["CRASH-001"] == [found.id for found in report.findings]


def test_without_any_text_even_a_crash_is_an_error_of_ours(monkeypatch):
    monkeypatch.setitem(load().__dict__, "findings", {})
    with pytest.raises(MemhonError, match="CRASH-001"):
        validate(BAD)
    assert "valid" == validate(GOOD).verdict
