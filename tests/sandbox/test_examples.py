"""Every request of the catalogue gets an answer; an exchange not yet alive gets its example."""

import re

import pytest

import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.findings import Verdict
from memhon.intake import canonical, read, recognise
from memhon.local import Sandbox
from memhon.sandbox.behaviours import ANSWERS
from memhon.validation import validate
from turned_back import turned_back

REQUESTS = [
    pytest.param(exchange, example, id=f"{exchange.id}-{example.name}")
    for exchange in load().exchanges
    for example in load().examples(exchange.id)
    if example.direction == "request"
]


@pytest.mark.parametrize(("exchange", "example"), REQUESTS)
def test_every_example_request_is_answered(exchange, example):
    clock = VirtualClock("2026-03-02T17:31:05Z")
    with Sandbox(clock=clock, seed=7, security="off", populated=exchange.populated) as sandbox:
        _is_answered(sandbox, exchange, example)


@pytest.mark.parametrize(("exchange", "example"), REQUESTS)
def test_an_exchange_that_is_not_alive_answers_with_its_example(exchange, example):
    with turned_back(exchange.id) as catalogue, Sandbox(seed=7, security="off") as sandbox:
        _is_answered(sandbox, catalogue.exchange(exchange.id), example)


def _is_answered(sandbox, exchange, example):
    payload = re.sub(r"^<\?xml[^>]*\?>", "", example.data.decode())
    answer = wire.send(sandbox.url, wire.envelope(payload, exchange.model_uid))
    assert answer.status == 200, answer.data.decode()
    assert answer.headers["x-memhon-exchange"] == exchange.id
    assert answer.headers["x-memhon-answer"] == ("computed" if exchange.alive else "example")
    report = validate(answer.data, exchange=exchange.id)
    assert report.verdict is Verdict.VALID
    assert report.direction == "response"
    assert b"REFUS<" not in answer.data
    info = answer.root.find("soap:Body/sync:ResponseInfo", wire.NAMES)
    assert info.attrib == {}
    if not exchange.alive:
        kept = load().example(exchange.id, "response", exchange.answer_example)
        sent = recognise(read(answer.data).root).element
        expected = recognise(read(kept.data).root).element
        assert _words(sent) == _words(expected)


def _words(element):
    return re.sub(rb">\s+<", b"><", canonical(element))


def test_every_living_exchange_has_a_behaviour():
    assert {exchange.id for exchange in load().exchanges if exchange.alive} == set(ANSWERS)
