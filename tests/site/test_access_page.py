"""The page on the access log: every word of the catalogue, and what the EHDS asks for."""

import pytest

from memhon.errors import MemhonError
from memhon.site.access_part import access_part

HERE = "reference/journal-acces.md"


def test_every_field_names_its_columns_and_its_source(catalogue):
    part = access_part(HERE, "fields", catalogue.access)
    for field in catalogue.access.fields:
        (row,) = [line for line in part.splitlines() if f"{field.letter})" in line]
        assert field.text in row
        assert all(f">{name}<" in row or f"`{name}`" in row for name in field.columns)


@pytest.mark.parametrize("what", ["columns", "roles", "categories", "origins"])
def test_every_word_has_its_row(catalogue, what):
    part = access_part(HERE, what, catalogue.access)
    for word in getattr(catalogue.access, what):
        assert word.title["fr"] in part
        assert word.text.partition("`")[0] in part


def test_a_part_that_there_is_not_stops_the_build(catalogue):
    with pytest.raises(MemhonError, match="secrets"):
        access_part(HERE, "secrets", catalogue.access)


def test_the_page_shows_the_notebook_and_is_in_the_navigation(built_site):
    page = (built_site / "reference" / "journal-acces" / "index.html").read_text(encoding="utf-8")
    assert "carnets/journal-acces.ipynb" in page
    assert "memhon:access" not in page
    start = (built_site / "index.html").read_text(encoding="utf-8")
    assert "reference/journal-acces/" in start
