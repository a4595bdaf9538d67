"""The type reference: every schema, type, element and code has its place, and every link leads."""

import re
from collections import Counter
from pathlib import Path
from posixpath import normpath

import pytest

from memhon.catalogue import Catalogue
from memhon.schemas import Key, reference
from memhon.site.addresses import aliases, element_anchor, schema_page, type_page
from memhon.site.composition import downloads_of, generated
from memhon.site.markup import link
from memhon.site.navigation import navigation
from memhon.site.type_book import TypeBook, TypeMaterial
from memhon.site.type_reference import package_material, type_pages

EVERY = Path(__file__).parent.parent / "schemas" / "every"
_ID = re.compile(r'\{ #([^ }]+) \}|\bid="([^"]+)"')


@pytest.fixture(scope="module")
def types(material):
    return package_material(material.catalogue, material.outlines)


@pytest.fixture(scope="module")
def pages(types):
    return {page.address: page.text for page in type_pages(types)}


@pytest.fixture(scope="module")
def foreign():
    made = reference(EVERY, ["other.xsd", "top.xsd"])
    paths = [schema.path for schema in made.schemas]
    return TypeMaterial(made, aliases((), paths), {})


def test_the_same_material_gives_the_same_pages(types, pages, material):
    again = package_material(material.catalogue, material.outlines)
    assert {page.address: page.text for page in type_pages(again)} == pages


def test_every_schema_and_type_has_a_page_at_its_public_address(types, pages):
    wanted = {"reference/types/index.md"}
    for schema in types.reference.schemas:
        alias = types.aliases[schema.path]
        wanted.add(schema_page(alias))
        wanted |= {type_page(alias, kind.name) for kind in schema.types}
    assert set(pages) == wanted


def test_every_element_of_every_message_has_its_anchor(material, types, pages):
    for outlines in material.outlines.values():
        for row in (row for outline in outlines.values() for row in outline.rows):
            alias = types.aliases[row.schema]
            page = type_page(alias, row.owner) if row.owner else schema_page(alias)
            assert element_anchor(*row.local) in _ids(pages[page]), row.path


def test_no_page_has_an_id_twice(pages, foreign):
    every = [*pages.items(), *((page.address, page.text) for page in type_pages(foreign))]
    for address, text in every:
        twice = [name for name, count in Counter(_ids(text)).items() if count > 1]
        assert twice == [], address


def test_every_link_leads_to_a_page_or_file_and_to_an_id_of_it(material, pages):
    files = downloads_of(material)
    made = {page.address: page.text for page in generated(material, files)}
    known = {_url(address): set(_ids(text)) for address, text in made.items()}
    known |= {file.address: set() for file in files}
    broken = []
    for address in pages:
        here = _url(address)
        for target in re.findall(r'href="([^"]+)"', made[address]):
            path, _, anchor = target.partition("#")
            there = _resolved(here, path)
            if there not in known or (anchor and anchor not in known[there]):
                broken.append((address, target))
    assert broken == []


def test_a_type_page_says_what_an_editor_asks(pages):
    text = pages["reference/types/pid-common-v1/t-acte.md"]
    section = text.partition("### codeActe { #codeActe }")[2].partition("\n### ")[0]
    assert "obligatoire, une fois" in section
    assert "au plus 6 caractères" in section
    assert "<code>maxLength</code> = <code>6</code>" in section
    path = "/cns:simulationMedecin/cns:UTA/cns:Lignes/cns:LigneUTA/cns:acte/com:codeActe"
    assert f'data-copy="{path}" hidden>Copier le XPath</button>' in section
    assert "pid/sim/#requete-simulationmedecin-uta-lignes-ligneuta-acte-codeacte" in section
    assert "<code>TActe.code_acte</code>" in section
    assert "anomalies/#xsd-013" in section
    assert "hypothèse du bac à sable" in section


def test_an_unqualified_step_has_no_prefix(pages):
    text = pages["reference/types/ra-depot-requete-v1/t-prestation.md"]
    assert 'data-copy="/ms2:memoireHonoraire/prestation/codeH"' in text
    section = text.partition("{ #codeH }")[2].partition("\n### ")[0]
    assert "codes/#codes-hospitalisation-" in section
    assert "dans aucun espace de noms" in section


