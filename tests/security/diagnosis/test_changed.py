"""A message that was right when it was signed, and was changed afterwards."""

import re

import pytest
from lxml import etree

from memhon.security.diagnosis import explain
from resigning import (
    NAMES,
    body,
    digest,
    first,
    messages,
    resigned,
)


def _indented(data):
    root = etree.fromstring(data)
    etree.indent(root)
    return etree.tostring(root)


@pytest.mark.parametrize("name", NAMES)
def test_indented_after_signing(name):
    found = explain(_indented(messages()[name]))
    for number, signature in enumerate(found.signatures):
        wrong = first(found, number)
        assert ("DIA-013", "DIA-001") == wrong.pop("SignedInfo")
        assert {("DIA-001",), ("DIA-017", "DIA-001")} >= set(wrong.values())
        assert any(not one.right for one in signature.references)


def test_line_ends_after_signing():
    data = messages()["pid-request"]
    head, _, rest = data.partition(b"<soapenv:Body")
    middle, end, tail = rest.partition(b"</soapenv:Body>")
    carried = b"%b<soapenv:Body%b%b" % (head, middle.replace(b"\n", b"&#13;\n"), end + tail)
    assert {"Body": ("DIA-002",)} == first(explain(carried))
    data = messages()["pid-request"].replace(b"\n", b"\r\n")
    assert explain(data).right


def test_comments_and_instructions():
    data = messages()["pid-request"].replace(b"<cns:UTA>", b"<?editor x?><cns:UTA>")
    assert {"Body": ("DIA-006",)} == first(explain(data))
    assert explain(data.replace(b"<?editor x?>", b"<!-- x -->")).right


def test_comments_that_were_digested(pair):
    data = messages()["pid-request"].replace(b"<cns:UTA>", b"<!-- x --><cns:UTA>")

    def value(root):
        return digest(
            etree.tostring(
                body(root),
                method="c14n",
                exclusive=True,
                with_comments=True,
                inclusive_ns_prefixes=["sync"],
            )
        )

    assert {"Body": ("DIA-006",)} == first(explain(resigned(data, pair, value=value)))


@pytest.mark.parametrize(("width", "end"), [(76, "\n"), (64, "\n"), (76, "&#13;\n")])
def test_folded_base64(width, end):
    data = messages()["step-1-request"]
    text = re.search(rb"X509v3\"[^>]*>([^<]+)<", data)[1].decode()
    folded = end.join(text[at : at + width] for at in range(0, len(text), width))
    found = explain(data.replace(f">{text}<".encode(), f">{folded}<".encode()))
    assert {"BinarySecurityToken": ("DIA-011",)} == first(found)


def test_the_assertion_written_anew():
    data = messages()["step-2-request"]
    start, end = data.index(b"<saml:Assertion"), data.index(b"</saml:Assertion>")
    inside = data[start:end]
    indented = inside.replace(b"><saml:", b">\n  <saml:").replace(b"><ds:", b">\n  <ds:")
    found = explain(data[:start] + indented + data[end:])
    assert {"Assertion": ("DIA-001",)} == first(found)
    assert ("DIA-017", "DIA-001") == first(found, 1)["Assertion"]


def test_the_order_of_children():
    data = messages()["ra-request"]
    one, other = b"<nombre>1</nombre>", b"<montantBrut>57.70</montantBrut>"
    swapped = data.replace(one, b"@").replace(other, one).replace(b"@", other)
    found = explain(swapped)
    assert {"Body": ("DIA-022",)} == first(found)
