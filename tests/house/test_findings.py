"""Every finding that can be emitted has its texts, every text its own words."""

import re
from collections import Counter

import pytest

from memhon.site.reaching import reaching

FAMILIES = "ANO|DIA|FILE|ZIP|FORM|LIMIT|CRASH|XSD|BIND|PDF|SBX|SEC|NET|MH|SIM|USE|PLA"
FINDING_ID = re.compile(rf"\b(?:{FAMILIES})-\d{{3}}\b")
PLACEHOLDERS = {"element", "found", "expected", "line", "detail"}


@pytest.fixture(scope="module")
def emitted(toolkit):
    """The ids that stand as values in the source; docstrings only talk about them."""
    return {
        match
        for module in toolkit
        for _, text in module.values
        for match in FINDING_ID.findall(text)
    }


@pytest.fixture(scope="module")
def wordings(catalogue):
    """(id, language, field) → text."""
    return {
        (entry.id, lang, field): getattr(wording, field)
        for entry in catalogue.findings.values()
        for lang, wording in entry.texts.items()
        for field in ("title", "text", "cause", "allowed", "fix")
    }


def test_no_family_of_ids_escapes_these_tests(catalogue):
    assert {identifier.split("-")[0] for identifier in catalogue.findings} == set(
        FAMILIES.split("|")
    )


def test_every_emitted_finding_has_its_texts(emitted, catalogue):
    assert emitted
    assert sorted(emitted - set(catalogue.findings)) == []


def test_every_registered_finding_is_emitted_somewhere(emitted, catalogue):
    silent = [
        entry.id
        for entry in catalogue.findings.values()
        if entry.id not in emitted and entry.kind not in {"anomaly", "fault"}
    ]
    assert silent == []


def test_every_finding_is_provoked_by_a_test(catalogue, root):
    house = root / "tests" / "house"
    texts = [path.name for path in (root / "tests" / "cases").rglob("*.xml")]
    texts += [
        path.read_text(encoding="utf-8")
        for path in (root / "tests").rglob("*.py")
        if house not in path.parents
    ]
    provoked = set(FINDING_ID.findall("\n".join(texts)))
    assert sorted(set(catalogue.findings) - provoked) == []


def test_every_refusal_of_the_sandbox_is_reached_over_http(catalogue, root):
    """By what it is and not on demand: a test of the switchboard proves nothing."""
    reached = reaching(root / "tests")
    rows = [row for life in catalogue.lifecycles.values() for row in life.transitions]
    missing = []
    for entry in catalogue.findings.values():
        if entry.kind in ("fault", "desk", "platform") or entry.exchanges:
            names = [entry.id, *(row.id for row in rows if row.refusal == entry.id)]
            tests = [test for name in names for test in reached.get(name, ())]
            if all("switchboard" in test for test in tests):
                missing.append(entry.id)
    assert [] == missing


def test_every_finding_speaks_both_languages(catalogue):
    assert {lang for entry in catalogue.findings.values() for lang in entry.texts} == {"fr", "en"}
    assert all(len(entry.texts) == 2 for entry in catalogue.findings.values())


def test_no_text_is_shared_by_two_findings(wordings):
    counted = Counter(_plain(text) for text in wordings.values())
    shared = sorted(
        f"{key[0]} {key[1]} {key[2]}: {text}"
        for key, text in wordings.items()
        if counted[_plain(text)] > 1
    )
    assert shared == []


def test_no_text_is_shorter_than_it_must_be(wordings):
    least = {"title": 12, "text": 60, "cause": 60, "allowed": 60, "fix": 60}
    short = sorted(
        f"{key[0]} {key[1]} {key[2]} ({len(text)}): {text}"
        for key, text in wordings.items()
        if len(text) < least[key[2]]
    )
    assert short == []


def test_only_the_sentence_has_placeholders(wordings):
    for (identifier, lang, field), text in wordings.items():
        names = set(re.findall(r"\{(\w+)\}", text))
        allowed = PLACEHOLDERS if field == "text" else set()
        assert names <= allowed, (identifier, lang, field)


def test_every_fault_names_its_side(catalogue):
    faults = [entry for entry in catalogue.findings.values() if entry.kind == "fault"]
    assert faults
    assert all(entry.fault and entry.side in {"Client", "Server"} for entry in faults)


def _plain(text):
    return re.sub(r"\W+", " ", text).strip().lower()
