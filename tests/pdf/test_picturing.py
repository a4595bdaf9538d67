"""A picture of a page shows what is printed there."""

import struct

import printed_notes as notes
from memhon.pdf import picture, print_fee_note


def test_it_is_a_whole_page_of_the_size_that_was_asked_for():
    pdf = print_fee_note(notes.example()).data
    assert (b"\x89PNG\r\n\x1a\n", 694, 982) == _head(picture(pdf))
    assert (248, 351) == _head(picture(pdf, dots=30))[1:]


def test_another_page_is_another_picture_and_the_same_is_the_same():
    pdf = print_fee_note(notes.many(60)).data
    first, second = picture(pdf, dots=24), picture(pdf, page=2, dots=24)
    assert (True, False) == (first == picture(pdf, dots=24), first == second)


def _head(png):
    return png[:8], *struct.unpack(">II", png[16:24])
