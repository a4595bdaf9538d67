"""RA WS1: a deposit is stored once, whatever happens at the same time."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest

import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.store import open_store

NIL = str(UUID(int=0))
EXAMPLE = load().example("ra-depot", "request", "rich").data.decode()
PAYLOAD = re.sub(r"^<\?xml[^>]*\?>", "", EXAMPLE)
SENT = re.search("<UUID>(.*)</UUID>", PAYLOAD)[1]
REQUEST = wire.envelope(PAYLOAD, wire.DEPOT)


def _secu(answer):
    return answer.text(".//cns:UuidSecu")


def test_a_deposit_gets_its_key(fresh):
    answer = wire.send(fresh.url, REQUEST)
    assert answer.status == 200
    assert answer.headers["x-memhon-exchange"] == "ra-depot"
    assert answer.headers["x-memhon-answer"] == "computed"
    assert answer.text(".//cns:UuidPrestataire") == SENT
    assert UUID(_secu(answer)).version == 4
    assert answer.root.find(".//anomalies") is None


def test_a_second_deposit_is_refused(fresh):
    first = wire.send(fresh.url, REQUEST)
    second = wire.send(fresh.url, REQUEST)
    assert second.status == 200
    assert second.text(".//cns:UuidPrestataire") == SENT
    assert _secu(first) != NIL
    assert _secu(second) == NIL
    assert second.text(".//anomalies/type") == "REFUS"
    assert second.text(".//anomalies/code") == "MH-001"
    assert SENT in second.text(".//anomalies/motif")


def test_the_case_of_letters_makes_no_other_uuid(fresh):
    wire.send(fresh.url, REQUEST)
    shouted = wire.send(fresh.url, REQUEST.replace(SENT.encode(), SENT.upper().encode()))
    assert shouted.text(".//anomalies/code") == "MH-001"


def test_another_uuid_is_another_deposit(fresh):
    first = wire.send(fresh.url, REQUEST)
    other = wire.send(fresh.url, REQUEST.replace(SENT.encode(), wire.uuid(5).encode()))
    assert other.root.find(".//anomalies") is None
    assert _secu(first) != _secu(other)


@pytest.fixture(params=["memory", "file"])
def exchange(request, tmp_path):
    where = "memory" if request.param == "memory" else tmp_path / "store.sqlite3"
    with open_store(where) as store:
        clock = VirtualClock("2023-12-28T00:01:13.539Z")
        yield SynchronousExchange(store, clock, Numbering(1), rules_of(load()))


def test_what_is_stored(exchange):
    exchange.answer(REQUEST)
    deposit = exchange.store.deposit(SENT)
    assert deposit.uuid == SENT
    assert deposit.sender == re.search("<codePrestataire>(.*)</codePrestataire>", PAYLOAD)[1]
    assert deposit.received_at == exchange.clock.now()
    assert deposit.status == "DEPOSE"
    assert deposit.data == REQUEST


def test_nothing_is_stored_for_a_refused_or_invalid_deposit(exchange):
    exchange.answer(REQUEST)
    before = exchange.store.deposit(SENT)
    exchange.answer(REQUEST)
    exchange.answer(REQUEST.replace(b"<devise>EUR", b"<devise>EURO"))
    assert exchange.store.count_deposits() == 1
    assert exchange.store.deposit(SENT) == before


def test_of_many_at_once_exactly_one_is_accepted(exchange):
    silent = replace(exchange, numbering=Numbering())
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(silent.answer, [REQUEST] * 24))
    assert all(answer.status == 200 for answer in answers)
    refused = [answer for answer in answers if b"MH-001" in answer.data]
    assert len(refused) == 23
    assert exchange.store.count_deposits() == 1
