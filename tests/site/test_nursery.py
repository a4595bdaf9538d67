"""Kernels forked from a warm process are as isolated as started ones, and nothing stays behind."""

import os

import pytest
from nbformat import v4

from memhon.errors import MemhonError
from memhon.site import nursery as nursery_module
from memhon.site.cache import NotebookCache
from memhon.site.execution import channels, execute, new_manager
from memhon.site.nursery import Nursery, nursery

pytestmark = pytest.mark.notebook

LOOK = "import os, sys\nprint(os.getpid(), os.getppid(), 'memhon.site' in sys.modules)"
MARK = "import memhon\nprint(hasattr(memhon, 'mark'))\nmemhon.mark = 1"
WHERE = (
    "import os, sys\n"
    "print(os.getcwd())\nprint(sys.flags.hash_randomization, os.environ['NO_COLOR'])\n"
    "print([place for place in sys.path if place.endswith('site')])"
)


def _run(folder, **cells):
    notebooks = {
        name: v4.new_notebook(cells=[v4.new_code_cell(text)]) for name, text in cells.items()
    }
    cache = NotebookCache(folder / "kept", "s")
    done, _ = execute(notebooks, cache, workdir=folder / "work", roots=())
    return {name: found.cells[0].outputs[0].text.split("\n") for name, found in done.items()}


def _is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_every_notebook_has_a_process_of_its_own_and_all_of_them_end(tmp_path):
    told = _run(tmp_path, one=LOOK, other=LOOK)
    seen = [lines[0].split() for lines in told.values()]
    pids = {int(pid) for found in seen for pid in found[:2]}
    assert 3 == len(pids)
    assert {"False"} == {found[2] for found in seen}
    assert [] == [pid for pid in pids if _is_there(pid)]


def test_what_one_notebook_changes_no_other_sees(tmp_path):
    told = _run(tmp_path, one=MARK, other=MARK)
    assert {"one": ["False", ""], "other": ["False", ""]} == told


@pytest.mark.parametrize("forks", [True, False])
def test_a_kernel_finds_the_same_surroundings_however_it_was_made(tmp_path, monkeypatch, forks):
    monkeypatch.setattr(nursery_module, "FORKS", forks and nursery_module.FORKS)
    expected = [str(tmp_path / "work"), "0 1", "[]", ""]
    assert {"one": expected} == _run(tmp_path, one=WHERE)


def test_where_no_process_can_be_forked_there_is_no_nursery(monkeypatch):
    monkeypatch.setattr(nursery_module, "FORKS", False)
    with channels() as folder, nursery(new_manager(folder)) as source:
        assert source is None


def test_a_nursery_that_has_ended_is_a_clear_error(tmp_path):
    made = Nursery(["true"], {})
    with pytest.raises(MemhonError, match="prépare les carnets"):
        made.order([], {}, str(tmp_path))
    made.close()
