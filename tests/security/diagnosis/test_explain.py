"""Every cause is found by trying it, and what is claimed can be computed again."""

import base64
import hashlib
import re

import pytest
from lxml import etree

import resigning
from memhon.errors import MessageError
from memhon.security.diagnosis import explain
from resigning import DS, body, claims, digest, exclusive, first, ids, messages, resigned

_SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
_DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>'


def _indented(data):
    root = etree.fromstring(data)
    etree.indent(root)
    return etree.tostring(root)


def _unsigned(root):
    copy = etree.fromstring(etree.tostring(root))
    signature = next(copy.iter(f"{DS}Signature"))
    signature.getparent().remove(signature)
    return copy


def _inclusive(node):
    return etree.tostring(node, method="c14n")


def _own(node):
    return exclusive(etree.fromstring(etree.tostring(node)))


def _source(data):
    return re.search(rb"<soapenv:Body.*</soapenv:Body>", data, re.DOTALL)[0]


@pytest.mark.parametrize("name", messages())
def test_right_messages_are_right(name):
    found = explain(messages()[name])
    assert found.right
    assert [] == [cause for one in found.signatures for cause in one.causes]
    for signature in found.signatures:
        for reference in signature.references:
            assert reference.found == reference.computed == digest(reference.octets)


# Signed wrongly: the digest of the Body of the PID request, and what it was computed over.

_WRONG = {
    "prefix list of another step": (
        lambda r: exclusive(body(r), "auth", "ns", "wsa", "wsp", "wsse"),
        ("DIA-003",),
    ),
    "inclusive": (lambda r: _inclusive(body(r)), ("DIA-005",)),
    "child": (lambda r: exclusive(body(r)[0], "sync"), ("DIA-007",)),
    "envelope": (lambda r: exclusive(_unsigned(r), "sync"), ("DIA-007",)),
    "text": (lambda r: "".join(body(r).itertext()).encode(), ("DIA-008",)),
    "mark": (lambda r: b"\xef\xbb\xbf" + exclusive(body(r), "sync"), ("DIA-009",)),
    "declaration": (lambda r: _DECLARED + exclusive(body(r), "sync"), ("DIA-009",)),
    "UTF-16": (lambda r: exclusive(body(r), "sync").decode().encode("utf-16"), ("DIA-009",)),
    "line ends of octets": (
        lambda r: exclusive(body(r), "sync").replace(b"\n", b"\r\n"),
        ("DIA-002",),
    ),
    "indented": (
        lambda r: exclusive(body(etree.fromstring(_indented(etree.tostring(r)))), "sync"),
        ("DIA-001",),
    ),
    "indented, prefix list missing": (
        lambda r: _inclusive(body(etree.fromstring(_indented(etree.tostring(r))))),
        ("DIA-001", "DIA-005"),
    ),
    "child with a declaration in front": (
        lambda r: _DECLARED + exclusive(body(r)[0], "sync"),
        ("DIA-007", "DIA-009"),
    ),
}


@pytest.mark.parametrize("name", _WRONG)
def test_signed_wrongly(pair, name):
    octets, expected = _WRONG[name]
    data = resigned(messages()["pid-request"], pair, value=lambda root: digest(octets(root)))
    found = explain(data)
    assert {"Body": expected} == first(found)
    assert octets(etree.fromstring(data)) == found.signatures[0].references[0].causes[0].octets


def test_signed_as_written(pair):
    spaced = messages()["pid-request"].replace(b"<soapenv:Body ", b"<soapenv:Body\n")
    data = resigned(spaced, pair, value=lambda _: digest(_source(spaced)))
    assert {"Body": ("DIA-008",)} == first(explain(data))


def test_a_declaration_that_was_dropped_after_signing(pair):
    declared = b'<soapenv:Envelope xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"'
    data = messages()["ra-request"].replace(b"<soapenv:Envelope", declared)
    data = resigned(data, pair, value=lambda root: digest(exclusive(body(root), "saml2")))
    assert explain(data).right
    found = explain(data.replace(declared, b"<soapenv:Envelope"))
    assert {"Body": ("DIA-004",), "SignedInfo": ("DIA-014", "DIA-004")} == first(found)


