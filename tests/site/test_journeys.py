"""Journeys: what becomes a page, in which order, and who links to it."""

import re

import nbformat
import pytest

from memhon.site.composition import Material, downloads_of, generated
from memhon.site.journey_page import journey_page, journeys_table
from memhon.site.journeys import journeys_of
from memhon.site.notebook_file import read


def notebook(title, purpose, *exchanges, kind="journey"):
    head = nbformat.v4.new_markdown_cell(f"# {title}\n\n{purpose}")
    section = nbformat.v4.new_markdown_cell("## Partie\n\nPhrase.")
    made = nbformat.v4.new_notebook(cells=[head, section, nbformat.v4.new_code_cell("x = 1")])
    made.metadata["memhon"] = {"kind": kind, "exchanges": list(exchanges)}
    return made


@pytest.fixture(scope="module")
def executed():
    return {
        "pannes": notebook("Pannes", "Tout casse.", "ra-depot", "pid-sim"),
        "parcours-pid": notebook("Payer", "On paie, `C1` compris.", "pid-sim"),
        "parcours-ra": notebook("Déposer", "On dépose.", "ra-depot"),
        "sujet": notebook("Jeton", "Un jeton.", "ra-depot", kind="topic"),
    }


def test_one_family_after_the_other_and_several_families_last(executed):
    assert ["parcours-ra", "parcours-pid", "pannes"] == [j.name for j in journeys_of(executed)]


def test_a_page_tells_title_purpose_and_what_it_touches(executed, catalogue):
    _, journey, _ = journeys_of(executed)
    page = journey_page(journey, catalogue)
    assert "parcours/pid.md" == page.address
    assert 'description: "On paie, C1 compris."' in page.text
    assert 1 == page.text.count("# Payer\n")
    assert "\n## Partie\n" in page.text
    assert '/pid/sim/">PID WS1</a>.' in page.text
    assert '/pid/vie/"' in page.text
    assert '/ra/vie/"' not in page.text
    assert '/telechargements/carnets/parcours-pid.ipynb"' in page.text


def test_the_table_names_them_all(executed, catalogue):
    text = journeys_table("index.md", journeys_of(executed), catalogue)
    assert ["parcours/ra/", "parcours/pid/", "parcours/pannes/"] == re.findall(
        r'href="(parcours/[^"]*)"', text
    )


def test_exchanges_and_lives_link_to_their_journeys(executed, material):
    full = Material(
        material.catalogue, executed, material.records, material.outlines, material.commands
    )
    pages = {page.address: page.text for page in generated(full, downloads_of(full))}
    linked = 'Dans un parcours entier\u00a0: <a href="../../parcours/ra/">Déposer</a>'
    assert linked in pages["ra/depot.md"]
    assert "Dans un parcours entier" not in pages["ra/doc.md"]
    assert 'href="../../parcours/pid/">Payer</a>' in pages["pid/vie.md"]
    assert "parcours/ra.md" in pages


def test_every_journey_of_the_project_has_its_place(root):
    executed = {path.stem: read(path) for path in sorted((root / "notebooks").glob("*.ipynb"))}
    names = ["ra", "plateforme-ra", "pid", "erreurs-et-reprises", "memoire-imprimable"]
    assert [f"parcours/{name}.md" for name in names] == [
        journey.address for journey in journeys_of(executed)
    ]
