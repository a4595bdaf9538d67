"""Layers, verdicts, and that a crash of ours is never a « valid »."""

import pytest

from memhon.catalogue import load
from memhon.errors import CatalogueError
from memhon.findings import CheckStatus
from memhon.intake import Limits
from memhon.validation import LAYERS, examine, validate, validator

GOOD = load().example("pid-sim", "request", "observed").data


@pytest.mark.parametrize("exchange", load().exchanges, ids=lambda e: e.id)
def test_every_example_is_valid(exchange):
    for example in load().examples(exchange.id):
        report = validate(example.data, exchange=exchange.id)
        assert "valid" == report.verdict, report.to_text()
        assert (exchange.id, example.direction) == (report.exchange, report.direction)
        assert ["wellformed", "schema"] == [check.layer for check in report.checks]


def test_only_the_loose_messages_carry_a_warning():
    warned = {
        (example.exchange_id, str(example.direction))
        for exchange in load().exchanges
        for example in load().examples(exchange.id)
        if validate(example.data).findings
    }
    assert {("ra-depot", "response"), ("ra-rembcons", "request")} == warned


def test_the_layers_asked_for_are_those_reported():
    report = validate(b"<a/>", layers=["wellformed"])
    assert ["wellformed"] == [check.layer for check in report.checks]
    assert ["wellformed", "schema"] == [c.layer for c in validate(GOOD, layers=["schema"]).checks]


@pytest.mark.parametrize("layers", [["business"], [], ["schema", "nothing"]])
def test_an_unknown_layer_is_an_error_of_the_caller(layers):
    with pytest.raises(CatalogueError, match="couche"):
        validate(GOOD, layers=layers)


def test_an_unknown_exchange_is_an_error_of_the_caller():
    with pytest.raises(CatalogueError, match="pid-sim"):
        validate(GOOD, exchange="pid-simu")


def test_a_refused_document_skips_the_schema_and_says_so():
    report = validate(GOOD[:-20])
    assert "invalid" == report.verdict
    assert [CheckStatus.FAILED, CheckStatus.SKIPPED] == [check.status for check in report.checks]
    assert "non exécuté" in report.to_text()


def test_a_document_too_large_is_undecided():
    report = validate(GOOD, limits=Limits(size=10))
    assert "undecided" == report.verdict
    assert ["LIMIT-001"] == [finding.id for finding in report.findings]


@pytest.mark.parametrize("layer", list(LAYERS))
@pytest.mark.parametrize(
    "crash", [ValueError("x"), MemoryError(), RecursionError(), OSError("gone")]
)
def test_a_crashing_layer_never_lets_a_message_pass(monkeypatch, layer, crash):
    def broken(run):
        raise crash

    monkeypatch.setitem(validator.LAYERS, layer, broken)
    report = validate(GOOD)
    assert "undecided" == report.verdict
    assert "CRASH-001" in [finding.id for finding in report.findings]


def test_the_carrier_of_an_envelope_is_checked_too():
    body = GOOD.partition(b"?>")[2].decode()
    text = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<y:RequestInfo xmlns:y="http://ws.mysecu.lu/generic/sync" '
        f'modelUID="2023-CNS-PID-SIM-V1">{body}</y:RequestInfo></s:Body></s:Envelope>'
    )
    assert "valid" == validate(text.encode()).verdict
    report = validate(text.replace("modelUID=", 'extra="1" modelUID=').encode())
    assert ["XSD-020"] == [finding.id for finding in report.findings]
    assert "invalid" == report.verdict


def test_the_examination_hands_on_the_tree_it_judged():
    examination = examine(GOOD)
    assert examination.recognised.element is examination.document.root


def test_threads_never_take_each_others_verdict():
    import re
    from concurrent.futures import ThreadPoolExecutor

    lines = re.search(rb"<cns:LigneUTA>.*</cns:LigneUTA>", GOOD, re.DOTALL).group()
    good = GOOD.replace(lines, lines * 60)
    bad = good.replace(b"<com:nombre>1<", b"<com:nombre>0<")
    expected = {good: ("valid", 0), bad: ("invalid", 60)}

    def judge(data):
        report = validate(data)
        return expected[data] == (report.verdict, len(report.findings))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(judge, [good, bad] * 100))
