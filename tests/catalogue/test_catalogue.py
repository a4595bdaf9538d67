"""The specification as data loads, agrees with itself, and refuses contradictions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from memhon.catalogue import load
from memhon.catalogue.consistency import check
from memhon.errors import CatalogueError
from memhon.sandbox.behaviours import ANSWERS

IDS = [
    "ra-depot",
    "ra-remblist",
    "ra-rembcons",
    "ra-doc",
    "ra-annul",
    "pid-sim",
    "pid-val",
    "pid-con",
]


def luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def verhoeff(digits: str) -> int:
    table = [[_dihedral(a, b) for b in range(10)] for a in range(10)]
    step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    power = list(range(10))
    state = 0
    for digit in reversed(digits):
        power = [step[value] for value in power]
        state = table[state][power[int(digit)]]
    return next(value for value in range(10) if table[state][value] == 0)


def _dihedral(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def right(matricule: str) -> tuple[bool, bool]:
    digits = matricule[:11]
    return luhn(digits) == int(matricule[11]), verhoeff(digits) == int(matricule[12])


def test_the_eight_exchanges_stand_in_the_order_of_the_dsr():
    assert IDS == [exchange.id for exchange in load().exchanges]


def test_an_exchange_is_found_by_its_model_uid_and_its_roots():
    for exchange in load().exchanges:
        assert exchange == load().by_model_uid(exchange.model_uid)
        assert (exchange, exchange.request) == load().by_root(exchange.request.qname)
        assert (exchange, exchange.response) == load().by_root(exchange.response.qname)


def test_an_unknown_id_lists_the_known_ones():
    with pytest.raises(CatalogueError, match="ra-depot"):
        load().exchange("nothing")
    with pytest.raises(CatalogueError):
        load().example("ra-depot", "request", "nothing")
    with pytest.raises(CatalogueError):
        load().code_list("nothing")


@pytest.mark.parametrize("field", ["id", "model_uid"])
def test_a_value_used_twice_is_refused(field):
    first, second, *others = load().exchanges
    with pytest.raises(CatalogueError, match="double"):
        check([first, replace(second, **{field: getattr(first, field)}), *others])


def test_an_exchange_without_an_answer_or_with_a_strange_state_is_refused():
    first, *others = load().exchanges
    with pytest.raises(CatalogueError, match="response"):
        check([replace(first, messages=(first.request,)), *others])
    with pytest.raises(CatalogueError, match="état"):
        check([replace(first, state="dreaming"), *others])


def test_the_real_tariff_is_dated():
    c1 = load().tariffs["C1"]
    assert Decimal("57.70") == c1.on(date(2023, 12, 28))
    assert c1.on(date(2020, 1, 1)) is None
    assert all(
        "hypothese" in tariff.provenance and "fictif" in tariff.note.lower()
        for code, tariff in load().tariffs.items()
        if code != "C1"
    )


def test_nobody_can_hold_the_number_of_a_demo_person():
    for person in load().persons:
        born_before_1900 = int(person.matricule[:4]) < 1900
        digits = right(person.matricule)
        assert digits == (False, False) or (born_before_1900 and digits == (True, True)), person.id
        assert not (person.minor and born_before_1900), person.id


def test_the_worked_example_of_the_check_digits():
    assert (4, 1) == (luhn("18930414257"), verhoeff("18930414257"))


def test_demo_providers_stay_in_the_reserved_ranges():
    for provider in load().providers:
        assert 90000001 <= int(provider.code) <= 90000099
        assert provider.ehealth_id.isdigit()
        assert 1 <= int(provider.ehealth_id) <= 99


def test_the_observed_simulation_is_the_observed_one():
    answer = load().example("pid-sim", "response", "observed").data.decode()
    for value in ("57.70", "50.78", "6.92", "57.7<"):
        assert value in answer
    assert 2 == answer.count("<cns:LigneUTARetour>")


def test_prerequisites_and_history_carry_their_sources(catalogue):
    known = {"D", "E", "J", "M", "P", "S0", "S4", "W", "hypothese"}
    for exchange in catalogue.exchanges:
        assert exchange.prerequisites
        assert exchange.history
        assert all(event.when for event in exchange.history)
        for remark in (*exchange.prerequisites, *exchange.history):
            assert remark.text.endswith(".")
            assert remark.provenance
            assert set(remark.provenance) <= known


def test_a_message_that_was_seen_is_dated_by_its_source(catalogue):
    days = {"E": date(2023, 9, 14), "P": date(2023, 12, 28), "hypothese": date(2026, 11, 21)}
    for exchange in catalogue.exchanges:
        for message in exchange.messages:
            assert days[message.provenance[0]] == message.since, message.schema


def test_an_anomaly_is_provoked_in_an_exchange_that_computes_it(catalogue):
    for exchange in catalogue.exchanges:
        for wanted in exchange.provoked:
            assert exchange.id in catalogue.findings[wanted.finding].exchanges
            assert bool(wanted.element) == bool(wanted.value) == bool(wanted.why), exchange.id


def test_only_anomalies_name_exchanges_and_only_computed_ones(catalogue):
    named = {f.id: set(f.exchanges) for f in catalogue.findings.values() if f.exchanges}
    assert named
    for finding, exchanges in named.items():
        assert catalogue.findings[finding].kind == "anomaly"
        assert exchanges <= set(ANSWERS)
