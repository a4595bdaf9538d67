"""A digest computed over something else, or written otherwise: what it was is found."""

import base64
import hashlib
import re

import pytest
from lxml import etree

from memhon.security.diagnosis import explain
from resigning import (
    DS,
    body,
    claims,
    digest,
    exclusive,
    first,
    messages,
    resigned,
)

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


def _source(data):
    return re.search(rb"<soapenv:Body.*</soapenv:Body>", data, re.DOTALL)[0]


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


def test_every_claim_can_be_computed_again(pair):
    for octets, _ in _WRONG.values():
        data = resigned(
            messages()["pid-request"], pair, value=lambda root, o=octets: digest(o(root))
        )
        found = claims(explain(data))
        assert found
        for cause in found:
            assert cause.value == digest(cause.octets)
