"""The PDF inside the catalogue's examples is the printed form of the note that carries it."""

import re
from importlib.metadata import version

import pytest

import poppler
import printed_examples
from memhon.catalogue import load
from memhon.messages import parse
from memhon.pdf import print_fee_note

NOTE = parse(load().example("ra-depot", "request", "rich").data)


@pytest.fixture(scope="module")
def pinned(root):
    """The version of Typst that continuous integration and ``make`` install."""
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    return re.search(r"^typst==(.+)$", text, re.MULTILINE)[1]


def test_it_is_what_is_printed_now(pinned, tmp_path):
    """Other versions of Typst write other bytes, which say the same on as many pages."""
    fresh = print_fee_note(NOTE)
    if version("typst") == pinned:
        assert fresh.data == NOTE.document, "run `make regenerate`"
    kept, made = tmp_path / "kept.pdf", tmp_path / "made.pdf"
    kept.write_bytes(NOTE.document)
    made.write_bytes(fresh.data)
    assert poppler.text(made, "-layout") == poppler.text(kept, "-layout")
    assert NOTE.footer.nombre_de_page == fresh.pages


def test_the_script_that_writes_it_changes_nothing_else():
    document = re.compile(rb"<document>[^<]+</document>")
    for path, made in printed_examples.fresh().items():
        kept = path.read_bytes()
        assert document.sub(b"", kept) == document.sub(b"", made), path.name
        assert 1 == len(document.findall(kept)), path.name


def test_the_note_is_given_back_with_the_pdf_that_was_deposited():
    answer = parse(load().example("ra-doc", "response", "rich").data)
    assert NOTE.document == answer.memoire_honoraire.document
