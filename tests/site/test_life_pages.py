"""The pages of the two lives: every row and every anomaly, with tests that speak HTTP."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from memhon.catalogue import load
from memhon.site.exchange_page import ExchangeMaterial, _life
from memhon.site.life_diagram import decision_diagram, state_diagram
from memhon.site.life_page import life_page, reaching_tests, transition_anchor
from memhon.site.reaching import reaching

SVG = "{http://www.w3.org/2000/svg}"
LIVES = pytest.mark.parametrize("life", load().lifecycles.values(), ids=lambda life: life.id)
SOURCE = """
import pytest
SCENES = {"row-a": 1}
NAMES = {"row-b"}
@pytest.fixture
def desk():
    with Sandbox() as running:
        yield running
@pytest.fixture
def behind(desk):
    return desk
@pytest.mark.parametrize("row", ["row-c"])
def test_speaks(behind, row):
    SCENES[row]
def test_is_silent():
    NAMES == SCENES
def test_starts_one():
    Sandbox("row-d")
"""


@pytest.fixture(scope="module")
def reached(root):
    return reaching(root / "tests")


def _drawn(life):
    states = load().code_list(life.states)
    events = [event.id for event in life.events if event.exchange.startswith("pid-")]
    return [state_diagram(life, states), *(decision_diagram(life, event) for event in events)]


def test_a_test_reaches_what_it_names_if_it_speaks_http(tmp_path):
    folder = tmp_path / "tests" / "x"
    folder.mkdir(parents=True)
    (folder / "test_a.py").write_text(SOURCE, encoding="utf-8")
    found = reaching(tmp_path / "tests")
    place = "tests/x/test_a.py::"
    assert (f"{place}test_speaks",) == found["row-a"] == found["row-c"]
    assert (f"{place}test_starts_one",) == found["row-d"]
    assert "row-b" not in found


def test_a_fixture_may_stand_in_a_conftest_above(tmp_path):
    folder = tmp_path / "tests" / "x"
    folder.mkdir(parents=True)
    (folder.parent / "conftest.py").write_text("def desk():\n    Server()\n", encoding="utf-8")
    (folder / "test_a.py").write_text("def test_a(desk):\n    'row'\n", encoding="utf-8")
    assert {"row": ("tests/x/test_a.py::test_a",)} == reaching(tmp_path / "tests")


@LIVES
def test_every_row_is_reached_by_a_test_over_http(life, reached):
    assert [] == [row.id for row in life.transitions if not reached.get(row.id)]


@LIVES
def test_every_anomaly_is_reached_by_a_test_over_http(life, catalogue, reached):
    exchanges = {event.exchange for event in life.events}
    own = [found.id for found in catalogue.findings.values() if exchanges & set(found.exchanges)]
    assert [] == [name for name in own if not reaching_tests(life, name, reached)]


@LIVES
def test_the_page_shows_every_row_and_anomaly_once(life, catalogue, reached):
    text = life_page(life, catalogue, reached).text
    for row in life.transitions:
        assert 1 == text.count(f'id="{transition_anchor(row)}"')
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(set(ids)) == len(ids)


@LIVES
def test_every_moving_row_is_an_arrow_that_leads_to_the_table(life):
    svg = ET.fromstring(_drawn(life)[0])
    targets = [node.get("href") for node in svg.iter(f"{SVG}a")]
    moves = [row for row in life.transitions if row.to for _ in row.states or (None,)]
    assert sorted(f"#{transition_anchor(row)}" for row in moves) == sorted(targets)
    words = {node.text for node in svg.iter(f"{SVG}text")}
    assert {code.value for code in load().code_list(life.states).codes} <= words


@LIVES
def test_a_decision_asks_every_question_in_order(life):
    for event in life.events:
        svg = ET.fromstring(decision_diagram(life, event.id))
        rows = [row for row in life.transitions if row.event == event.id]
        asked = [node.get("href") for node in svg.iter(f"{SVG}a")]
        assert [f"#{transition_anchor(row)}" for row in rows] == asked
        told = unescape(svg.find(f".//{SVG}desc").text)
        assert [] == [row.id for row in rows if row.condition.replace("`", "") not in told]


@LIVES
def test_drawings_have_words_and_no_colour_of_their_own_and_nothing_outside(life):
    for drawn in _drawn(life):
        svg = ET.fromstring(drawn).find(f"{SVG}svg")
        width, height = float(svg.get("width")), float(svg.get("height"))
        assert "group" == svg.get("role")
        named = svg.get("aria-labelledby").split()
        assert all(svg.find(f".//*[@id='{name}']").text for name in named)
        assert " fill=" not in drawn
        for text in svg.iter(f"{SVG}text"):
            wide = 7.3 if text.get("class") == "life-row" else 6.2
            room = 0.5 if text.get("text-anchor") else 1.0
            assert float(text.get("x")) + room * wide * len(text.text) <= width, text.text
            assert 0 < float(text.get("y")) <= height, text.text


def test_the_page_of_an_exchange_leads_to_its_life(catalogue):
    assert {None} == {ExchangeMaterial.__dataclass_fields__["life"].default}
    for exchange in catalogue.exchanges:
        life = catalogue.life_of(exchange)
        (event,) = (event for event in life.events if event.exchange == exchange.id)
        assert f"../vie/#evenement-{event.id}" in _life(f"{exchange.family}/x.md", exchange, life)
