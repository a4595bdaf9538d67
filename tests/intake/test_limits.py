"""The limits hold on the tree as well as on the bytes, and when they are moved."""

import pytest

from memhon.errors import MessageError
from memhon.intake import DEFAULT, Limits, read

DEEP = b"<a>" * 300 + b"</a>" * 300
LONG = b"<a>" + b"x" * 11_000_000 + b"</a>"
WIDE = Limits(text=64_000_000)
PARTS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'[<!ENTITY l0 "lol">{PARTS}]'


def refusal(data, limits=DEFAULT):
    with pytest.raises(MessageError) as caught:
        read(data, limits=limits)
    (finding,) = caught.value.findings
    return finding


def test_a_lower_depth_is_seen_on_the_tree():
    assert read(b"<a><b/></a>", limits=Limits(depth=2)).root.tag == "a"
    finding = refusal(b"<a><b>\n<c/></b></a>", Limits(depth=2))
    assert ("LIMIT-002", 2, "2") == (finding.id, finding.line, finding.expected)


def test_the_own_limit_of_the_parser_is_the_default():
    assert read(b"<a>" * 256 + b"</a>" * 256).root.tag == "a"
    assert "LIMIT-002" == refusal(b"<a>" * 257 + b"</a>" * 257).id


@pytest.mark.parametrize(
    "data",
    [b"<a>\n<b>12345678901</b></a>", b"<a>\n<b/>12345678901</a>", b'<a>\n<b c="12345678901"/></a>'],
)
def test_a_lower_text_limit_is_seen_on_the_tree(data):
    finding = refusal(data, Limits(text=10))
    assert ("LIMIT-003", 2, "10") == (finding.id, finding.line, finding.expected)
    assert read(data, limits=Limits(text=11)).root.tag == "a"


def test_a_raised_text_limit_lets_a_longer_text_in():
    assert "LIMIT-003" == refusal(LONG).id
    assert 11_000_000 == len(read(LONG, limits=WIDE).root.text)
    assert "LIMIT-003" == refusal(LONG, Limits(text=10_500_000)).id


def test_a_raised_text_limit_raises_nothing_else():
    assert "LIMIT-002" == refusal(DEEP, WIDE).id
    assert "LIMIT-001" == refusal(LONG, Limits(text=64_000_000, size=1_000_000)).id
    many = b" ".join(b'a%d="1"' % n for n in range(300))
    assert "LIMIT-004" == refusal(b"<a " + many + b"/>", WIDE).id
    assert "FORM-010" == refusal(b"<a>1<!-- x -->2</a>", WIDE).id


@pytest.mark.parametrize(
    "prolog",
    [
        f"<!DOCTYPE a {LAUGHS}>",
        f"\ufeff<!-- {'x' * 70_000} --><!DOCTYPE a {LAUGHS}>",
        f"<?xml version='1.0' encoding='UTF-16'?><!-- \u2d2d\u3e3e --><!DOCTYPE a {LAUGHS}>",
    ],
    ids=["plain", "after a long comment", "utf-16"],
)
def test_entities_stay_bounded_when_the_limits_are_raised(prolog):
    encoding = "utf-16" if "UTF-16" in prolog else "utf-8"
    data = f'{prolog}<a b="&l11;"/>'.encode(encoding)
    assert "FORM-008" == refusal(data, WIDE).id


@pytest.mark.parametrize("name", ["UTF-7", "IBM037", "UTF-32"])
def test_an_encoding_that_could_hide_a_doctype_does_not_raise_the_limits(name):
    data = f'<?xml version="1.0"{" " * 300}encoding="{name}"?>'.encode() + LONG
    assert refusal(data, WIDE).kind in ("form", "limit")


@pytest.mark.parametrize("wrong", [{"text": 64_000_001}, {"depth": 1025}])
def test_nothing_is_raised_without_bound(wrong):
    with pytest.raises(ValueError, match="at most"):
        Limits(**wrong)


def test_a_raised_depth_is_bounded_by_ours():
    limits = Limits(depth=300)
    assert read(DEEP, limits=limits).root.tag == "a"
    assert "LIMIT-002" == refusal(b"<a>" * 301 + b"</a>" * 301, limits).id


def test_declarations_of_namespaces_count_as_attributes():
    declared = " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(257))
    finding = refusal(f"<a>\n<b/><c {declared}/></a>".encode())
    assert ("LIMIT-004", "c", 2) == (finding.id, finding.element, finding.line)


def test_many_signs_of_equality_are_not_many_attributes():
    assert read(b"<a>" + b"=" * 300 + b"<b c='1'/></a>").root.tag == "a"


def test_elements_and_attributes_are_counted_together():
    limits = Limits(elements=1000)
    assert read(b"<a>" + b"<b></b>" * 998 + b"</a>", limits=limits).root.tag == "a"
    assert "LIMIT-006" == refusal(b"<a>" + b"<b></b>" * 1000 + b"</a>", limits).id
    assert "LIMIT-006" == refusal(b"<a>" + b"<b c='1'/>" * 700 + b"</a>", limits).id


@pytest.mark.parametrize("sign", ["!", "?", "=", "! ? ="])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_signs_that_are_looked_for_may_stand_in_a_text(sign, encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>{sign}</a>'.encode(encoding)
    assert sign == read(data).root.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize(("inside", "expected"), [("<!--x-->", "FORM-010"), ("<?x?>", "FORM-011")])
def test_what_splits_a_text_is_seen_in_every_encoding(encoding, inside, expected):
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert expected == refusal(f"{declaration}<a>1{inside}2</a>".encode(encoding)).id
    if encoding != "iso-8859-1":
        assert expected == refusal(f"<a>1{inside}2</a>".encode(encoding)).id
