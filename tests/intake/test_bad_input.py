"""Every item of « Bad input »: its verdict, its finding, no traceback, bounded memory.

The times are not asserted here: ``python tests/bench/hostile.py`` prints them.
"""

import tempfile
from pathlib import Path

import pytest

from hostile_cases import CASES
from measure import MEGABYTE, STATUS, outcomes

pytestmark = pytest.mark.skipif(not STATUS.exists(), reason="memory is measured on Linux only")


@pytest.fixture(scope="module")
def measured():
    with tempfile.TemporaryDirectory() as folder:
        for name, case in CASES.items():
            (Path(folder) / name).write_bytes(case.build())
        return outcomes(Path(folder))


@pytest.mark.parametrize("name", CASES)
def test_it_has_its_verdict_and_its_finding(name, measured):
    case = CASES[name]
    assert (case.verdict, case.findings) == (measured[name].verdict, measured[name].findings)


@pytest.mark.parametrize("name", CASES)
def test_it_stays_within_its_memory(name, measured):
    outcome = measured[name]
    assert outcome.memory <= 2 * outcome.size + 60 * MEGABYTE


def test_a_folder_can_be_measured_without_a_case(tmp_path):
    assert {} == outcomes(tmp_path)
