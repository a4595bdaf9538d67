"""The counts over many reports."""

from memhon.findings import Severity, Tally, Verdict, make, summary
from memhon.findings.formats import FORMATS, summary_text

ORDER = ["XSD-013", "CRASH-001", "FORM-004", "LIMIT-002", "XSD-030"]


def test_every_verdict_and_finding_is_counted(every):
    counts = summary(every)
    expected = {Verdict.VALID: 2, Verdict.INVALID: 2, Verdict.UNDECIDED: 3}
    assert expected == dict(counts.verdicts)
    assert (7, 7, True) == (counts.planned, counts.judged, counts.complete)
    assert ORDER == [tally.id for tally in counts.findings]
    assert Tally("XSD-013", Severity.ERROR, 2, 1) == counts.findings[0]
    assert Tally("XSD-030", Severity.WARNING, 1, 1) == counts.findings[-1]


def test_nothing_at_all():
    counts = summary([])
    assert [0, 0, 0] == list(counts.verdicts.values())
    assert () == counts.findings
    assert "Bilan : 0 fichier, 0 valide" == summary_text(counts)


def test_what_was_not_judged_is_told_apart_from_what_is_wrong(every):
    weights = {tally.id: tally.weight for tally in summary(every).findings}
    expected = {"XSD-013": "error", "LIMIT-002": "open", "CRASH-001": "open"}
    assert expected == {id_: weights[id_] for id_ in expected}


def test_a_partial_run_says_so_in_every_form(every):
    for lang in ("fr", "en"):
        for name, form in FORMATS.items():
            whole, part = form(every, lang), form(every, lang, planned=70_009)
            assert "70009" in part, name
            assert "70009" not in whole, name


def test_the_language_changes_the_titles(every):
    counts = summary(every)
    for lang in ("fr", "en"):
        title = make("XSD-013").wording(lang).title
        assert title == counts.to_dict(lang)["findings"][0]["title"]
        assert title in summary_text(counts, lang)
