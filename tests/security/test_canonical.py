"""Exclusive canonicalisation: what prefix lists do, and what libxml2 must not hide."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from memhon.security.canonical import canonical, digest

DATA = (
    b'<a:r xmlns:a="urn:a" xmlns:b="urn:b" xmlns="urn:d">'
    b"<a:x  z=\"1\" y='2'>t<!-- no --></a:x></a:r>"
)


def _inner():
    return etree.fromstring(DATA)[0]


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        ((), b'<a:x xmlns:a="urn:a" y="2" z="1">t</a:x>'),
        (("a",), b'<a:x xmlns:a="urn:a" y="2" z="1">t</a:x>'),
        (("b",), b'<a:x xmlns:a="urn:a" xmlns:b="urn:b" y="2" z="1">t</a:x>'),
        (("#default",), b'<a:x xmlns="urn:d" xmlns:a="urn:a" y="2" z="1">t</a:x>'),
        (("nobody",), b'<a:x xmlns:a="urn:a" y="2" z="1">t</a:x>'),
    ],
)
def test_what_a_prefix_list_adds(prefixes, expected):
    assert expected == canonical(_inner(), prefixes)


def test_a_built_tree_is_never_signed_over_other_octets_than_are_read():
    prefix = f"p{secrets.token_hex(8)}"
    root = etree.Element("{urn:a}r", nsmap={"a": "urn:a"})
    inner = etree.SubElement(root, "{urn:a}x")
    etree.cleanup_namespaces(root, top_nsmap={prefix: "urn:b"}, keep_ns_prefixes=[prefix])
    with pytest.raises(RuntimeError, match="parse the tree first"):
        canonical(inner, [prefix])
    read = canonical(etree.fromstring(etree.tostring(root))[0], [prefix])
    assert f'xmlns:{prefix}="urn:b"'.encode() in read


def test_the_default_namespace_in_a_thread_of_its_own():
    with ThreadPoolExecutor(1) as pool:
        octets = pool.submit(lambda: canonical(_inner(), ["#default"])).result()
    assert octets.startswith(b'<a:x xmlns="urn:d"')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sha256", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        (
            "sha512",
            "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==",
        ),
    ],
)
def test_a_digest_is_the_base64_of_its_octets(name, expected):
    assert expected == digest(b"abc", name)
