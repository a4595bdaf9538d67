"""Files with one fault each: the path says finding and line, and the mended file is beside it.

``tests/cases/<exchange>/invalid/<ID>-line-<n>-<what>.xml`` has its correction in
``tests/cases/<exchange>/valid/<what>.xml``, mended by a person from the text of the finding alone.
"""

import re
from pathlib import Path

import pytest

from memhon.validation import validate

CASES = Path(__file__).resolve().parents[1] / "cases"
INVALID = sorted(CASES.glob("*/invalid/*.xml"))
FACETS = {f"XSD-0{number}" for number in (*range(10, 18), *range(25, 30), *range(32, 36))}
NAME = re.compile(r"(?P<id>[A-Z]+-\d+)-line-(?P<line>\d+)-(?P<what>.+)\.xml")


def label(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", INVALID, ids=label)
def test_the_finding_is_the_one_that_the_path_names(path):
    name = NAME.fullmatch(path.name)
    report = validate(path.read_bytes(), exchange=path.parent.parent.name)
    assert "invalid" == report.verdict
    assert [(name["id"], int(name["line"]))] == [(f.id, f.line) for f in report.findings]


@pytest.mark.parametrize("path", INVALID, ids=label)
def test_the_mended_file_is_valid(path):
    mended = path.parent.parent / "valid" / f"{NAME.fullmatch(path.name)['what']}.xml"
    report = validate(mended.read_bytes(), exchange=path.parent.parent.name)
    assert "valid" == report.verdict, report.to_text()


def test_the_cases_cover_every_facet_class():
    assert len(INVALID) >= 40
    assert set() == FACETS - {NAME.fullmatch(path.name)["id"] for path in INVALID}
