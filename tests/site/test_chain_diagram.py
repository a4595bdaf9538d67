"""The diagram of the chain is one SVG that can be read without seeing it."""

from html import unescape
from xml.etree import ElementTree as ET

from memhon.site.chain_diagram import STEPS, chain_diagram

SVG = "{http://www.w3.org/2000/svg}"


def test_every_step_is_in_the_text_of_the_diagram():
    tree = ET.fromstring(chain_diagram())
    words = [node.text for node in tree.iter(f"{SVG}text")]
    for step in STEPS:
        told = (step.title, step.peer, step.request, step.sent, step.answer, step.lives)
        assert [word for word in told if word not in words] == []


def test_the_title_tells_the_whole_chain():
    title = ET.fromstring(chain_diagram()).find(f".//{SVG}title")
    assert [step.peer for step in STEPS if step.peer not in unescape(title.text)] == []


def test_nothing_is_drawn_outside():
    svg = ET.fromstring(chain_diagram()).find(f"{SVG}svg")
    height = float(svg.get("height"))
    assert [n.get("y") for n in svg.iter(f"{SVG}text") if float(n.get("y")) > height] == []
