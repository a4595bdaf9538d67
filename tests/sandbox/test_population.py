"""A populated sandbox holds what the examples of the catalogue name, once."""

import re

from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, SynchronousExchange, populate, rules_of
from memhon.store import open_store

KEYS = re.compile("<cns:(?:UUIDSecu|UUIDDocumentRemplacant|UUIDDocumentAnnule)>([^<]*)<")


def _exchange(store):
    clock = VirtualClock("2026-03-02T09:30:00Z")
    return SynchronousExchange(store, clock, Numbering(1), rules_of(load()))


def test_every_deposit_that_an_example_names_is_there():
    named = {
        key
        for entry in load().exchanges
        if entry.populated
        for example in load().examples(entry.id)
        if example.direction == "request"
        for key in KEYS.findall(example.data.decode())
    }
    with open_store() as store:
        populate(_exchange(store))
        assert named
        assert all(store.deposit_by_secu(key) for key in named)


def test_every_simulation_that_an_example_names_is_there():
    """With the anomalies that the examples of a contest name."""
    answers = load().examples("pid-sim")
    told = b"".join(each.data for each in answers if each.direction == "response").decode()
    keys = set(re.findall("<cns:identifiantReponseSimulation>([^<]*)<", told))
    with open_store() as store:
        populate(_exchange(store))
        kept = [store.simulation(key) for key in sorted(keys)]
    assert len(keys) == 3
    anomalies = [each.id for simulation in kept for each in simulation.anomalies]
    assert sorted(anomalies) == sorted(re.findall("<ns6:identifiantAnomalie>([^<]*)<", told))


def test_populating_again_changes_nothing():
    with open_store() as store:
        exchange = _exchange(store)
        assert len(load().population) == populate(exchange)
        before = store.count_deposits()
        exchange.clock.advance(60)
        populate(exchange)
        assert before == store.count_deposits()


def test_the_next_identifiers_are_drawn_as_ever():
    with open_store() as store:
        exchange = _exchange(store)
        populate(exchange)
        assert Numbering(1).uuid() == exchange.numbering.uuid()
