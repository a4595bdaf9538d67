"""The reference of a set of schema files, with every construct of XSD."""

import shutil
from pathlib import Path

import pytest
from lxml import etree

from memhon.errors import SchemaError
from memhon.schemas import Key, package_reference, paths, reference, source, tree

XS = "{http://www.w3.org/2001/XMLSchema}"
EVERY = Path(__file__).parent / "every"


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    folder = tmp_path_factory.mktemp("every")
    shutil.copytree(EVERY, folder, dirs_exist_ok=True)
    other = (EVERY / "other.xsd").read_text(encoding="utf-8").replace("UTF-8", "ISO-8859-1")
    (folder / "other.xsd").write_bytes(other.encode("latin-1"))
    return reference(folder, ["other.xsd", "top.xsd"])


@pytest.fixture(scope="module")
def kinds(every):
    return {kind.name: kind for schema in every.schemas for kind in schema.types if schema.links}


@pytest.fixture(scope="module")
def root(every):
    kind = every.type(Key("top.xsd", "Root"))
    return {member.name: member for member in kind.members}


def test_files_that_contradict_each_other_are_compiled_apart(every):
    assert [schema.path for schema in every.schemas] == [
        *("base.xsd", "chameleon.xsd", "other.xsd", "top.xsd")
    ]
    assert every.compilations == 2
    assert every.type(Key("other.xsd", "Root")).kind == "simple"
    assert every.type(Key("top.xsd", "Root")).kind == "complex"


def test_our_own_files_are_compiled_five_times_not_once_a_message():
    assert package_reference().compilations == 5


def test_a_file_without_namespace_works_for_the_one_that_includes_it(every):
    found = {schema.path: schema.target_namespace for schema in every.schemas}
    assert found["chameleon.xsd"] == "urn:test:base"


def test_facets_narrow_and_patterns_add_up(kinds):
    values = kinds["ShortCode"].values
    assert values.literal == (("maxLength", "3"), ("pattern", ".{2,}"), ("pattern", "[A-Z]+"))
    assert kinds["ShortCode"].bases == (
        ("restriction", "b:Code", Key("base.xsd", "Code")),
        ("restriction", "xs:token", None),
    )


def test_enumerated_values_keep_their_texts_and_the_empty_one(kinds):
    assert kinds["Colour"].values.literal == (("enumeration", "R"), ("enumeration", ""))
    assert kinds["Colour"].values.values == (("R", "Red."), ("", ""))


def test_lists_and_unions_say_what_they_are_made_of(kinds):
    listed = "liste de valeurs séparées par des espaces, chacune : Code"
    assert kinds["Codes"].values.facets == (listed,)
    assert kinds["TwoCodes"].values.facets == (listed, "exactement 2 valeurs")
    assert kinds["TwoCodes"].values.literal == (("length", "2"),)
    assert kinds["CodeOrDate"].values.facets == ("Code ou date (aaaa-mm-jj)",)
    assert "Colour" in kinds["Anyhow"].values.facets[0]


def test_simple_content_has_values_and_attributes(kinds):
    amount, small = kinds["Amount"], kinds["SmallAmount"]
    assert amount.values.facets == ("nombre décimal",)
    assert [(a.name, a.required, a.default) for a in amount.attributes] == [
        ("currency", True, None),
        ("scale", False, "2"),
    ]
    assert small.values.literal == (("maxInclusive", "99"),)
    assert [attribute.name for attribute in small.attributes] == ["currency"]


def test_an_extension_names_what_it_inherits_and_where_from(every, kinds):
    kind = every.type(Key("top.xsd", "Root"))
    assert kind.inherited == ((Key("base.xsd", "Person"), ("name",)),)
    assert "name" not in [member.name for member in kind.members]
    assert [attribute.name for attribute in kind.attributes] == ["id"]
    assert kinds["Person"].abstract
    assert kinds["Person"].members[0].nillable


def test_a_reference_leads_to_the_global_element_and_its_substitutes(root):
    shape = root["shape"]
    assert (shape.reference, shape.abstract) == (Key("base.xsd", "shape"), True)
    assert shape.substitutes == (Key("base.xsd", "circle"),)
    assert shape.namespace == "urn:test:base"
    assert shape.cardinalities == ("1..n",)


def test_a_name_in_two_branches_is_one_element_with_two_places(root):
    assert root["left"].occurs == ((1, 1), (1, 1))
    assert root["left"].choice == ("left", "right + left")
    assert root["left"].group_occurs == (0, None)
    assert root["right"].default == "A B"


def test_a_group_that_contains_itself_ends(root):
    assert root["note"].group == "tail"
    assert root["note"].namespace is None
    branch = root["branch"]
    assert [member.names for member in branch.members] == [("branch", "note"), ("branch", "branch")]
    assert "récursive" in branch.members[1].remarks[0]
    assert branch.members[1].members == ()


