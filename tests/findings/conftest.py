"""Reports that every form has to cope with."""

import pytest

from memhon.findings import Check, CheckStatus, Finding, Report, Verdict, make
from memhon.findings.model import Shown

PASSED = (
    Check("wellformed", CheckStatus.PASSED, 1.25),
    Check("schema", CheckStatus.PASSED, 2.5),
)
FAILED = (
    Check("wellformed", CheckStatus.PASSED, 1.0),
    Check("schema", CheckStatus.FAILED, 2.0),
)
REFUSED = (
    Check("wellformed", CheckStatus.FAILED, 0.5),
    Check("schema", CheckStatus.SKIPPED, 0.0),
)
CRASHED = (
    Check("wellformed", CheckStatus.PASSED, 0.5),
    Check("schema", CheckStatus.CRASHED, 0.75),
)
EXCERPT = (
    "  11 |   <facturier>\n"
    "> 12 |     <titre>Docteur & ami</titre>\n"
    "     |            ^^^^^^^^^^^^^\n"
    "  13 |   </facturier>"
)
EDIT = (
    "--- f.xml\n+++ f.xml\n@@ -12,1 +12,1 @@\n"
    "-    <titre>Docteur & ami</titre>\n+    <titre>Docteur</titre>"
)


def with_place(finding, excerpt, edit):
    values = {name: getattr(finding, name) for name in finding.__slots__ if name != "place"}
    return Finding(**values, place=Shown(excerpt, edit))


def too_long(line=12):
    made = make(
        "XSD-013",
        line=line,
        column=12,
        xpath="/ms2:memoireHonoraire/entete/facturier/titre",
        found="Docteur & ami",
        expected="7",
        element="titre",
    )
    return with_place(made, EXCERPT, EDIT)


def report(verdict, findings=(), checks=PASSED, source="f.xml", exchange="ra-depot"):
    known = (exchange, "request", "1") if exchange else (None, None, None)
    return Report(Verdict(verdict), *known, tuple(findings), checks, source)


@pytest.fixture
def good():
    return report("valid", source="bon.xml")


@pytest.fixture
def warned():
    return report("valid", [make("XSD-030", line=2, element="x")], source="avertissement.xml")


@pytest.fixture
def bad():
    return report("invalid", [too_long(), too_long(14)], FAILED)


@pytest.fixture
def limited():
    finding = make("LIMIT-002", line=1, column=771, found="> 256", expected="256")
    return report("undecided", [finding], REFUSED, "profond.xml", None)


@pytest.fixture
def crashed():
    finding = make("CRASH-001", element="schema", detail="MemoryError: ")
    return report("undecided", [finding], CRASHED, "panne.xml")


@pytest.fixture
def unread():
    return report("undecided", [], (), None, None)


@pytest.fixture
def hostile():
    """A name and values that a terminal, an XML or an HTML reader could trip over."""
    found = '\x1b[31m]]></failure><script>alert("1")</script>\x00\u202e\udc80'
    finding = make("FORM-004", line=1, column=1, found=found, element=found)
    source = "<img src=x onerror=alert(1)>\x1b[2J\udcff&\u202e.xml"
    shown = with_place(finding, f"> 1 | {found}\n    | ^", f"@@ -1 +1 @@\n-{found}\n+ok")
    return report("invalid", [shown], REFUSED, source, None)


@pytest.fixture
def every(good, warned, bad, limited, crashed, unread, hostile):
    return [good, warned, bad, limited, crashed, unread, hostile]
