"""The SARIF log keeps what the standard demands (numbers are its sections)."""

import json
from urllib.parse import unquote

import pytest

from memhon.findings import Report, Verdict, explain
from memhon.findings.formats import FORMATS
from memhon.findings.formats.corrections import fixes

HERE = {"uri": "f.xml", "index": 0}


def _run(reports, lang="fr", **options):
    written = FORMATS["sarif"](reports, lang, **options)
    written.encode("utf-8")
    log = json.loads(written)
    assert "2.1.0" == log["version"]
    (run,) = log["runs"]
    return run


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_rules_come_from_the_registry(every, lang):
    run = _run(every, lang)
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) == len({rule["id"] for rule in rules})
    for rule in rules:
        wording = explain(rule["id"]).texts[lang]
        assert wording.title == rule["shortDescription"]["text"]
        assert wording.fix in rule["help"]["text"]
        assert len(rule["properties"]["tags"]) == len(set(rule["properties"]["tags"]))
    assert lang == run["language"]


def test_every_result_refers_to_its_rule_and_document(every):
    run = _run(every)
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    assert sum(len(report.findings) for report in every) == len(run["results"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        place = physical["artifactLocation"]
        assert artifacts[place["index"]]["location"]["uri"] == place["uri"]
        assert physical.get("region", {"startLine": 1})["startLine"] >= 1
        assert 64 == len(result["partialFingerprints"]["memhon/v1"])
        # 3.27.10: what is not « fail » has the level « none »
        assert (result["kind"] == "fail") is (result["level"] != "none")


def test_levels_follow_severities(every):
    levels = {result["ruleId"]: result["level"] for result in _run(every)["results"]}
    expected = {"XSD-013": "error", "XSD-030": "warning", "LIMIT-002": "none", "CRASH-001": "none"}
    assert expected == {id_: levels[id_] for id_ in expected}


def test_the_run_is_successful_only_when_everything_was_judged(every, good, bad):
    for reports in ([good], [good, bad]):
        (invocation,) = _run(reports)["invocations"]
        assert (True, []) == (
            invocation["executionSuccessful"],
            invocation["toolExecutionNotifications"],
        )
    (invocation,) = _run(every)["invocations"]
    undecided = [report for report in every if report.verdict is Verdict.UNDECIDED]
    assert False is invocation["executionSuccessful"]
    assert len(undecided) == len(invocation["toolExecutionNotifications"])
    (invocation,) = _run([good], planned=2)["invocations"]
    assert False is invocation["executionSuccessful"]


def test_a_place_has_line_column_and_path(bad):
    (location,) = _run([bad])["results"][0]["locations"]
    assert {"startLine": 12, "startColumn": 12} == location["physicalLocation"]["region"]
    (logical,) = location["logicalLocations"]
    assert ("element", "titre") == (logical["kind"], logical["name"])
    assert bad.findings[0].xpath == logical["fullyQualifiedName"]


def test_a_file_given_twice_is_one_artifact(bad):
    run = _run([bad, bad])
    assert 1 == len(run["artifacts"])
    assert {0} == {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["index"]
        for result in run["results"]
    }


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("a b/é.xml", "a%20b/%C3%A9.xml"),
        ("/tmp/x.xml", "file:///tmp/x.xml"),
        ("C:\\dossier\\x y.xml", "file:///C:/dossier/x%20y.xml"),
        ("a:b.xml", "a%3Ab.xml"),
        ("\udcff.xml", "%FF.xml"),
        (None, "document"),
    ],
)
def test_names_become_uris(source, uri):
    report = Report(Verdict.VALID, None, None, None, (), (), source)
    assert uri == _run([report])["artifacts"][0]["location"]["uri"]


def test_no_link_is_smuggled_into_a_message(hostile):
    for result in _run([hostile])["results"]:
        assert "](" not in result["message"]["text"]
        assert "\x1b" not in json.dumps(result, ensure_ascii=False)
    assert "onerror" in unquote(_run([hostile])["artifacts"][0]["location"]["uri"])


def _applied(text, fix):
    lines = text.splitlines(keepends=True)
    for part in reversed(fix["artifactChanges"][0]["replacements"]):
        region = part["deletedRegion"]
        new = part.get("insertedContent", {}).get("text", "")
        if "endColumn" in region:
            assert (1, 1) == (region["startColumn"], region["endColumn"])
            lines[region["startLine"] - 1 : region["endLine"] - 1] = [new]
        else:
            end = "\n" if lines[region["endLine"] - 1].endswith("\n") else ""
            lines[region["startLine"] - 1 : region["endLine"]] = [new + end]
    return "".join(lines)


def test_a_document_of_one_line_gets_no_line_feed():
    (fix,) = fixes("@@ -1 +1 @@\n-<a>1</a>\n+<a>2</a>", HERE, "why")
    assert "<a>2</a>" == _applied("<a>1</a>", fix)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ("@@ -2,1 +2,1 @@\n-b\n+B", "a\nB\nc\nd\n"),
        ("--- f\n+++ f\n@@ -1,4 +1,4 @@\n a\n-b\n+B\n c\n-d\n+D\n+E", "a\nB\nc\nD\nE\n"),
        ("@@ -1,3 +1,2 @@\n a\n-b\n c", "a\nc\nd\n"),
        ("@@ -2,0 +3,1 @@\n+x", "a\nb\nx\nc\nd\n"),
        ("@@ -1 +1 @@\n-a\n+A\n@@ -4 +4 @@\n-d\n+--- D", "A\nb\nc\n--- D\n"),
    ],
)
def test_a_diff_becomes_replacements(edit, expected):
    (fix,) = fixes(edit, HERE, "why")
    assert {"text": "why"} == fix["description"]
    assert expected == _applied("a\nb\nc\nd\n", fix)


@pytest.mark.parametrize("edit", ["", "no diff", "@@ -1 +1 @@\n-a\n+•••", "@@ -1 +1 @@\n-a\n+b…"])
def test_a_masked_or_cut_line_is_never_written_back(edit):
    assert [] == fixes(edit, HERE, "why")


def test_a_result_carries_its_correction(bad, warned):
    first, second, third = _run([bad, warned])["results"]
    assert [True, True, False] == ["fixes" in result for result in (first, second, third)]
    assert "+    <titre>Docteur</titre>" in first["properties"]["edit"]
