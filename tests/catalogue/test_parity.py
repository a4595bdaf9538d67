"""The comparison with the real systems: complete, and no entry claims more than its sources."""

import pytest

from memhon.catalogue import Verdict, load
from memhon.catalogue.parity import parity_of
from memhon.errors import CatalogueError
from memhon.sandbox.behaviours import ANSWERS

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
    assert kinds == set(_everything(catalogue))
    for kind, names in _everything(catalogue).items():
        told = {
            place[len(kind) + 1 :] for place in catalogue.comparable if place.startswith(f"{kind}/")
        }
        assert names == told, kind


def _everything(catalogue):
    """Each kind from another source than the property: the files, the ids, the behaviours."""
    findings = catalogue.findings.values()
    ours = {
        found.id
        for found in findings
        if found.fault or found.id[:3] in ("MH-", "SIM", "SBX", "PLA")
    }
    with_settings = catalogue.profiles.items()
    return {
        "exchanges": set(ANSWERS),
        "findings": ours,
        "transitions": {
            f"{life}/{row.id}"
            for life, one in catalogue.lifecycles.items()
            for row in one.transitions
        },
        "engine": {rule.id for rule in catalogue.engine},
        "settings": {f"{name}/{key}" for name, profile in with_settings for key in profile.values},
        "tariffs": set(catalogue.tariffs),
        "codelists": {found.id for found in catalogue.code_lists},
    }


def test_texts_are_sentences_with_their_code_spans_closed(catalogue):
    for entry in catalogue.parity:
        assert entry.statement.endswith("."), entry.id
        assert 0 == entry.statement.count("`") % 2, entry.id
        assert not entry.title.endswith("."), entry.id


def test_tags_are_those_of_known_sources(catalogue):
    tags = {tag for entry in catalogue.parity for tag in entry.provenance}
    assert tags <= {"D", "S0", "S4", "E", "P", "J", "W", "M", "hypothese"}


def test_nothing_that_is_assumed_is_said_to_be_the_same(catalogue):
    """But for the one payment of a fee note, a public rule whose refusal is ours."""
    same = [entry for entry in catalogue.parity if entry.verdict is Verdict.SAME]
    covered = {place for entry in same for place in entry.covers}
    assert {"engine/deja-paye"} == covered & _assumed(catalogue)


def _assumed(catalogue):
    """What the catalogue itself tags as an assumption; of messages, what was never seen."""
    lists = {f"codelists/{found.id}": found.provenance for found in catalogue.code_lists}
    rules = {f"engine/{rule.id}": rule.provenance for rule in catalogue.engine}
    tariffs = {f"tariffs/{code}": found.provenance for code, found in catalogue.tariffs.items()}
    settings = {
        f"settings/{name}/{key}": tags
        for name, profile in catalogue.profiles.items()
        for key, tags in profile.provenance.items()
    }
    tagged = {
        place for place, tags in (lists | rules | tariffs | settings).items() if "hypothese" in tags
    }
    return tagged | {
        f"exchanges/{exchange.id}"
        for exchange in catalogue.exchanges
        for message in exchange.messages
        if message.provenance[0] == "hypothese"
    }


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
