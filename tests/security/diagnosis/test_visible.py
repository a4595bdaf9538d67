"""Nothing invisible stays so, and the first difference is where it is."""

import pytest

from memhon.security.diagnosis.differing import first_difference, split
from memhon.security.diagnosis.visible import shortened, visible


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        (b"a b\tc\r\n", "a·b→c←↵"),
        ("é\u00a0\u200b\ufeff\u202e".encode(), "é‹U+00A0›‹U+200B›‹U+FEFF›‹U+202E›"),
        (b"\xe9t\xe9", "‹0xE9›t‹0xE9›"),
        ("·→←↵‹›".encode(), "‹U+00B7›‹U+2192›‹U+2190›‹U+21B5›‹U+2039›‹U+203A›"),
        (b"\x00\x1b[31m", "‹U+0000›‹U+001B›[31m"),
    ],
)
def test_every_octet_is_seen(octets, shown):
    assert shown == visible(octets)


def test_lines_follow_the_drawing():
    assert "a↵\nb" == visible(b"a\nb", lines=True)


def test_the_middle_is_left_out_between_characters():
    octets = "é".encode() * 1000
    head, left, tail = shortened(octets, 101)
    assert len(octets) == len(head) + left + len(tail)
    assert head.decode() + tail.decode()
    assert (b"abc", 0, b"") == shortened(b"abc", 3)


@pytest.mark.parametrize(
    ("ours", "theirs", "offset", "common"),
    [
        (b"abc", b"abd", 2, b"ab"),
        (b"abc", b"ab", 2, b"ab"),
        (b"", b"x", 0, b""),
        ("é".encode(), "è".encode(), 1, b""),
        (b"x" * 500 + b"1", b"x" * 500 + b"2", 500, b"x" * 60),
    ],
)
def test_the_first_difference(ours, theirs, offset, common):
    found = first_difference(ours, theirs)
    assert (offset, common) == (found.offset, split(found)[0])
    assert split(found)[1] != split(found)[2]


def test_equal_octets_do_not_differ():
    assert first_difference(b"same", b"same") is None
