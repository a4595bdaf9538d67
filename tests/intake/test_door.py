"""Every refusal of the door, each with its finding and its kind."""

import pytest

from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.intake import Limits, canonical, indented, read

LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"lol") for i in range(12)
)
CASES = {
    "empty": (b"", "FORM-001"),
    "blank": (b" \r\n ", "FORM-001"),
    "bom only": (b"\xef\xbb\xbf", "FORM-001"),
    "text": (b"bonjour", "FORM-002"),
    "json": (b'{"a": 1}', "FORM-025"),
    "pdf": (b"%PDF-1.4 \xe2\xe3", "FORM-023"),
    "text before the root": (b"x<a/>", "FORM-002"),
    "declaration only": (b'<?xml version="1.0"?>', "FORM-003"),
    "cut between elements": (b"<a><b>x</b>", "FORM-003"),
    "cut in a closing tag": (b"<a><b>x</b", "FORM-003"),
    "cut in an opening tag": (b"<a><b", "FORM-003"),
    "cut in an attribute": (b'<a b="x', "FORM-003"),
    "cut in a comment": (b"<a><!-- x", "FORM-003"),
    "cut in cdata": (b"<a><![CDATA[ x", "FORM-003"),
    "cut utf-16": (
        '<?xml version="1.0" encoding="UTF-16"?><a>x</a>'.encode("utf-16")[:-3],
        "FORM-003",
    ),
    "mismatched": (b"<a><b></a>", "FORM-004"),
    "bare ampersand": (b"<a>x & y</a>", "FORM-004"),
    "less than": (b"<a>1 < 2</a>", "FORM-004"),
    "attribute twice": (b'<a x="1" x="2"/>', "FORM-004"),
    "late declaration": (b' <?xml version="1.0"?><a/>', "FORM-004"),
    "xml 1.1": (b'<?xml version="1.1"?><a/>', "FORM-004"),
    "two roots": (b"<a/><b/>", "FORM-005"),
    "text after the root": (b"<a/>fin", "FORM-005"),
    "latin-1 undeclared": ("<a>é</a>".encode("latin-1"), "FORM-006"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', "FORM-006"),
    "utf-7": (b'<?xml version="1.0" encoding="UTF-7"?><a>+AOk-</a>', "FORM-006"),
    "nul": (b"<a>\x00</a>", "FORM-007"),
    "control character": (b"<a>\x01</a>", "FORM-007"),
    "control reference": (b"<a>&#1;</a>", "FORM-007"),
    "doctype": (b"<!DOCTYPE a><a/>", "FORM-008"),
    "doctype after a comment": (b"<!-- x --> <!DOCTYPE a><a/>", "FORM-008"),
    "external dtd": (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', "FORM-008"),
    "internal entity": (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "FORM-008"),
    "external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        "FORM-008",
    ),
    "laughs": (b"<!DOCTYPE a [" + LAUGHS + b"]><a>&l11;</a>", "FORM-008"),
    "html": (b"<!doctype html><html></html>", "FORM-026"),
    "undefined entity": (b"<a>&nbsp;</a>", "FORM-009"),
    "comment inside": (b"<a>10<!-- x -->99</a>", "FORM-010"),
    "instruction inside": (b"<a>10<?x y?>99</a>", "FORM-011"),
    "instruction inside utf-16": (
        '<?xml version="1.0" encoding="UTF-16"?><a><?x y?></a>'.encode("utf-16"),
        "FORM-011",
    ),
    "prefix": (b"<p:a/>", "FORM-018"),
    "prefix of an attribute": (b'<a p:b="1"/>', "FORM-018"),
    "depth": (b"<a>" * 300 + b"</a>" * 300, "LIMIT-002"),
    "long text": (b"<a>" + b"x" * 10_000_001 + b"</a>", "LIMIT-003"),
    "attributes": (b"<a " + b" ".join(b'a%d="1"' % i for i in range(300)) + b"/>", "LIMIT-004"),
}


@pytest.mark.parametrize(("data", "expected"), CASES.values(), ids=CASES.keys())
def test_a_refusal_names_its_cause(data, expected):
    with pytest.raises(MessageError) as caught:
        read(data)
    (finding,) = caught.value.findings
    assert expected == finding.id
    assert ("limit" if expected.startswith("LIMIT") else "form") == finding.kind
    assert finding.text("fr")
    assert finding.text("en")


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_a_document_cut_anywhere_is_truncated(encoding):
    text = load().example("pid-sim", "request", "minimal").data.decode().rstrip()
    data = text.replace("UTF-8", encoding).encode(encoding)
    for length in range(4, len(data)):
        with pytest.raises(MessageError) as caught:
            read(data[:length])
        assert "FORM-003" == caught.value.findings[0].id, data[:length]


def test_a_document_over_the_size_limit_is_not_parsed():
    with pytest.raises(MessageError) as caught:
        read(b"<a" * 600, limits=Limits(size=1000))
    assert "LIMIT-001" == caught.value.findings[0].id


def test_nothing_that_a_terminal_obeys_is_shown():
    for data in (
        b"\x1b[2J bonjour",
        b"<a>\x1b[2J</a>",
        b"<a>\n<\x9b\xc2\x9b31m</a>",
        b'{"\x1b": 1}',
    ):
        with pytest.raises(MessageError) as caught:
            read(data)
        assert caught.value.findings[0].found.isprintable()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<a>\n<nom>Zorglub", "<nom>…"),
        (b"<a>\nZorglub & Cie</nom></a>", "…</nom></a>"),
        (b"<a>\n<b nom='Zorglub' prenom=\"Zorg</a>", "<b nom='…' prenom=\"…</a>"),
        (b'{"nom": "Zorg\\"lub", "prenom": "Zorg', '{"…": "…", "…": "…"'),
    ],
)
def test_a_value_is_not_shown(data, expected):
    with pytest.raises(MessageError) as caught:
        read(data)
    assert expected == caught.value.findings[0].found


def test_comments_around_the_root_are_tolerated():
    document = read(b"<?xml version='1.0'?>\n<!-- Correlation-ID: x -->\n<a/><!-- fin --><?p q?>")
    assert "a" == document.root.tag


def test_the_line_is_that_of_the_document():
    with pytest.raises(MessageError) as caught:
        read(b"<a>\n<b>\n</c>\n</a>")
    assert 3 == caught.value.findings[0].line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_declared_encoding_is_read(encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode(encoding)
    assert "é" == read(data).root.text


def test_the_canonical_form_is_exclusive_and_without_comments():
    root = read(b'<!-- x --><p:a xmlns:p="urn:p" xmlns:q="urn:q"><p:b/></p:a>').root
    assert b'<p:b xmlns:p="urn:p"></p:b>' == canonical(root[0])
    assert b'<p:b xmlns:p="urn:p" xmlns:q="urn:q"></p:b>' == canonical(root[0], prefixes=["q"])


def test_the_indented_view():
    assert "<a>\n  <b/>\n</a>" == indented(b"<a><b/></a>")


def test_only_whoever_asks_lets_comments_and_instructions_inside():
    data = b"<a><!-- x --><?y z?><b/></a>"
    with pytest.raises(MessageError) as refused:
        read(data)
    assert ["FORM-010"] == [finding.id for finding in refused.value.findings]
    assert 3 == len(read(data, interrupted=True).root)
    with pytest.raises(MessageError) as refused:
        read(b"<!DOCTYPE a>" + data, interrupted=True)
    assert ["FORM-008"] == [finding.id for finding in refused.value.findings]
