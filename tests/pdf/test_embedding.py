"""A PDF goes into the message; nothing else of it changes."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import printed_notes as notes
from memhon import validate
from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.intake import DEFAULT
from memhon.messages import parse
from memhon.pdf import embed, print_fee_note
from memhon.soap import open_envelope

PDF = b"%PDF-1.7\n" + bytes(range(256)) + b"\n%%EOF\n"
MINIMAL = load().example("ra-depot", "request", "minimal").data
RICH = load().example("ra-depot", "request", "rich").data
ENCODED = base64.b64encode(PDF).decode()
ELEMENT = f"<document>{ENCODED}</document>"


def refusal(*given_to, **options):
    with pytest.raises(MessageError) as caught:
        embed(*given_to, **options)
    return [finding.id for finding in caught.value.findings]


def test_the_printed_note_is_read_back_from_the_message():
    printed = print_fee_note(parse(MINIMAL)).data
    made, warnings = embed(MINIMAL, printed)
    assert ("valid", ()) == (validate(made).verdict.value, warnings)
    assert printed == parse(made).document


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_every_other_byte_stays_where_it_was(codec):
    text = MINIMAL.decode().replace("UTF-8", codec)
    data = text.encode(codec)
    made, _ = embed(data, PDF)
    assert PDF == parse(made).document
    assert text.replace("</ms2:", f"  {ELEMENT}\n</ms2:") == made.decode(codec)


XSI = 'xmlns:x="http://www.w3.org/2001/XMLSchema-instance"'
LAST = "<indicationsSupplementaires/>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LAST, LAST.replace("/>", "></indicationsSupplementaires>")),
        (f"{LAST}\n", LAST),
        (LAST, LAST.replace("/>", "\n/>")),
        (LAST, LAST.replace("/>", f" {XSI} x:schemaLocation='a b/>\"/>'/>")),
        ("\n", "\r\n"),
    ],
)
def test_however_the_message_is_written(before, after):
    data = MINIMAL.decode().replace(before, after).encode()
    assert "valid" == validate(data).verdict.value
    made, _ = embed(data, PDF)
    assert ("valid", PDF) == (validate(made).verdict.value, parse(made).document)
    text = made.decode()
    place = text.index("<document>")
    rest = text[:place] + text[place + len(ELEMENT) :]
    assert notes.squeezed(data.decode()) == notes.squeezed(rest)


def test_a_message_with_a_default_namespace():
    text = MINIMAL.decode().replace("ms2:", "").replace("xmlns:ms2", "xmlns")
    for name in (
        "entete",
        "prestation",
        "paiement",
        "libre",
        "footer",
        "indicationsSupplementaires",
    ):
        text = text.replace(f"<{name}>", f'<{name} xmlns="">').replace(
            f"<{name}/>", f'<{name} xmlns=""/>'
        )
    assert "valid" == validate(text.encode()).verdict.value
    made, _ = embed(text.encode(), PDF)
    assert ("valid", PDF) == (validate(made).verdict.value, parse(made).document)


def test_a_pdf_that_is_there_stays_unless_it_shall_give_way():
    assert ["PDF-008"] == refusal(RICH, PDF)
    made, warnings = embed(RICH, PDF, replace=True)
    assert ["PDF-010"] == [finding.id for finding in warnings]
    start, end = RICH.index(b"<document>"), RICH.index(b"</document>")
    assert RICH[:start] + ELEMENT.encode() + RICH[end + 11 :] == made


@pytest.mark.parametrize(
    "empty", ["<document/>", "<document></document>", "<document>\n </document>"]
)
def test_an_empty_document_is_filled(empty):
    closing = "</ms2:memoireHonoraire>"
    text = MINIMAL.decode().replace(closing, empty + closing)
    made, _ = embed(text.encode(), PDF)
    assert text.replace(empty, ELEMENT) == made.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 cut",
        b"PK\x03\x04%%EOF",
        ENCODED.encode(),
        b" " * 2000 + PDF,
        PDF + b" " * 2000,
    ],
)
def test_what_is_no_whole_pdf_is_refused(data):
    assert ["PDF-002"] == refusal(MINIMAL, data)


def test_the_largest_pdf_goes_in_and_one_byte_more_does_not():
    most = DEFAULT.text // 4 * 3
    fitting = PDF[:-7] + b" " * (most - len(PDF)) + PDF[-7:]
    made, _ = embed(MINIMAL, fitting)
    assert "valid" == validate(made).verdict.value
    assert ["PDF-003"] == refusal(MINIMAL, fitting.replace(b" ", b"  ", 1))


def test_another_message_and_an_envelope_are_refused(wrapped):
    other = load().example("pid-sim", "request", "minimal").data
    assert ["PDF-001"] == refusal(other, PDF)
    assert ["PDF-009"] == refusal(wrapped, PDF)
    assert "memoireHonoraire" in open_envelope(wrapped).body.decode()


@pytest.fixture
def wrapped():
    import wire

    payload = MINIMAL.decode().partition("?>")[2]
    model_uid = load().exchange("ra-depot").model_uid
    made = wire.envelope(payload, model_uid)
    return made if isinstance(made, bytes) else made.encode()


@settings(max_examples=30, deadline=None)
@given(filling=st.binary(max_size=4000), lines=st.integers(1, 5))
def test_any_pdf_comes_back_from_any_note(filling, lines):
    pdf = b"%PDF-2.0" + filling + b"%%EOF"
    made, _ = embed(notes.as_message(notes.many(lines)), pdf)
    assert pdf == parse(made).document
