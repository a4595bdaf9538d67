from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from memhon.soap import correlation_id, identifier

ID = "Id-" + "0f" * 12


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (f"<!--A\nB\nC\nCorrelation-ID: {ID}-->", ID),
        (f"<!-- Correlation-ID:{ID} -->", ID),
        (f"<!--first--><!--Correlation-ID: {ID}-->", ID),
        (f"<?pi?><!--Correlation-ID: {ID}\r\n-->\n<!--last-->", ID),
        ("<!--nothing-->", None),
        ("", None),
    ],
)
def test_the_id_in_the_comment_before_the_envelope(before, expected):
    assert correlation_id(etree.fromstring(f"{before}<a/>")) == expected


def test_a_comment_after_or_inside_does_not_count():
    root = etree.fromstring(f"<a><!--Correlation-ID: {ID}--></a><!--Correlation-ID: {ID}-->")
    assert correlation_id(root) is None


def test_the_observed_form():
    now = datetime.fromisoformat("2023-12-28T00:01:13.539Z")
    expected = "Id-0001703721673539-" + "a" * 16 + "-1"
    assert identifier(now, "a" * 16, 1) == expected


@given(millis=st.integers(0, 4_102_444_800_000))
def test_no_millisecond_is_lost(millis):
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
    assert identifier(instant, "0", 2) == f"Id-{millis:016d}-0-2"
