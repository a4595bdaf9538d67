"""The JUnit document, opened by a parser that build servers use."""

import xml.etree.ElementTree as ET

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from memhon.findings import Verdict
from memhon.findings.formats import FORMATS


def _suites(reports, lang="fr", **options):
    return list(JUnitXml.fromstring(FORMATS["junit"](reports, lang, **options).encode("utf-8")))


def _results(suite):
    return {case.name: [type(result) for result in case.result] for case in suite}


def test_one_suite_a_file_and_one_case_a_layer(good, bad):
    first, second = _suites([good, bad])
    assert {"forme": [], "schéma": []} == _results(first)
    assert {"forme": [], "schéma": [Failure]} == _results(second)
    assert ("bon.xml", "f.xml") == (first.name, second.name)
    assert (2, 0, 0, 0.00375) == (first.tests, first.failures, first.errors, first.time)
    assert (2, 1, 0, 0.003) == (second.tests, second.failures, second.errors, second.time)
    properties = {prop.name: prop.value for prop in second.properties()}
    assert ("invalid", "ra-depot") == (properties["verdict"], properties["exchange"])


def test_a_failure_tells_everything(bad):
    (suite,) = _suites([bad], "en")
    (failure,) = [case.result[0] for case in suite if case.result]
    assert "XSD-013" == failure.type
    assert failure.message == f"{bad.findings[0].text('en')} (+ 1)"
    assert "<titre>Docteur & ami</titre>" in failure.text
    assert bad.findings[0].wording("en").fix in failure.text


def test_what_was_not_judged_is_an_error(limited, crashed, unread):
    first, second, third = _suites([limited, crashed, unread])
    assert {"forme": [Error], "schéma": [Skipped]} == _results(first)
    assert {"forme": [], "schéma": [Error]} == _results(second)
    assert {"verdict": [Error]} == _results(third)


def test_a_warning_fails_nothing_and_is_told(warned):
    (suite,) = _suites([warned])
    assert (0, 0) == (suite.failures, suite.errors)
    assert ["XSD-030"] == [case.system_out[:7] for case in suite if case.system_out]


def test_a_suite_is_clean_only_when_the_message_is_valid(every):
    for report, suite in zip(every, _suites(every), strict=True):
        clean = suite.failures + suite.errors == 0
        assert clean is (report.verdict is Verdict.VALID), report.source
        results = [result for case in suite for result in case.result]
        assert suite.failures == sum(isinstance(result, Failure) for result in results)
        assert suite.errors == sum(isinstance(result, Error) for result in results)


def test_the_totals_are_the_sums(every):
    root = ET.fromstring(FORMATS["junit"](every))
    for name in ("tests", "failures", "errors", "skipped"):
        assert int(root.get(name)) == sum(int(suite.get(name)) for suite in root)


def test_a_partial_run_is_no_success(good):
    document = FORMATS["junit"]([good], planned=3)
    suites = list(JUnitXml.fromstring(document.encode()))
    assert [0, 1] == [suite.errors for suite in suites]
    assert "1" == ET.fromstring(document).get("errors")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_message_cannot_break_the_document(hostile, lang):
    (suite,) = _suites([hostile], lang)
    assert ["failure"] == [result._tag for case in suite for result in case.result][:1]
    assert "\\x1b" in suite.name
