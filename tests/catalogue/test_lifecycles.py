"""Tables of transitions as data: complete, and refused when they contradict the catalogue."""

from dataclasses import replace

import pytest

from memhon.catalogue import load
from memhon.catalogue.lifecycle import check_life, lifecycle_of
from memhon.errors import CatalogueError

LIFE = load().lifecycles["ra"]
STATES = [code.value for code in load().code_list(LIFE.states).codes]


def _changed(row_id, **values):
    rows = tuple(replace(row, **values) if row.id == row_id else row for row in LIFE.transitions)
    return replace(LIFE, transitions=rows)


ALL = pytest.mark.parametrize("life", load().lifecycles.values(), ids=lambda life: life.id)


@ALL
def test_every_state_is_reached_and_only_final_ones_are_never_left(life):
    states = {code.value for code in load().code_list(life.states).codes}
    left = {state for row in life.transitions if row.to for state in row.states}
    assert states == {row.to for row in life.transitions if row.to}
    assert states - left == set(life.final)


@ALL
def test_every_event_of_the_family_is_an_exchange_of_it_or_the_clock(life):
    family = {exchange.id for exchange in load().exchanges if exchange.family == life.family}
    assert family == {event.exchange for event in life.events} - {""}


def test_an_event_is_found_by_its_id():
    assert "Consentement" == LIFE.event("consentement").title


@ALL
def test_texts_are_sentences(life):
    for row in life.transitions:
        assert row.condition.endswith("."), row.id


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("consentement-donne", {"id": "annulation-simple"}),
        ("consentement-donne", {"event": "rien"}),
        ("consentement-donne", {"states": ("PERDU",)}),
        ("consentement-donne", {"to": "PERDU"}),
        ("consentement-donne", {"states": ("ANNULE",)}),
        ("consentement-donne", {"refusal": "MH-020"}),
        ("consentement-donne", {"to": None}),
        ("consentement-deja-donne", {"refusal": "MH-901"}),
        ("consentement-deja-donne", {"refusal": "MH-043"}),
    ],
)
def test_a_contradiction_is_refused(row, values):
    with pytest.raises(CatalogueError, match="cycle de vie ra incohérent"):
        check_life(_changed(row, **values), STATES, load().findings)


@pytest.mark.parametrize("missing", ["final", "title", "transition"])
def test_an_incomplete_table_is_refused(missing):
    table = {
        "id": "x",
        "family": "ra",
        "title": "X",
        "statement": "X.",
        "states": "statut-ra",
        "final": [],
        "provenance": [],
        "event": [],
        "transition": [],
    }
    assert "x" == lifecycle_of(table).id
    del table[missing]
    with pytest.raises(CatalogueError, match="incomplet"):
        lifecycle_of(table)
