"""The comparison with the real systems: complete, and no entry claims more than its sources."""

import pytest

from memhon.catalogue import Verdict, load
from memhon.catalogue.parity import parity_of
from memhon.errors import CatalogueError

ENTRY = {
    "id": "x",
    "topic": "Sujet",
    "title": "Titre",
    "verdict": "same",
    "provenance": ["P"],
    "statement": "Une phrase.",
    "covers": ["findings/MH-001"],
}


def test_every_anomaly_fault_transition_rule_setting_and_exchange_is_compared(catalogue):
    covered = {place for entry in catalogue.parity for place in entry.covers}
    assert [] == sorted(set(catalogue.comparable) - covered)


def test_what_is_to_be_compared_is_everything_of_the_sandbox(catalogue):
    kinds = {place.split("/")[0] for place in catalogue.comparable}
    assert {"exchanges", "findings", "transitions", "engine", "settings"} == kinds
    findings = catalogue.findings.values()
    families, apart = ("MH-", "SIM"), {"SBX-030"}
    told = apart | {f.id for f in findings if f.fault or f.id[:3] in families}
    assert told == {place[9:] for place in catalogue.comparable if place.startswith("findings/")}


def test_texts_are_sentences_with_their_code_spans_closed(catalogue):
    for entry in catalogue.parity:
        assert entry.statement.endswith("."), entry.id
        assert 0 == entry.statement.count("`") % 2, entry.id
        assert not entry.title.endswith("."), entry.id


def test_tags_are_those_of_known_sources(catalogue):
    tags = {tag for entry in catalogue.parity for tag in entry.provenance}
    assert tags <= {"D", "S0", "S4", "E", "P", "J", "W", "M", "hypothese"}


def test_an_engine_rule_is_never_said_to_be_known(catalogue):
    """Nothing public describes the engine, but for the one payment of a fee note."""
    same = [entry for entry in catalogue.parity if entry.verdict is Verdict.SAME]
    rules = {place for entry in same for place in entry.covers if place.startswith("engine/")}
    assert {"engine/deja-paye"} == rules


def test_an_entry_is_read():
    (made,) = parity_of([ENTRY], load().comparable)
    assert (Verdict.SAME, ("findings/MH-001",)) == (made.verdict, made.covers)


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "perhaps"},
        {"provenance": []},
        {"provenance": ["P", "hypothese"]},
        {"verdict": "unknown"},
        {"covers": ["findings/MH-999"]},
        {"covers": ["findings/MH-001", "findings/MH-001"]},
        {"more": 1},
    ],
)
def test_a_wrong_entry_is_refused(change):
    with pytest.raises(CatalogueError, match="parité"):
        parity_of([{**ENTRY, **change}], load().comparable)


def test_an_id_stands_once():
    with pytest.raises(CatalogueError, match="x"):
        parity_of([ENTRY, {**ENTRY, "covers": []}], load().comparable)


def test_an_entry_without_a_verdict_is_refused():
    with pytest.raises(CatalogueError, match="incomplète"):
        parity_of([{key: ENTRY[key] for key in ENTRY if key != "verdict"}], load().comparable)
