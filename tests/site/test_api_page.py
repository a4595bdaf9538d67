"""The Python interface as its source tells it."""

import inspect
import re

import pytest

import memhon
from memhon.errors import MemhonError
from memhon.site.api import PublicName, Variable
from memhon.site.api_page import api_page, name_anchor
from memhon.site.api_reading import read_api


@pytest.fixture(scope="module")
def names(root):
    return read_api(memhon.__all__, root / "spec")


@pytest.fixture(scope="module")
def text(names):
    return api_page(names).text


def _of(names, wanted):
    return next(name for name in names if name.name == wanted)


def test_every_public_name_has_its_section(names, text):
    sections = re.findall(r"^### (\w+) \{ #([\w-]+) \}$", text, re.MULTILINE)
    assert sorted(sections) == sorted((name, name_anchor(name)) for name in memhon.__all__)
    ids = re.findall(r"\{ #([\w-]+) \}$", text, re.MULTILINE)
    assert len(ids) == len(set(ids))


def test_every_link_has_its_target(text):
    ids = set(re.findall(r"\{ #([\w-]+) \}$", text, re.MULTILINE))
    linked = set(re.findall(r'href="#([\w-]+)"', text))
    assert name_anchor("Report") in linked
    assert linked <= ids


def test_every_public_name_says_what_it_is(names):
    assert [name.name for name in names if not name.text] == []


def test_parameters_are_those_that_python_sees(names):
    found = _of(names, "validate")
    assert [each.name for each in found.parameters] == [
        *inspect.signature(memhon.validate).parameters
    ]
    assert [each.name for each in found.parameters if not each.text] == []
    assert found.raises == (("CatalogueError", "``exchange`` or a layer is unknown."),)
    assert (found.kind, found.returns) == ("function", "Report")


def test_a_class_has_attributes_methods_and_bases(names):
    fault = _of(names, "SoapFault")
    assert (fault.kind, fault.bases) == ("error", ("TransportError",))
    verdict = _of(names, "Verdict")
    assert verdict.signature == ""
    assert verdict.attributes[0] == Variable("VALID", "", "'valid'", "")
    assert "Report.to_json" in [method.name for method in _of(names, "Report").methods]


def test_nothing_private_is_told(names):
    told = [m.name for name in names for m in (*name.attributes, *name.methods)]
    assert [name for name in told if name.rpartition(".")[2].startswith("_")] == []


def test_a_name_that_is_missing_is_refused(root):
    with pytest.raises(MemhonError, match="nothing_of_the_kind"):
        read_api(["nothing_of_the_kind"], root / "spec")


def test_a_long_call_has_one_parameter_a_line():
    signature = f"f(a: tuple[int, str], b: str = {'x' * 80!r}) -> int"
    name = PublicName("f", "function", signature, (), "", (), "int", "", (), (), ())
    text = api_page([name]).text
    assert "f(\n    a: tuple[int, str],\n    b: str = 'xxx" in text
    assert "',\n) -> int\n" in text
