"""The navigation follows from the pages that exist."""

import json

from memhon.site.addresses import TYPES
from memhon.site.composition import downloads_of, generated
from memhon.site.navigation import leaves, navigation, settings

WRITTEN = ("index.md", "architecture.md", "demarrer/index.md", "ra/index.md", "pid/index.md")


def _titles(tree):
    return [next(iter(entry)) for entry in tree if isinstance(entry, dict)]


def test_every_page_is_named_once(catalogue, material):
    pages = {page.address for page in generated(material, downloads_of(material))}
    listed = leaves(navigation(catalogue.exchanges, [*WRITTEN, *pages]))
    deep = {page for page in pages if page.startswith(f"{TYPES}/") and page.count("/") > 2}
    assert deep
    assert sorted(listed) == sorted({*WRITTEN, *pages} - deep)


def test_sections_stand_in_their_order(catalogue):
    pages = [*WRITTEN, "securite/index.md", "versions/index.md", "ra/depot.md", "pid/sim.md"]
    pages.append("parcours/index.md")
    expected = [
        "Accueil",
        "Démarrer",
        "Remboursement accéléré",
        "Paiement immédiat direct",
        "Parcours",
        "Sécurité et transport",
        "Référence",
        "Versions",
    ]
    assert _titles(navigation(catalogue.exchanges, pages)) == expected


def test_a_section_without_content_does_not_show(catalogue):
    tree = navigation(catalogue.exchanges, ["index.md", "demarrer/index.md"])
    assert tree == [{"Accueil": "index.md"}, {"Démarrer": ["demarrer/index.md"]}]


def test_an_exchange_without_a_page_does_not_show(catalogue):
    tree = navigation(catalogue.exchanges, ["index.md", "pid/index.md", "pid/sim.md"])
    sim = catalogue.exchange("pid-sim")
    expected = ["pid/index.md", {f"{sim.number} – {sim.title}": "pid/sim.md"}]
    assert tree[1] == {"Paiement immédiat direct": expected}


def test_the_index_of_a_section_comes_first_and_a_page_of_no_section_last(catalogue):
    pages = ["index.md", "demarrer/a.md", "demarrer/index.md", "zoo/b.md"]
    tree = navigation(catalogue.exchanges, pages)
    assert tree[1:] == [{"Démarrer": ["demarrer/index.md", "demarrer/a.md"]}, "zoo/b.md"]


def test_the_navigation_does_not_grow_with_the_types(catalogue):
    few = ["index.md", "reference/types/index.md", "reference/types/pid-sim-requete-v1/t-uta.md"]
    many = [*few, *(f"reference/types/x/t-{number}.md" for number in range(9))]
    tree = navigation(catalogue.exchanges, few)
    assert leaves(tree) == ["index.md", "reference/types/index.md"]
    assert navigation(catalogue.exchanges, many) == tree


def test_the_index_of_the_types_does_not_become_the_page_of_its_group(catalogue):
    tree = navigation(catalogue.exchanges, ["index.md", "reference/types/index.md"])
    assert tree[1] == {"Référence": [{"Messages": [{"Types": ["reference/types/index.md"]}]}]}


def test_a_new_reference_page_needs_no_edit(catalogue):
    pages = ["index.md", "reference/codes.md", "reference/nouveau.md"]
    tree = navigation(catalogue.exchanges, pages)
    assert tree[1] == {"Référence": [{"Messages": ["reference/codes.md"]}, "reference/nouveau.md"]}


def test_the_settings_inherit_from_those_of_the_project():
    values = json.loads(settings(["index.md"]))
    assert (values["INHERIT"], values["nav"]) == ("../mkdocs.yml", ["index.md"])
