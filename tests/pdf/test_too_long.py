"""A note that would use up the memory of the machine is refused, and no note that may be real."""

import pytest

import printed_notes as notes
from memhon.errors import MessageError
from memhon.pdf import print_fee_note, typesetting
from memhon.pdf.typesetting import MOST_LINES, MOST_SIGNS


def test_the_longest_note_is_printed_and_one_line_more_is_not():
    assert print_fee_note(notes.many(MOST_LINES)).pages > 30
    with pytest.raises(MessageError) as caught:
        print_fee_note(notes.many(MOST_LINES + 1))
    (finding,) = caught.value.findings
    assert ("PDF-011", f"{MOST_LINES + 1} lignes") == (finding.id, finding.found)
    assert f"{MOST_LINES} lignes" == finding.expected


def test_a_field_that_holds_a_whole_document_is_refused():
    note = notes.example()
    note.entete.numero_admission = "A" * MOST_SIGNS
    with pytest.raises(MessageError) as caught:
        print_fee_note(note)
    (finding,) = caught.value.findings
    assert ("PDF-011", f"{MOST_SIGNS} caractères") == (finding.id, finding.expected)
    assert int(finding.found.split()[0]) > MOST_SIGNS


def test_a_thousand_lines_whose_every_field_is_full_are_not_too_long(monkeypatch):
    monkeypatch.setattr(typesetting, "_press", _no_press)
    with pytest.raises(ReachedError):
        print_fee_note(notes.full(MOST_LINES))


class ReachedError(Exception):
    """The press is asked to print."""


def _no_press(_):
    raise ReachedError
