"""Notebooks run in the interpreter that builds the site, and failures stop the build."""

import json
import sys

import pytest
from nbformat import v4

from memhon.errors import MemhonError
from memhon.site.cache import NotebookCache
from memhon.site.execution import EXPECTED_FAILURE, execute, read

pytestmark = pytest.mark.notebook


@pytest.fixture
def run(tmp_path):
    cache = NotebookCache(tmp_path / "kept", "s")

    def _run(*cells, roots=()):
        notebook = v4.new_notebook(cells=list(cells))
        done, fresh = execute({"essai": notebook}, cache, workdir=tmp_path / "work", roots=roots)
        return done["essai"], fresh

    return _run


def test_the_kernel_is_this_interpreter_and_runs_once(run):
    cell = v4.new_code_cell("import sys\nprint(sys.executable)")
    done, fresh = run(cell)
    assert done.cells[0].outputs[0].text == f"{sys.executable}\n"
    assert fresh == ("essai",)
    assert "execution" not in done.cells[0].metadata
    assert run(cell)[1] == ()


def test_a_fresh_notebook_and_a_kept_one_are_the_same(run):
    cell = v4.new_code_cell("1 + 1")
    (fresh, executed), (kept, again) = run(cell), run(cell)
    assert (executed, again) == (("essai",), ())
    assert kept == fresh


def test_what_is_printed_in_pieces_is_one_output(run):
    done, _ = run(v4.new_code_cell("for n in range(3):\n    print(n, flush=True)"))
    assert ["0\n1\n2\n"] == [output.text for output in done.cells[0].outputs]


def test_a_failing_cell_names_notebook_cell_source_and_error(run):
    with pytest.raises(MemhonError) as caught:
        run(v4.new_markdown_cell("a"), v4.new_code_cell("raise KeyError('perdu')"))
    told = str(caught.value)
    for part in ("essai", "cellule 2", "raise KeyError", "perdu"):
        assert part in told


def test_an_expected_failure_has_to_happen(run):
    tags = {"tags": [EXPECTED_FAILURE]}
    done, _ = run(v4.new_code_cell("raise ValueError('x')", metadata=tags))
    assert done.cells[0].outputs[0].ename == "ValueError"
    with pytest.raises(MemhonError, match="n'a levé aucune erreur"):
        run(v4.new_code_cell("1", metadata=tags))


def test_paths_of_this_machine_are_not_shown(run, tmp_path):
    done, _ = run(v4.new_code_cell(f"print({str(tmp_path / 'a')!r}, object())"), roots=(tmp_path,))
    assert done.cells[0].outputs[0].text == "a <object object at 0x…>\n"


def test_a_port_drawn_by_the_system_is_not_shown_and_a_fixed_one_is(run):
    done, _ = run(v4.new_code_cell("print('http://127.0.0.1:40123/a http://127.0.0.1:8480/')"))
    assert done.cells[0].outputs[0].text == "http://127.0.0.1:…/a http://127.0.0.1:8480/\n"


def test_a_notebook_with_outputs_is_refused(tmp_path):
    cell = v4.new_code_cell("1", outputs=[v4.new_output("stream", name="stdout", text="1")])
    (tmp_path / "a.ipynb").write_text(json.dumps(v4.new_notebook(cells=[cell])))
    with pytest.raises(MemhonError, match="contient des résultats"):
        read(tmp_path)
