"""The verdict follows from findings and checks, and a report says what was checked."""

import json

import pytest

from memhon.errors import CatalogueError
from memhon.findings import Check, CheckStatus, Report, Verdict, cut, decide, explain, make

PASSED = Check("wellformed", CheckStatus.PASSED, 1.0)
FAILED = Check("schema", CheckStatus.FAILED, 1.0)
SKIPPED = Check("schema", CheckStatus.SKIPPED, 0.0)
CRASHED = Check("schema", CheckStatus.CRASHED, 0.0)


@pytest.mark.parametrize(
    ("findings", "checks", "expected"),
    [
        ([], [PASSED], Verdict.VALID),
        (["XSD-030"], [PASSED], Verdict.VALID),
        (["SIM-003"], [PASSED], Verdict.VALID),
        (["XSD-013"], [PASSED, FAILED], Verdict.INVALID),
        (["FORM-003"], [FAILED, SKIPPED], Verdict.INVALID),
        (["LIMIT-001"], [FAILED, SKIPPED], Verdict.UNDECIDED),
        (["CRASH-001"], [PASSED, CRASHED], Verdict.UNDECIDED),
        (["XSD-013", "CRASH-001"], [FAILED, CRASHED], Verdict.INVALID),
        ([], [PASSED, SKIPPED], Verdict.UNDECIDED),
        ([], [PASSED, CRASHED], Verdict.UNDECIDED),
        ([], [], Verdict.UNDECIDED),
    ],
)
def test_the_verdict(findings, checks, expected):
    assert expected == decide([make(finding) for finding in findings], checks)


def test_text_and_json_say_the_same():
    finding = make("XSD-013", line=4, xpath="/a/b", element="titre", found="x" * 80, expected="50")
    report = Report(
        Verdict.INVALID, "ra-depot", "request", "1", (finding,), (PASSED, FAILED), "f.xml"
    )
    for lang in ("fr", "en"):
        text = report.to_text(lang)
        value = json.loads(report.to_json(lang))
        assert finding.text(lang) in text
        assert finding.text(lang) == value["findings"][0]["text"]
        assert "XSD-013" in text
        assert "f.xml" in text
    assert "valide" in str(report)
    assert "schéma" in str(report)
    assert 60 == len(finding.found)


def test_an_unknown_id_is_refused():
    with pytest.raises(CatalogueError, match="XSD-013"):
        make("XSD-777")
    with pytest.raises(CatalogueError, match="XSD-013"):
        explain("nothing")


def test_every_placeholder_of_every_text_can_be_filled():
    from memhon.catalogue import load

    for finding_id in load().findings:
        for lang in ("fr", "en"):
            assert "{" not in make(finding_id).text(lang)


def test_a_long_value_is_cut_on_one_line():
    assert "a b c" == cut("a\n  b\tc")
    assert 60 == len(cut("x" * 5_000_000))
