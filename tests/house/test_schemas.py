"""Every schema belongs to one catalogue entry, introduces itself and explains every element."""

import re

import pytest
from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PROVENANCE = "urn:memhon:provenance"
TAGS = frozenset({"D", "S0", "S4", "E", "P", "J", "W", "M", "?", "hypothese"})
SHARED = {"pid/2023_CNS_PID_COMMON-v1.xsd"}


@pytest.fixture(scope="module")
def contract(root):
    """The schema and WSDL files of the contract, by their path below memhon_xsd."""
    folder = root / "xsd" / "memhon_xsd"
    paths = sorted([*folder.rglob("*.xsd"), *folder.rglob("*.wsdl")])
    return {path.relative_to(folder).as_posix(): etree.parse(path).getroot() for path in paths}


@pytest.fixture(scope="module")
def schemas(contract):
    return {name: tree for name, tree in contract.items() if name.endswith(".xsd")}


def test_every_schema_belongs_to_exactly_one_message(schemas, catalogue):
    named = [message.schema for entry in catalogue.exchanges for message in entry.messages]
    files = {name for name in schemas if not name.startswith("mysecu/")}
    assert len(named) == len(set(named))
    assert files == set(named) | SHARED


def test_eight_exchanges_with_request_and_answer(catalogue):
    ids = [entry.id for entry in catalogue.exchanges]
    assert ids == [
        *["ra-depot", "ra-remblist", "ra-rembcons", "ra-doc", "ra-annul"],
        *["pid-sim", "pid-val", "pid-con"],
    ]
    assert all(entry.request and entry.response for entry in catalogue.exchanges)


def test_every_schema_says_that_it_is_not_the_official_one(schemas):
    for name, tree in schemas.items():
        notice = tree[0].find(f"{XS}documentation") if len(tree) else None
        assert notice is not None, name
        assert notice.get(LANG) == "fr", name
        assert "MemHon" in notice.text, name
        assert "officiel" in notice.text, name
        assert tree.get("version", "").startswith("memhon-"), name


def test_every_wsdl_says_that_it_is_not_the_official_one(contract):
    found = {name: tree for name, tree in contract.items() if name.endswith(".wsdl")}
    assert len(found) == 2
    for name, tree in found.items():
        text = " ".join(tree.find(f"{WSDL}documentation").itertext())
        assert "MemHon" in text, name
        assert "officiel" in text, name
        address = tree.find(".//{*}port/{*}address")
        assert address.get("location").startswith("http://127.0.0.1:"), name


def test_every_element_and_type_has_a_french_text_of_its_own(schemas):
    poor = [
        f"{file}:{node.sourceline} {node.get('name')}: {text!r}"
        for file, tree in schemas.items()
        for node in _declared(tree)
        if len(text := _french(node)) < 15 or _plain(text) == _plain(node.get("name"))
    ]
    assert poor == []


def test_every_element_and_type_has_a_provenance(schemas):
    loose = [
        f"{file}:{node.sourceline} {node.get('name')}: {sorted(tags)}"
        for file, tree in schemas.items()
        for node in _declared(tree)
        if not (tags := _provenance(node)) or tags - TAGS
    ]
    assert loose == []


def test_no_schema_fetches_anything(contract):
    for name, tree in contract.items():
        for node in tree.iter(f"{XS}import", f"{XS}include", f"{WSDL}import"):
            location = node.get("schemaLocation") or node.get("location") or ""
            assert "://" not in location, f"{name} {location}"


def _declared(tree):
    """Give every element declared by name and every named type."""
    kinds = (f"{XS}element", f"{XS}complexType", f"{XS}simpleType")
    return [node for node in tree.iter(*kinds) if node.get("name")]


def _french(node):
    found = node.findall(f"{XS}annotation/{XS}documentation")
    return " ".join("".join(text.itertext()) for text in found if text.get(LANG) == "fr").strip()


def _provenance(node):
    found = node.findall(f"{XS}annotation/{XS}appinfo")
    texts = ["".join(info.itertext()) for info in found if info.get("source") == PROVENANCE]
    return {tag for text in texts for tag in re.split(r"[\s,]+", text.strip()) if tag}


def _plain(text):
    return re.sub(r"\W", "", text).lower()
