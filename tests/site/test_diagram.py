"""Sequence diagrams."""

import re
from xml.etree import ElementTree as ET

from memhon.site.exchange_page import diagram


def test_ids_are_unique_over_all_exchanges_and_every_reference_has_a_target(catalogue):
    drawn = "".join(diagram(exchange) for exchange in catalogue.exchanges)
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids)) == 3 * len(catalogue.exchanges)
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', drawn)) <= set(ids)


def test_a_diagram_is_an_image_with_a_title_and_no_colour_of_its_own(catalogue):
    for exchange in catalogue.exchanges:
        figure = ET.fromstring(diagram(exchange))
        svg = figure.find("{http://www.w3.org/2000/svg}svg")
        assert svg is not None
        assert svg.get("role") == "img"
        assert exchange.request.root in (svg[0].text or "")
        assert "#0" not in ET.tostring(svg, encoding="unicode").replace("url(#", "")
        assert " fill=" not in diagram(exchange)
