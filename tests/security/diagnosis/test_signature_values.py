"""SignedInfo and keys: what the signature value itself proves."""

import base64
import re

from lxml import etree

from memhon.security.diagnosis import explain
from resigning import (
    DS,
    digest,
    exclusive,
    first,
    messages,
    resigned,
)

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
    assert cause.finding.expected.endswith("demo-2@example.invalid")
    assert cause.octets == explain(data).signatures[0].octets
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
