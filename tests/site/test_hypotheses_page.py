"""What is tagged is found, listed under what covers it, and linked where there is a page."""

from datetime import date

import pytest

from memhon.catalogue import Hypothesis
from memhon.errors import MemhonError
from memhon.site.assumed import Assumed, assumed
from memhon.site.hypotheses_page import hypotheses_page

PATH = "x/a.xsd"
SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="root" type="T"/>
  <xs:complexType name="T">
    <xs:annotation><xs:documentation>Un type.</xs:documentation>
      <xs:appinfo source="urn:memhon:provenance">P hypothese</xs:appinfo></xs:annotation>
    <xs:sequence><xs:element name="a"><xs:complexType><xs:sequence>
      <xs:element name="b"><xs:annotation>
        <xs:appinfo source="urn:memhon:provenance">hypothese</xs:appinfo></xs:annotation>
      </xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence>
  </xs:complexType>
  <xs:simpleType name="E"><xs:restriction base="xs:string"><xs:enumeration value="V">
    <xs:annotation><xs:appinfo source="urn:memhon:provenance">hypothese</xs:appinfo>
    </xs:annotation></xs:enumeration></xs:restriction></xs:simpleType>
  <xs:element name="known"><xs:annotation>
    <xs:appinfo source="urn:memhon:provenance">E</xs:appinfo></xs:annotation></xs:element>
</xs:schema>
"""


def _hypothesis(*covers):
    when = date(2026, 1, 1)
    return Hypothesis("h", "Sujet", "Titre", "S", "K", "R", when, covers, {"Page": "ra/a.md#b"})


def _declared(catalogue, aliases):
    found = assumed(catalogue, {PATH: SCHEMA.encode()}, aliases)
    return [statement for statement in found if statement.place == PATH]


def test_declarations_are_found_with_their_place(catalogue):
    pages = "reference/types/a"
    assert _declared(catalogue, {PATH: "a"}) == [
        Assumed(PATH, "type", "T", "Un type.", True, f"{pages}/t.md", ""),
        Assumed(PATH, "élément", "T / a / b", "", False, f"{pages}/t.md", "a-b"),
        Assumed(PATH, "valeur", "E / V", "", False, f"{pages}/e.md", ""),
    ]


def test_a_file_without_pages_of_its_own_leads_to_the_downloads(catalogue):
    places = {(found.address, found.anchor) for found in _declared(catalogue, {})}
    assert places == {("telechargements/index.md", "")}


def test_what_nothing_covers_is_refused(catalogue):
    with pytest.raises(MemhonError, match=r"x/a\.xsd"):
        hypotheses_page([_hypothesis("tariffs")], _declared(catalogue, {}), ())


def test_the_page_says_what_replaces_and_lists_what_depends(catalogue):
    statements = _declared(catalogue, {PATH: "a"})
    address = "reference/types/a/t.md"
    text = hypotheses_page([_hypothesis(PATH)], statements, {address}).text
    for part in (
        "### Titre { #h }",
        "| Ce qui la remplacera | R |",
        '<a href="../../ra/a/#b">Page</a>',
        "(type : 1, élément : 1, valeur : 1)",
        '<a href="../types/a/t/#a-b"><code>T / a / b</code></a>',
        "<li>valeur <code>E / V</code></li>",
        "| **Total** | **1** | **2** | **1** |",
    ):
        assert part in text
