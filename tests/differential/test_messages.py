"""The corpus and more than two thousand mutants before three judges; every difference explained."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import differing
import judges
import mutations

pytestmark = pytest.mark.slow
EXPLAINED = Path(__file__).with_name("disagreements.toml")
ENTRIES = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["disagreement"]
FIELDS = {"id", "judge", "memhon", "says", "reason", "right", "standard", "explanation"}


@pytest.fixture(scope="module")
def differences():
    """Every disagreement over every document."""
    return [
        difference
        for case in differing.documents()
        for difference in judges.disagreements(case.data, case.message, case.name)
    ]


def test_every_disagreement_is_explained(differences):
    open_ones = [
        str(difference)
        for difference in differences
        if not difference.to_explain
        or not all(explanations(difference, objection) for objection in difference.to_explain)
    ]
    assert [] == open_ones[:5], f"{len(open_ones)} disagreements without explanation"


def test_every_explanation_is_still_needed(differences):
    used = {
        entry["id"]
        for difference in differences
        for objection in difference.to_explain
        for entry in explanations(difference, objection)
    }
    assert sorted(entry["id"] for entry in ENTRIES) == sorted(used)


def test_memhon_is_never_undecided(differences):
    assert [] == [str(found) for found in differences if found.memhon.says == "undecided"]


def test_the_explanations_are_complete():
    assert len(ENTRIES) == len({entry["id"] for entry in ENTRIES})
    for entry in ENTRIES:
        assert FIELDS == set(entry) - {"value", "place"}, entry["id"]
        assert entry["right"] in {"memhon", "neither", entry["judge"]}, entry["id"]
        assert len(entry["explanation"]) >= 60, entry["id"]
        assert len(entry["standard"]) >= 30, entry["id"]


def test_the_corpus_is_what_it_claims_to_be():
    made = list(differing.mutants())
    drawn = made[-differing.DRAWN :]
    kinds = {kind for case in drawn for kind in case.name.split()[-1].split("+")}
    assert 2_000 <= len({case.data for case in drawn})
    assert set(mutations.MUTATIONS) == kinds
    assert made == list(differing.mutants())
    verdicts = Counter(judges.memhon_opinion(c.data, c.message).says for c in drawn)
    assert {"valid", "invalid"} == set(verdicts)
    assert 0.2 <= verdicts["valid"] / len(drawn) <= 0.6


def explanations(difference, objection):
    """The entries that explain one objection of a disagreement."""
    return [
        entry
        for entry in ENTRIES
        if (entry["judge"], entry["memhon"], entry["says"])
        == (difference.judge, difference.memhon.says, difference.other.says)
        and re.search(entry["reason"], objection.reason)
        and re.search(entry.get("value", ""), objection.value, re.DOTALL)
        and re.search(entry.get("place", ""), objection.place)
    ]