def test_examples_are_those_that_are_given(material):
    path = "simulationMedecin/UTA/Lignes/LigneUTA/acte/codeActe"
    examples = {"pid-sim": {("request", path): "C1 & <C2>"}}
    types = package_material(material.catalogue, material.outlines, examples)
    text = {page.address: page.text for page in type_pages(types)}
    page = text["reference/types/pid-common-v1/t-acte.md"]
    assert "<dt>Exemple</dt> <dd><code>C1 &amp; &lt;C2&gt;</code></dd>" in page


def test_an_untyped_root_says_what_it_is_read_as(pages):
    text = pages["reference/types/ra-depot-reponse-v1/index.md"]
    section = text.partition("### memoireHonorairesRetour {")[2].partition("\n### ")[0]
    assert "MemHon le lit comme" in section
    assert "t-memoirehonorairesretour/" in section


def test_every_code_list_names_elements_that_exist_and_knows_their_values(material):
    rows = [
        (exchange.family, row)
        for exchange in material.catalogue.exchanges
        for outline in material.outlines[exchange.id].values()
        for row in outline.rows
    ]
    for codes in material.catalogue.code_lists:
        for element in codes.elements:
            found = [row for family, row in rows if f"{family}/{row.name}" == element]
            assert found, (codes.id, element)
            values = {
                value for row in found for name, value in row.literal if name == "enumeration"
            }
            assert values <= {code.value for code in codes.codes}, (codes.id, element)


def test_every_enumeration_of_a_message_has_its_code_list(material):
    known = {element for codes in material.catalogue.code_lists for element in codes.elements}
    listed = {
        f"{exchange.family}/{row.name}"
        for exchange in material.catalogue.exchanges
        for outline in material.outlines[exchange.id].values()
        for row in outline.rows
        if any(name == "enumeration" for name, _ in row.literal)
    }
    assert listed
    assert listed <= known


def test_every_element_has_its_python_name(types, material):
    book = TypeBook(types)
    for outlines in material.outlines.values():
        for row in (row for outline in outlines.values() for row in outline.rows):
            assert book.python((row.schema, row.owner, row.local)), row.path


def test_type_pages_are_not_in_the_navigation_but_their_index_is(catalogue: Catalogue):
    below = ["reference/types/x/index.md", "reference/types/x/t-uta.md"]
    text = str(navigation(catalogue.exchanges, ["index.md", "reference/types/index.md", *below]))
    assert text.count("reference/types/") == 1
    assert "reference/types/index.md" in text


def test_names_that_differ_by_capitals_have_pages_of_their_own(foreign):
    book = TypeBook(foreign)
    assert book.page(Key("top.xsd", "Root")) == "reference/types/top/root.md"
    assert book.page(Key("top.xsd", "root")) == "reference/types/top/root-2.md"


def test_any_schema_set_has_pages_whose_links_lead(foreign):
    made = {page.address: page.text for page in type_pages(foreign)}
    known = {_url(address): set(_ids(text)) for address, text in made.items()}
    known[link("index.md", "reference/anomalies.md")] = set()
    broken = [
        (address, target)
        for address, text in made.items()
        for target in re.findall(r'href="([^"]+)"', text)
        if "anomalies/" not in target
        and not _leads(known, _resolved(_url(address), target.partition("#")[0]), target)
    ]
    assert broken == []
    text = made["reference/types/top/root.md"]
    for said in ("circle", "récursive", "mixte", "@id", "right + left", "Hérités de"):
        assert said in text, said


def _leads(known, there, target):
    anchor = target.partition("#")[2]
    return there in known and (not anchor or anchor in known[there])


def _ids(text):
    return [one or other for one, other in _ID.findall(text)]


def _url(address):
    return "" if address == "index.md" else address.removesuffix(".md").removesuffix("/index") + "/"


def _resolved(here, path):
    if not path:
        return here
    joined = normpath(here + path)
    return "" if joined == "." else f"{joined}/" if path.endswith("/") else joined
