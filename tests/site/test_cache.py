"""Executed notebooks are kept until something that they depend on changes."""

import pytest
from nbformat import v4

from memhon.site.cache import NotebookCache, installed, surroundings


@pytest.fixture
def notebook():
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("texte", id="t"),
            v4.new_code_cell("print(1)", id="c", outputs=[]),
        ]
    )


@pytest.fixture
def roots(tmp_path):
    for name in ("spec", "generated", "xsd"):
        (tmp_path / name / "inner").mkdir(parents=True)
        (tmp_path / name / "inner" / "file").write_text(name)
    return [tmp_path / name for name in ("spec", "generated", "xsd")]


def test_code_and_tags_are_in_the_key_and_prose_is_not(tmp_path, notebook):
    cache = NotebookCache(tmp_path, "s")
    before = cache.key(notebook)
    notebook.cells[0].source = "autre texte"
    assert cache.key(notebook) == before
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    tagged = cache.key(notebook)
    assert tagged != before
    notebook.cells[1].source = "print(2)"
    assert cache.key(notebook) != tagged


@pytest.mark.parametrize("name", ["spec", "generated", "xsd"])
def test_a_changed_new_or_moved_source_changes_the_key(tmp_path, roots, name):
    before = surroundings(roots, {"a": "1"})
    assert surroundings(roots, {"a": "1"}) == before
    file = tmp_path / name / "inner" / "file"
    file.write_text("changed")
    changed = surroundings(roots, {"a": "1"})
    file.rename(file.with_name("other"))
    assert len({before, changed, surroundings(roots, {"a": "1"})}) == 3


def test_compiled_files_do_not_matter_and_versions_do(tmp_path, roots):
    before = surroundings(roots, {"a": "1"})
    (tmp_path / "spec" / "__pycache__").mkdir()
    (tmp_path / "spec" / "__pycache__" / "x.pyc").write_text("")
    assert surroundings(roots, {"a": "1"}) == before
    assert surroundings(roots, {"a": "2"}) != before
    assert {"python", "xsdata", "lxml"} <= set(installed())


def test_outputs_come_back_into_the_notebook_of_today(tmp_path, notebook):
    cache = NotebookCache(tmp_path / "kept", "s")
    assert cache.load(notebook) is None
    done = v4.new_notebook(cells=[cell.copy() for cell in notebook.cells])
    done.cells[1].outputs = [v4.new_output("stream", name="stdout", text="1\n")]
    done.cells[1].execution_count = 1
    cache.keep(notebook, done)
    notebook.cells[0].source = "prose nouvelle"
    loaded = cache.load(notebook)
    assert loaded.cells[0].source == "prose nouvelle"
    assert loaded.cells[1].outputs[0].text == "1\n"
    cache.forget_others([])
    assert cache.load(notebook) is None
