"""The verdict itself: whatever the layers say, « valid » needs every one of them to have passed."""

from hypothesis import given
from hypothesis import strategies as st

from memhon.catalogue import load
from memhon.findings import Check, CheckStatus, Severity, Verdict, decide, make

IDS = st.sampled_from(sorted(load().findings))
FINDINGS = st.lists(IDS.map(make), max_size=4)
CHECKS = st.lists(
    st.builds(
        Check,
        layer=st.sampled_from(["wellformed", "schema"]),
        status=st.sampled_from(CheckStatus),
        milliseconds=st.just(0.0),
    ),
    max_size=4,
)


@given(FINDINGS, CHECKS)
def test_the_verdict_is_the_one_the_house_prescribes(findings, checks):
    unjudged = [finding for finding in findings if finding.kind in ("limit", "crash")]
    wrong = any(
        finding.severity is Severity.ERROR for finding in findings if finding not in unjudged
    )
    run = bool(checks) and all(check.status is CheckStatus.PASSED for check in checks)
    expected = Verdict.UNDECIDED
    if wrong:
        expected = Verdict.INVALID
    elif run and not unjudged:
        expected = Verdict.VALID
    assert expected is decide(findings, checks)
