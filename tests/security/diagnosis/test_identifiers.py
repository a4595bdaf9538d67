"""References that lead nowhere, or to two elements."""

import re

import pytest

from memhon.security.diagnosis import explain
from resigning import (
    body,
    digest,
    exclusive,
    first,
    ids,
    messages,
    resigned,
)


@pytest.mark.parametrize("change", [bytes.swapcase, bytes.upper, lambda b: b + b" "])
def test_an_identifier_that_is_misspelt(change):
    data = messages()["pid-request"]
    name = re.search(rb'Body wsu:Id="([^"]+)"', data)[1]
    bad = data.replace(b'Body wsu:Id="' + name, b'Body wsu:Id="' + change(name))
    (reference,) = explain(bad).signatures[0].references
    # The id itself is digested: what was signed cannot be told any more.
    assert ("", [("DIA-090",)]) == (reference.element, ids(reference.causes))


def test_a_reference_that_is_misspelt(pair):
    data = messages()["pid-request"]
    name = re.search(rb'Reference URI="#(Body[^"]+)"', data)[1]
    for wrong in (b"#" + name.upper(), name, b"#" + name + b" ", b"##" + name):
        bad = data.replace(b'Reference URI="#' + name, b'Reference URI="' + wrong)
        found = explain(resigned(bad, pair))
        assert {"": ("DIA-018",)} == first(found)
        assert "Body" == found.signatures[0].references[0].causes[0].finding.detail


def test_an_identifier_in_another_namespace(pair):
    data = messages()["pid-request"].replace(b"Body wsu:Id=", b"Body soapenv:Id=")
    data = resigned(data, pair, value=lambda r: digest(exclusive(body(r), "sync")))
    assert {"": ("DIA-018",)} == first(explain(data))


def test_an_identifier_that_is_used_twice():
    data = messages()["pid-request"]
    name = re.search(rb'Body (wsu:Id="[^"]+")', data)[1]
    before = explain(data.replace(b"<soapenv:Header>", b"<soapenv:Header " + name + b">"))
    assert {"Header": ("DIA-019",)} == first(before)
    after = explain(data.replace(b"<cns:UTA>", b"<cns:UTA " + name[4:] + b">"))
    assert {"DIA-019"} == {cause.finding.id for cause in (*before.causes, *after.causes)}
