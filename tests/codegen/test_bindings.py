"""Bindings are deterministic, drift is seen, and what xsdata warns of is an error."""

import importlib
import logging
import shutil
from pathlib import Path

import pytest

from memhon import codegen
from memhon.codegen import generating
from memhon.codegen.generating import generate
from memhon.errors import BindingsDriftError, SchemaError

GENERATED = Path(__file__).resolve().parents[2] / "generated"


@pytest.fixture
def copy(tmp_path) -> Path:
    target = tmp_path / "generated"
    shutil.copytree(GENERATED, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def test_the_committed_bindings_are_what_the_schemas_produce():
    codegen.check(GENERATED)


def test_regenerating_changes_nothing(copy):
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    codegen.regenerate(copy)
    after = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert before == after


def test_an_edited_file_is_drift_with_a_readable_diff(copy):
    path = next(copy.glob("memhon_bindings/ra_depot/request_v1/mod_*.py"))
    path.write_text(path.read_text().replace("part_personelle", "part_personnelle", 1))
    with pytest.raises(BindingsDriftError) as caught:
        codegen.check(copy)
    assert "-        part_personnelle: " in str(caught.value)
    assert "+        part_personelle: " in str(caught.value)


def test_a_missing_and_a_stray_file_are_drift(copy):
    stray = copy / "memhon_bindings" / "stray.py"
    stray.write_text("x = 1\n")
    (copy / "memhon_bindings" / "ra_doc" / "__init__.py").unlink()
    difference = codegen.drift(copy)
    assert "stray.py" in difference
    assert "ra_doc/__init__.py" in difference


def test_a_failed_run_leaves_the_old_bindings(copy, monkeypatch):
    def broken(package, schema):
        raise SchemaError("kaputt")

    module = importlib.import_module("memhon.codegen.regenerate")
    monkeypatch.setattr(module, "generate", broken)
    before = sorted(path.name for path in copy.rglob("*"))
    with pytest.raises(SchemaError, match="kaputt"):
        codegen.regenerate(copy)
    assert before == sorted(path.name for path in copy.rglob("*"))


HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:x" '
    'targetNamespace="urn:x" elementFormDefault="qualified">'
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    def run(body: str) -> str:
        schema = tmp_path / "s.xsd"
        schema.write_text(f"{HEAD}{body}</xs:schema>")
        monkeypatch.chdir(tmp_path)
        generate("made.here", schema)
        return "".join(path.read_text() for path in sorted(tmp_path.rglob("*.py")))

    return run


def test_nillable_survives_a_named_simple_type(run):
    code = run(
        '<xs:simpleType name="T_M"><xs:restriction base="xs:decimal"/></xs:simpleType>'
        '<xs:element name="r"><xs:complexType><xs:sequence>'
        '<xs:element name="m" type="T_M" nillable="true"/>'
        "</xs:sequence></xs:complexType></xs:element>"
    )
    assert '"nillable": True' in code


def test_a_warning_of_the_generator_is_an_error(run):
    double = '<xs:complexType name="T"><xs:sequence/></xs:complexType>'
    with pytest.raises(SchemaError, match=r"[Dd]uplicate"):
        run(double + double + '<xs:element name="r" type="T"/>')


def test_a_broken_schema_is_an_error(run):
    with pytest.raises(SchemaError):
        run('<xs:element name="r" type="T_Missing"/>')


def test_the_log_handler_is_taken_away_again():
    handlers = list(logging.getLogger("xsdata").handlers)
    with generating._strict():
        pass
    assert handlers == list(logging.getLogger("xsdata").handlers)
