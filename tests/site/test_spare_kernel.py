"""A kernel that was started before gives the same outputs as one that was not."""

import nbformat
import pytest

from memhon.errors import MemhonError
from memhon.site.spare_kernel import SpareKernel

pytestmark = [pytest.mark.notebook, pytest.mark.slow]


@pytest.fixture
def spare(tmp_path):
    kernel = SpareKernel(tmp_path / "kernel", (tmp_path,))
    kernel.start()
    yield kernel
    kernel.stop()


def _notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in sources])


def test_notebooks_run_one_after_the_other_each_in_a_fresh_kernel(spare):
    first = spare.execute("one", _notebook("a = 1\nprint(a)", "'a' in globals()"))
    second = spare.execute("two", _notebook("'a' in globals()"))
    assert [cell.execution_count for cell in first.cells] == [1, 2]
    assert first.cells[0].outputs[0].text == "1\n"
    assert first.cells[1].outputs[0].data["text/plain"] == "True"
    assert second.cells[0].outputs[0].data["text/plain"] == "False"


def test_a_failing_cell_is_named_and_the_next_notebook_runs(spare):
    with pytest.raises(MemhonError, match=r"le carnet one a échoué à la cellule 2"):
        spare.execute("one", _notebook("1", "1 / 0"))
    assert spare.execute("two", _notebook("2")).cells[0].execution_count == 1