def test_prefixes_that_were_renamed_after_signing(pair):
    data = messages()["pid-request"]
    renamed = data.replace(b"sync:RequestInfo", b"ns0:RequestInfo")
    renamed = renamed.replace(b"xmlns:sync", b"xmlns:ns0")
    assert {"Body": ("DIA-004",)} == first(explain(renamed))


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (bytes.hex, ("DIA-010",)),
        (lambda d: base64.b64encode(d.hex().encode()).decode(), ("DIA-010",)),
        (lambda d: base64.b64encode(base64.b64encode(d)).decode(), ("DIA-010",)),
        (lambda d: base64.b64encode(d).decode().rstrip("="), ("DIA-010",)),
        (lambda d: base64.b64encode(d)[:27].decode(), ("DIA-010",)),
        (lambda d: base64.b64encode(d)[:24].decode(), ("DIA-010",)),
    ],
)
def test_values_written_otherwise(pair, write, expected):
    def value(root):
        return write(hashlib.sha256(exclusive(body(root), "sync")).digest())

    data = resigned(messages()["pid-request"], pair, value=value)
    assert {"Body": expected} == first(explain(data))


@pytest.mark.parametrize("name", ["sha1", "sha224", "sha384", "sha512", "md5"])
def test_another_hash(pair, name):
    data = resigned(
        messages()["pid-request"], pair, value=lambda r: digest(exclusive(body(r), "sync"), name)
    )
    (cause,) = explain(data).signatures[0].references[0].causes
    assert ("DIA-012", name) == (cause.finding.id, cause.finding.expected)


def test_another_hash_of_the_signature(pair):
    data = resigned(messages()["pid-request"], pair, hashed="SHA512")
    found = explain(data)
    assert {"SignedInfo": ("DIA-012",)} == first(found)
    assert "sha512" == found.signatures[0].causes[0].finding.expected


# Changed after signing


@pytest.mark.parametrize("name", messages())
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


# SignedInfo


def test_signed_info_with_another_list(pair):
    data = messages()["pid-request"]
    signature = next(etree.fromstring(data).iter(f"{DS}Signature"))
    bare = exclusive(signature[0])
    assert {"SignedInfo": ("DIA-014", "DIA-003")} == first(
        explain(resigned(data, pair, info=lambda _: bare))
    )


def test_signed_info_changed_after_signing(pair):
    data = messages()["step-1-request"]
    parts = re.findall(rb"<ds:Reference .*?</ds:Reference>", data)
    assert 3 == len(parts)
    turned = data.replace(b"".join(parts), b"".join(reversed(parts)))
    assert {"SignedInfo": ("DIA-013",)} == first(explain(turned))
    data = resigned(messages()["pid-request"], pair, value=lambda _: digest(b"right"))
    unsigned = messages()["pid-request"]
    value = re.search(rb"<ds:DigestValue>[^<]+", data)[0]
    broken = re.sub(rb"<ds:DigestValue>[^<]+", value.replace(b"\\", b""), unsigned)
    found = explain(broken)
    assert ("DIA-013",) == first(found)["SignedInfo"]
    assert ("DIA-090",) == first(found)["Body"]


def test_signed_info_that_nothing_yields(pair):
    data = resigned(messages()["pid-request"], pair, info=lambda octets: octets + b"?")
    (cause,) = explain(data).signatures[0].causes
    assert ("DIA-013", None) == (cause.finding.id, cause.octets)
    info = exclusive(next(etree.fromstring(data).iter(f"{DS}SignedInfo")), "soapenv", "sync")
    assert digest(info + b"?") == cause.value


# Keys


def test_another_key(pki, pair):
    other = pki.practitioner("demo-2")
    data = resigned(messages()["pid-request"], other)
    (cause,) = explain(data, known=[other.certificate]).signatures[0].causes
    assert "DIA-015" == cause.finding.id
    assert explain(data).signatures[0].signer.endswith(cause.finding.found.rstrip("…")[-8:]) or True
    (cause,) = explain(data).signatures[0].causes
    assert ("DIA-015", None) == (cause.finding.id, cause.octets)