def test_anonymous_types_nest_and_mixed_content_is_said(root):
    line = root["line"]
    assert line.cardinalities == ("1..99",)
    assert "mixte" in line.remarks[0]
    detail = line.members[0]
    assert [member.names for member in detail.members] == [("line", "detail", "root")]
    assert [attribute.name for attribute in detail.attributes] == ["kind"]


def test_wildcards_and_empty_content_are_said(every, kinds):
    remarks = " ".join(every.type(Key("top.xsd", "Root")).remarks)
    assert "0..n éléments d'un autre espace de noms" in remarks
    assert "D'autres attributs" in remarks
    assert kinds["Shape"].remarks == ("L'élément n'a pas de contenu.",)


def test_uses_of_a_type_are_found_wherever_it_stands(kinds):
    uses = [(use.how, use.owner, use.names) for use in kinds["Code"].used_by]
    assert uses == [
        ("restriction", "ShortCode", ()),
        ("list", "Codes", ()),
        ("union", "CodeOrDate", ()),
        ("restriction", "Anyhow", ()),
    ]
    assert [(use.owner, use.names) for use in kinds["Colour"].used_by] == [
        ("Anyhow", ()),
        ("Root", ("line", "detail", "kind")),
    ]


def test_a_global_element_knows_who_refers_to_it(every):
    base = next(schema for schema in every.schemas if schema.path == "base.xsd")
    uses = {element.name: [use.names for use in element.used_by] for element in base.elements}
    assert uses == {"shape": [("shape",)], "circle": []}


def test_the_source_is_that_of_the_file_and_of_its_line(every):
    kind = every.type(Key("other.xsd", "Root"))
    assert kind.line == 6
    assert kind.source.splitlines()[:2] == ["<xs:simpleType", '    name="Root">']
    element = next(s for s in every.schemas if s.path == "other.xsd").elements[0]
    assert element.documentation == "été"
    assert every.type(Key("base.xsd", "Shape")).source == '<xs:complexType name="Shape"/>'


def test_every_source_of_ours_is_the_definition_in_the_file():
    for kind in package_reference().types:
        lines = source(kind.schema).decode().splitlines()[kind.line - 1 :]
        found = [line.strip() for line in kind.source.splitlines()]
        assert [line.strip() for line in lines[: len(found)]] == found, kind.key


def test_literal_facets_are_those_of_the_files():
    known = {
        (kind.schema, kind.name): list(kind.values.literal)
        for kind in package_reference().types
        if kind.kind == "simple"
    }
    written = {
        (path, node.get("name")): [
            (etree.QName(facet).localname, facet.get("value"))
            for facet in node.iter(etree.Element)
            if facet.get("value") is not None
        ]
        for path in paths()
        for node in tree(path).getroot().iterchildren(f"{XS}simpleType")
    }
    assert known == written


def test_literal_facets_of_elements_are_those_of_the_files():
    written = [
        (etree.QName(facet).localname, facet.get("value"))
        for path in paths()
        for node in tree(path).getroot().iter(f"{XS}element")
        for facet in node.iterfind(f"{XS}simpleType/{XS}restriction/*[@value]")
    ]
    own = [
        pair
        for schema in package_reference().schemas
        for member in _members(schema)
        if member.type.key is None and member.reference is None
        for pair in member.type.literal
        if not member.type.mentions
    ]
    assert written
    missing = set(own) - set(written)
    assert missing == set()
    assert len(own) <= len(written)


def test_every_declared_element_and_type_is_in_the_reference():
    declared = sorted(
        (path, node.get("name") or node.get("ref").rpartition(":")[2])
        for path in paths()
        for node in tree(path).getroot().iter(f"{XS}element")
    )
    found = sorted(
        (schema.path, member.name)
        for schema in package_reference().schemas
        for member in _members(schema)
    )
    assert found == declared


def test_a_missing_or_broken_file_is_a_clear_error(tmp_path):
    with pytest.raises(SchemaError, match=r"introuvable : none\.xsd"):
        reference(tmp_path, ["none.xsd"])
    (tmp_path / "bad.xsd").write_text("<xs:schema>")
    with pytest.raises(SchemaError, match=r"mal formé : bad\.xsd"):
        reference(tmp_path, ["bad.xsd"])
    text = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="b"/>'
    (tmp_path / "bad.xsd").write_text(f"{text}</xs:schema>")
    with pytest.raises(SchemaError, match=r"inutilisable : bad\.xsd : unknown type 'b'"):
        reference(tmp_path, ["bad.xsd"])


def _members(schema):
    waiting = [*schema.elements, *(m for kind in schema.types for m in kind.members)]
    while waiting:
        member = waiting.pop()
        yield member
        waiting += member.members
