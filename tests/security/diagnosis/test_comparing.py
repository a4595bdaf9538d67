"""Two messages side by side: the first step and the first octet at which they part."""

import re

import pytest

from memhon.security.diagnosis import compare
from memhon.security.diagnosis.comparing import difference
from resigning import NAMES, messages


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_like_itself(name):
    found = compare(messages()[name], messages()[name])
    assert found.steps
    assert [] == [one for one in found.steps if not one.same or one.difference or one.missing]


def test_every_step_is_compared_by_itself():
    data = messages()["step-1-request"]
    steps = [one.step for one in compare(data, data).steps]
    assert [
        "reference Timestamp",
        "reference BinarySecurityToken",
        "reference Body",
        "signed-info",
        "signature-value",
        "certificate",
    ] == steps


def test_the_first_octet_is_shown_in_its_context():
    data = messages()["pid-request"]
    (one,) = [s for s in compare(data.replace(b">C1<", b">C2<"), data).steps if not s.same]
    assert "reference Body" == one.step
    assert b">C2</com:codeActe>" in one.difference.ours
    assert b">C1</com:codeActe>" in one.difference.theirs


def test_what_one_message_lacks_is_named():
    data = messages()["pid-request"]
    bare = re.sub(rb"<ds:Signature .*</ds:Signature>", b"", data, flags=re.DOTALL)
    assert {"theirs"} == {one.missing for one in compare(data, bare).steps}
    assert {"ours"} == {one.missing for one in compare(bare, data).steps}


@pytest.mark.parametrize(
    ("ours", "theirs", "offset"), [(b"", b"x", 0), (b"ab", b"ac", 1), (b"ab", b"abc", 2)]
)
def test_the_offset_is_the_length_of_what_is_common(ours, theirs, offset):
    assert offset == difference(ours, theirs).offset


def test_nothing_differs():
    assert difference(b"x" * 100, b"x" * 100) is None
