"""The engine of the page « Diagnostiquer une signature », value by value beside the command's."""

import base64
import hashlib
import json
from urllib.parse import urljoin

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from playwright.sync_api import Error

import diagnosed
from damage_surgery import replaced
from damage_ways import cut_and_signed, hashed
from damages import Case, cases
from memhon.security.canonical import canonical
from memhon.site.diagnostic import DATA

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ODD = """<?xml version="1.0"?>
<a xmlns="urn:x" xmlns:p="urn:p" xmlns:q="urn:p" z="1" q:b="&quot;\r\n\t&#13;&#xA;é" a="&lt;">
 t&amp;&lt;&gt;<![CDATA[<x>&]]>\r\n&#13;<?pi some data?><?pj?><!-- c -->é𝄞\u00a0
 <b xmlns=""><c p:q="1" xmlns:p="urn:p2" q:r=""/><d xmlns="urn:x" xml:lang="fr"/></b><e/></a>"""
LISTS = ([], ["p"], ["#default", "q"], ["p", "q", "absent"])
FORMS = """async ({assets, documents, lists}) => {
  const {Document} = await import(`${assets}diagnostic/reading.mjs`);
  const {canonicalText} = await import(`${assets}diagnostic/serial.mjs`);
  const {fromBase64} = await import(`${assets}diagnostic/octets.mjs`);
  return documents.map(data => {
    const read = new Document(fromBase64(data));
    const found = [...read.tree.root.walk()].map(node => lists.map(prefixes => [
      new TextDecoder().decode(read.canonical(node, prefixes)),
      canonicalText(node, read.tree.scope(node), {prefixes}),
    ]));
    read.dispose();
    return found;
  });
}"""
DIGESTS = """async ({assets, texts}) => {
  const {LENGTHS, digest} = await import(`${assets}diagnostic/digests.mjs`);
  const {hex, utf8} = await import(`${assets}diagnostic/octets.mjs`);
  const found = {};
  for (const name of Object.keys(LENGTHS)) {
    found[name] = [];
    for (const text of texts) found[name].push(hex(await digest(name, utf8(text))));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(engine, base):
    """A page with the policy under which the modules work."""
    with engine.new_page() as page:
        page.goto(urljoin(base, diagnosed.ADDRESS), wait_until="networkidle")
        yield page


@pytest.fixture(scope="module")
def data(site):
    return json.loads((site / DATA).read_text(encoding="utf-8"))


def test_the_page_says_of_every_case_what_the_command_says(page, base, data):
    collection = cases()
    assert len(collection) >= 40
    argument = {"assets": f"{base}assets/", "data": data}
    found = page.evaluate(
        diagnosed.PAGE, {**argument, "cases": [diagnosed.asked(case) for case in collection]}
    )
    expected = {case.name: diagnosed.told(case) for case in collection}
    assert _first(expected) == _first(found)
    assert [] == [name for name in expected if expected[name] != found[name]]


def _first(found):
    """The first cause of everything that is wrong, by case."""
    return {
        name: [
            one["causes"][0]["findings"][0][0] for one in (told, *_places(told)) if one["causes"]
        ]
        for name, told in found.items()
    }


def _places(told):
    for signature in told["signatures"]:
        yield signature
        yield from signature["references"]


def _inserted(before: bytes, text: str):
    """A message with something that its signature does not cover."""
    return lambda stock: stock.data.replace(before, text.encode() + before, 1)


def _own(stock) -> str:
    der = stock.key.certificate.public_bytes(Encoding.DER)
    text = base64.b64encode(der).decode()
    return f"<ds:X509Data><ds:X509Certificate>{text}</ds:X509Certificate></ds:X509Data>"


def _another_token(stock) -> bytes:
    """The certificate moves into KeyInfo, and its token shows somebody else's."""
    own, other = (
        base64.b64encode(key.certificate.public_bytes(Encoding.DER))
        for key in (stock.key, stock.other)
    )
    assert own in stock.data
    start, end = stock.data.index(b"<ds:KeyInfo"), stock.data.index(b"</ds:KeyInfo>")
    head, rest = stock.data[:start].replace(own, other), stock.data[end:]
    return head + b"<ds:KeyInfo>" + _own(stock).encode() + rest


SHA = ("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1")
REFUSED = {
    "an unknown child": ("SEC-016", _inserted(b"</ds:Signature>", "<ds:Object/>")),
    "two KeyInfo": ("SEC-016", _inserted(b"</ds:Signature>", "<ds:KeyInfo/>")),
    "two certificates": (
        "SEC-010",
        lambda stock: _inserted(b"</ds:KeyInfo>", _own(stock) * 2)(stock),
    ),
    "two owners": ("SEC-017", _another_token),
    "another hash": ("SEC-005", cut_and_signed(replaced(*SHA), Body=hashed("sha1"))),
}


def test_what_a_receiver_refuses_although_it_is_right_is_told_alike(page, base, data):
    collection = [
        Case(name, "exchange-request-pid", make, ()) for name, (_, make) in REFUSED.items()
    ]
    argument = {"assets": f"{base}assets/", "data": data}
    found = page.evaluate(
        diagnosed.PAGE, {**argument, "cases": [diagnosed.asked(case) for case in collection]}
    )
    assert found == {case.name: diagnosed.told(case) for case in collection}
    told = {name: [c["findings"][0][0] for c in found[name]["causes"]] for name in REFUSED}
    assert {name: [expected] for name, (expected, _) in REFUSED.items()} == told


def test_canonical_forms_are_those_of_the_verifier(page, base, data):
    documents = [ODD.encode(), ODD.replace("\r", "").encode("utf-16")]
    documents += [example["text"].encode() for example in data["examples"]]
    told = page.evaluate(
        FORMS,
        {
            "assets": f"{base}assets/",
            "documents": [base64.b64encode(one).decode() for one in documents],
            "lists": list(LISTS),
        },
    )
    for document, found in zip(documents, told, strict=True):
        elements = list(etree.fromstring(document).iter(etree.Element))
        assert len(elements) == len(found)
        for element, forms in zip(elements, found, strict=True):
            expected = [canonical(element, prefixes).decode() for prefixes in LISTS]
            assert [[one, one] for one in expected] == forms


def test_digests_that_webcrypto_lacks_are_right(page, base):
    texts = ["", "a", "é" * 27, "b" * 55, "c" * 56, "d" * 63, "e" * 64, "f" * 1000]
    found = page.evaluate(DIGESTS, {"assets": f"{base}assets/", "texts": texts})
    assert {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"} == set(found)
    for name, told in found.items():
        assert [hashlib.new(name, text.encode()).hexdigest() for text in texts] == told


def test_a_big_message_is_refused_before_it_is_read(page):
    octets = b"<a>" + b" " * (16 * 1024 * 1024) + b"</a>"
    with pytest.raises(Error, match="la limite est de"):
        page.evaluate(
            """async ({size, address}) => {
              const {Document} = await import(address);
              new Document(new Uint8Array(size));
            }""",
            {"size": len(octets), "address": "/assets/diagnostic/reading.mjs"},
        )