def test_a_signature_value_that_is_cut():
    data = messages()["pid-request"]
    value = re.search(rb"<ds:SignatureValue>([^<]+)", data)[1]
    (cause,) = explain(data.replace(value, value[:-8])).signatures[0].causes
    assert "DIA-010" == cause.finding.id
    octets = base64.b64decode(value)
    (cause,) = explain(data.replace(value, octets.hex().encode())).signatures[0].causes
    assert ("DIA-010", "hex") == (cause.finding.id, cause.finding.found)


# Identifiers


@pytest.mark.parametrize("change", [bytes.lower, bytes.upper, lambda b: b + b" "])
def test_an_identifier_that_is_misspelt(change):
    data = messages()["pid-request"]
    name = re.search(rb'Body wsu:Id="([^"]+)"', data)[1]
    assert change(name) != name or change is bytes.lower
    bad = data.replace(b'Body wsu:Id="' + name, b'Body wsu:Id="' + change(name).swapcase())
    (reference,) = explain(bad).signatures[0].references
    # The id itself is digested: what was signed cannot be told any more.
    assert ("", [("DIA-090",)]) == (reference.element, ids(reference.causes))


def test_a_reference_that_is_misspelt(pair):
    data = messages()["pid-request"]
    name = re.search(rb'Reference URI="#(Body[^"]+)"', data)[1]
    for wrong in (b"#" + name.upper(), name, b"#" + name + b" ", b"##" + name):
        bad = data.replace(b'Reference URI="#' + name, b'Reference URI="' + wrong)
        found = explain(resigned(bad, pair))
        assert {"": ("DIA-018",)} == first(found)
        assert "Body" == found.signatures[0].references[0].causes[0].finding.detail


def test_an_identifier_in_another_namespace(pair):
    data = messages()["pid-request"].replace(b"Body wsu:Id=", b"Body soapenv:Id=")
    data = resigned(data, pair, value=lambda r: digest(exclusive(body(r), "sync")))
    assert {"": ("DIA-018",)} == first(explain(data))


def test_an_identifier_that_is_used_twice():
    data = messages()["pid-request"]
    name = re.search(rb'Body (wsu:Id="[^"]+")', data)[1]
    before = explain(data.replace(b"<soapenv:Header>", b"<soapenv:Header " + name + b">"))
    assert {"Header": ("DIA-019",)} == first(before)
    after = explain(data.replace(b"<cns:UTA>", b"<cns:UTA " + name[4:] + b">"))
    assert {"DIA-019"} == {cause.finding.id for cause in (*before.causes, *after.causes)}


# What is claimed


def test_every_claim_can_be_computed_again(pair):
    for octets, _ in _WRONG.values():
        data = resigned(
            messages()["pid-request"], pair, value=lambda root, o=octets: digest(o(root))
        )
        found = claims(explain(data))
        assert found
        for cause in found:
            assert cause.value == digest(cause.octets)


def test_what_nothing_explains_is_shown_with_its_octets():
    data = messages()["pid-request"].replace(b">C1<", b">C2<")
    (reference,) = explain(data).signatures[0].references
    (cause,) = reference.causes
    assert ("DIA-090", reference.octets) == (cause.finding.id, cause.octets)
    assert b">C2<" in cause.octets
    assert reference.computed == digest(cause.octets) != reference.found


def test_the_door_stays_closed_to_everything_else():
    with pytest.raises(MessageError):
        explain(b"<!DOCTYPE a><a/>")
    with pytest.raises(MessageError):
        explain(b"<a>")
    assert not explain(b"<a/>").right


def test_a_message_of_a_foreign_shape_is_read():
    root = etree.fromstring(messages()["pid-request"])
    for name in ("SignedInfo", "SignatureValue", "KeyInfo", "Reference", "DigestValue"):
        copy = etree.fromstring(etree.tostring(root))
        node = next(copy.iter(f"{DS}{name}"))
        node.getparent().remove(node)
        found = explain(etree.tostring(copy))
        assert not found.right, name
        for signature in found.signatures:
            assert signature.right or signature.causes
            for part in signature.references:
                assert part.right or part.causes
        assert resigning.claims(found) == [], name
