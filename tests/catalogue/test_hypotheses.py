"""Assumptions as data: complete, once each."""

from datetime import date

import pytest

from memhon.catalogue import Hypothesis
from memhon.catalogue.hypothesis import hypotheses_of
from memhon.errors import CatalogueError

ENTRY = {
    "id": "a",
    "topic": "t",
    "title": "A",
    "statement": "s",
    "known": "k",
    "replaced_by": "r",
    "since": date(2026, 1, 1),
    "covers": ["tariffs"],
    "shown": {"Page": "a.md"},
}


def test_an_entry_is_read():
    made = Hypothesis(**{**ENTRY, "covers": ("tariffs",)})
    assert hypotheses_of([ENTRY]) == (made,)


@pytest.mark.parametrize("other", [{"id": "a", "covers": []}, {"id": "b"}])
def test_an_id_or_a_cover_stands_once(other):
    with pytest.raises(CatalogueError, match="en double"):
        hypotheses_of([ENTRY, {**ENTRY, **other}])


@pytest.mark.parametrize("missing", ["replaced_by", "covers"])
def test_an_incomplete_entry_is_refused(missing):
    with pytest.raises(CatalogueError, match=missing):
        hypotheses_of([{key: value for key, value in ENTRY.items() if key != missing}])
