"""The tree of a message: one row an element, nested as the schema nests them."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from memhon.site.addresses import aliases
from memhon.site.brief import counts
from memhon.site.examples import example_values
from memhon.site.fields import anchor, xpaths
from memhon.site.provenance import Certainty, certainty
from memhon.site.tree import TreeMaterial, tree
from memhon.site.type_links import TypeLinks

MESSAGES = [
    (f"{family}-{name}", direction)
    for family, names in (
        ("ra", ("depot", "remblist", "rembcons", "doc", "annul")),
        ("pid", ("sim", "val", "con")),
    )
    for name in names
    for direction in ("request", "response")
]


@pytest.fixture(scope="module")
def made(catalogue, material):
    """The material of every tree by exchange and direction."""
    return {
        (exchange.id, direction): TreeMaterial(
            here=f"{exchange.family}/x.md",
            direction=direction,
            rows=material.outlines[exchange.id][direction].rows,
            prefixes=getattr(exchange, direction).prefixes,
        )
        for exchange in catalogue.exchanges
        for direction in ("request", "response")
    }


def test_every_message_is_drawn(made):
    assert set(MESSAGES) == set(made)


@pytest.mark.parametrize("message", MESSAGES)
def test_the_items_are_the_rows_of_the_outline_in_their_order(made, message):
    drawn = ET.fromstring(_xml(tree(made[message])))
    expected = [anchor(message[1], row.path) for row in made[message].rows]
    assert expected == [item.get("id") for item in drawn.iter("li")]


@pytest.mark.parametrize("message", MESSAGES)
def test_an_item_stands_below_the_item_of_its_parent(made, message):
    drawn = ET.fromstring(_xml(tree(made[message])))
    found = {}
    for item in drawn.iter("li"):
        for child in item.findall("./details/ul/li"):
            found[child.get("id")] = item.get("id")
    expected = {
        anchor(message[1], row.path): anchor(message[1], row.path.rpartition("/")[0])
        for row in made[message].rows
        if row.depth
    }
    assert expected == found


@pytest.mark.parametrize("message", MESSAGES)
def test_no_summary_holds_a_link_or_a_button(made, message):
    drawn = ET.fromstring(_xml(tree(made[message])))
    summaries = list(drawn.iter("summary"))
    assert summaries
    assert [node for s in summaries for tag in ("a", "button") for node in s.iter(tag)] == []


def test_a_small_message_is_open_and_a_large_one_closed_below_the_second_level(made):
    assert "<details>" not in tree(made["pid-sim", "request"])
    large = tree(made["ra-depot", "request"])
    assert 0 < large.count("<details open>") < large.count("<details")


def test_paths_to_copy_carry_prefixes_only_where_the_wire_does(made):
    assert 'data-copy="/ms2:memoireHonoraire/entete/UUID"' in tree(made["ra-depot", "request"])
    path = "/cns:simulationMedecin/cns:UTA/cns:Lignes/cns:LigneUTA/cns:acte/com:codeActe"
    assert f'data-copy="{path}"' in tree(made["pid-sim", "request"])


def test_type_pages_are_linked_once_they_exist(catalogue, material, made):
    names = aliases(catalogue.exchanges, {row.schema for row in made["pid-sim", "request"].rows})
    page = "reference/types/pid-sim-requete-v1/t-uta.md"
    given = made["pid-sim", "request"]
    linked = TreeMaterial(
        given.here, given.direction, given.rows, given.prefixes, {}, TypeLinks(names, {page})
    )
    assert "reference/types" not in tree(given)
    url = "../../reference/types/pid-sim-requete-v1/t-uta/"
    assert f'href="{url}#identifiantFacturier"' in tree(linked)
    assert f'<a href="{url}">page de T_UTA</a>' in tree(linked)
    assert "t-ligneuta" not in tree(linked)


def test_examples_are_the_first_values_of_the_recorded_messages(record):
    found = example_values([record])
    assert found == {}
    envelope = b"<E><Body><i><m><a> </a><b>1</b><b>2</b><c><d>x</d></c></m></i></Body></E>"
    found = example_values([_with(record, envelope)])
    assert {("request", "m/b"): "1", ("request", "m/c/d"): "x"} == found


def test_an_example_stands_in_its_row(made, material):
    given = made["pid-sim", "request"]
    path = "simulationMedecin/UTA/Lignes/LigneUTA/acte/codeActe"
    values = {("request", path): "C1", ("response", path): "never", ("request", "other"): "never"}
    drawn = tree(TreeMaterial(given.here, given.direction, given.rows, given.prefixes, values))
    item = drawn[drawn.index(f'<li id="{anchor("request", path)}"') :].partition("</li>")[0]
    assert "ex. <code>C1</code>" in item
    assert "never" not in drawn


def test_certainty_follows_the_sources():
    assert certainty(("E",)) is Certainty.KNOWN
    assert certainty(("P", "hypothese")) is Certainty.PARTLY
    assert certainty(("hypothese",)) is Certainty.ASSUMED
    assert certainty(("?",)) is Certainty.ASSUMED
    assert certainty(()) is Certainty.ASSUMED


def test_what_the_contract_knows_is_counted_as_known(material):
    rows = {id_: outlines["request"].rows for id_, outlines in material.outlines.items()}
    assert counts(rows["ra-depot"]) == {Certainty.KNOWN: len(rows["ra-depot"])}
    assert counts(rows["pid-sim"]) == {Certainty.PARTLY: len(rows["pid-sim"])}
    assert counts(rows["ra-doc"]) == {Certainty.ASSUMED: len(rows["ra-doc"])}


def _xml(text):
    return (
        text.replace("<wbr>", "<wbr/>")
        .replace(" hidden>", ' hidden="">')
        .replace("<details open>", '<details open="">')
    )


def _with(record, request):
    return replace(record, request=request)


@pytest.mark.parametrize("message", MESSAGES)
def test_every_element_in_a_namespace_has_a_prefix_of_the_field(made, message):
    shown = made[message]
    last = [path.rpartition("/")[2] for path in xpaths(shown.rows, shown.prefixes)]
    assert [row.qualified for row in shown.rows] == [":" in step for step in last]
