"""Two messages side by side: the first step and the first octet at which they part."""

import re

import pytest

import damages
from memhon.security.diagnosis import compare
from resigning import NAMES, messages

CASES = {case.name: case for case in damages.cases()}
ASSERTIONS = ("right, token-request-saml", "assertion laid out in the request")


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_like_itself(name):
    found = compare(messages()[name], messages()[name])
    assert found.steps
    assert [] == [one for one in found.steps if not one.same or one.difference or one.missing]


def test_every_step_is_compared_by_itself():
    data = messages()["step-1-request"]
    steps = [one.step for one in compare(data, data).steps]
    assert [
        "document",
        "reference timestamp",
        "digest timestamp",
        "reference certificate",
        "digest certificate",
        "reference body",
        "digest body",
        "signed-info",
        "signature-value",
        "certificate",
    ] == steps


def test_the_first_octet_is_shown_in_its_context():
    data = messages()["pid-request"]
    found = compare(data.replace(b">C1<", b">C2<"), data).steps
    document, one = [step for step in found if not step.same]
    assert ("document", "reference body") == (document.step, one.step)
    assert b">C2</com:codeActe>" in one.difference.ours
    assert b">C1</com:codeActe>" in one.difference.theirs


def test_what_one_message_lacks_is_named():
    data = messages()["pid-request"]
    bare = re.sub(rb"<ds:Signature .*</ds:Signature>", b"", data, flags=re.DOTALL)
    assert {"theirs"} == {one.missing for one in compare(data, bare).steps[1:]}
    assert {"ours"} == {one.missing for one in compare(bare, data).steps[1:]}


def test_parts_are_matched_whatever_their_ids_and_order():
    ours = CASES["references in another order"].data
    theirs = ours.replace(b"X509-0000", b"X509-9999")
    said = {one.step: (one.same, one.missing) for one in compare(ours, theirs).steps}
    assert (True, "") == said["reference timestamp"] == said["digest body"]
    assert (False, "") == said["reference certificate"]


def test_the_signature_of_the_assertion_stands_by_itself():
    ours, theirs = (CASES[name].data for name in ASSERTIONS)
    said = {(one.signature, one.step): one.same for one in compare(ours, theirs).steps}
    assert said["assertion", "signed-info"]
    assert said["assertion", "digest assertion"]
    assert not said["assertion", "reference assertion"]
    assert not said["message", "reference assertion"]
    assert said["message", "reference body"]
