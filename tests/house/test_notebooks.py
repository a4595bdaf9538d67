"""Notebooks carry no output and keep the form of the house."""

import ast
import itertools
import json
import re
import sys

import pytest

OURS = {"memhon", "memhon_bindings"}


@pytest.fixture(scope="module")
def notebooks(root):
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    assert paths
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def test_no_output_and_no_execution_count(notebooks):
    for name, notebook in notebooks.items():
        for cell in _code(notebook):
            assert cell["outputs"] == [], name
            assert cell["execution_count"] is None, name


def test_the_first_cell_is_the_title_and_every_code_cell_is_introduced(notebooks):
    for name, notebook in notebooks.items():
        cells = notebook["cells"]
        assert cells[0]["cell_type"] == "markdown", name
        assert _source(cells[0]).startswith("# "), name
        for before, cell in itertools.pairwise(cells):
            if cell["cell_type"] == "code":
                assert before["cell_type"] == "markdown", (name, _source(cell))


def test_a_notebook_of_an_exchange_keeps_the_fixed_order(notebooks, catalogue):
    for entry in catalogue.exchanges:
        if not entry.alive:
            continue
        cells = [_source(cell) for cell in _code(notebooks[entry.id])]
        failing = [_fails(cell) for cell in _code(notebooks[entry.id])]
        assert 7 <= len(cells) <= 8, entry.id
        assert "Sandbox(" in cells[0], entry.id
        assert f"memhon_bindings.{entry.id.replace('-', '_')}.request_" in cells[1], entry.id
        assert "memhon.validate(" in cells[2], entry.id
        assert "answer = client.send(" in cells[3], entry.id
        assert "answer.trace[-1]" in cells[3], entry.id
        assert "answer.message" in cells[4], entry.id
        assert [False] * (len(cells) - 2) + [True, False] == failing, entry.id
        assert cells[-1] == "sandbox.stop()", entry.id


def test_a_sentence_introduces_each_cell_of_a_notebook_of_an_exchange(notebooks, catalogue):
    for entry in catalogue.exchanges:
        for cell in notebooks[entry.id]["cells"][1:]:
            if cell["cell_type"] == "markdown":
                text = _source(cell)
                assert 1 == len(re.findall(r"[.!?](?=\s|$)", text)), (entry.id, text)
                assert text.endswith("."), (entry.id, text)


def test_one_error_is_provoked_on_purpose(notebooks):
    for name, notebook in notebooks.items():
        assert any(_fails(cell) for cell in _code(notebook)), name


def test_a_notebook_imports_the_toolkit_and_the_bindings_only(notebooks):
    for name, notebook in notebooks.items():
        assert _imports(notebook) - OURS <= sys.stdlib_module_names, name


def test_another_name_says_what_it_touches(notebooks, catalogue):
    ids = {entry.id for entry in catalogue.exchanges}
    for name, notebook in notebooks.items():
        if name not in ids:
            metadata = notebook["metadata"]["memhon"]
            assert metadata["kind"] in {"journey", "topic"}, name
            assert set(metadata["exchanges"]) <= ids, name


def _fails(cell):
    return "raises-exception" in cell["metadata"].get("tags", [])


def test_a_journey_has_short_cells_and_stops_what_it_started(notebooks):
    journeys = {
        name: _code(notebook)
        for name, notebook in notebooks.items()
        if notebook["metadata"].get("memhon", {}).get("kind") == "journey"
    }
    assert {"parcours-ra", "parcours-pid", "erreurs-et-reprises"} <= set(journeys)
    for name, cells in journeys.items():
        assert [cell["id"] for cell in cells if len(cell["source"]) > 15] == [], name
        assert "Sandbox(" in _source(cells[0]), name
        assert "sandbox.stop()" in _source(cells[-1]), name


def _code(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _source(cell):
    return "".join(cell["source"])


def _imports(notebook):
    found = set()
    for cell in _code(notebook):
        for node in ast.walk(ast.parse(_source(cell))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").split(".")[0])
    return found
