"""Wrong ways to make a digest: the mistakes of signers, one function each."""

import base64
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from damage_signer import Element, Octets, Way, again, exclusive, inclusive, parsed
from damage_stock import Right
from damage_surgery import Cut, span

BOM = b"\xef\xbb\xbf"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def signed(*, info: Way | None = None, which: int = 0, targets=None, **ways: Way):
    """Signed wrongly; what is not named is right."""
    return lambda stock: again(
        stock.data, stock.key, ways, info or Way(), which=which, targets=targets
    )


def cut_and_signed(cut: Cut, *, targets=None, info: Way | None = None, **ways: Way):
    """Changed first, then signed, rightly or wrongly."""
    return lambda stock: again(cut(stock.data), stock.key, ways, info or Way(), targets=targets)


def changed(*cuts: Cut):
    """Changed after it was signed rightly."""
    return lambda stock: _run(stock.data, cuts)


def then(make, *cuts: Cut):
    """Made somehow, then changed."""
    return lambda stock: _run(make(stock), cuts)


def by_other(stock: Right) -> bytes:
    """Signed by a known key that the message does not name."""
    return again(stock.data, stock.other)


def by_stranger(stock: Right) -> bytes:
    """Signed by a key that nobody knows."""
    return again(stock.data, stock.stranger)


def _run(data: bytes, cuts: Sequence[Cut]) -> bytes:
    for cut in cuts:
        data = cut(data)
    return data


def with_list(*prefixes: str) -> Way:
    """Another prefix list than the one written."""
    return Way(lambda node, _: exclusive(node, prefixes))


def all_in_scope(node: Element, _: Sequence[str]) -> bytes:
    """Every prefix listed."""
    return exclusive(node, [prefix for prefix in node.nsmap if prefix])


def with_comments(node: Element, prefixes: Sequence[str]) -> bytes:
    """Comments kept."""
    return etree.tostring(
        node,
        method="c14n",
        exclusive=True,
        with_comments=True,
        inclusive_ns_prefixes=list(prefixes) or None,
    )


def other_node(path: str) -> Octets:
    """The canonical form of another element of the document."""

    def octets(node: Element, prefixes: Sequence[str]) -> bytes:
        found = node.getroottree().xpath(f"//*[local-name()='{path}']")
        return exclusive(found[0], prefixes)

    return octets


def child(node: Element, prefixes: Sequence[str]) -> bytes:
    """The only child instead of the element."""
    return exclusive(next(node.iterchildren("*")), prefixes)


def content(node: Element, prefixes: Sequence[str]) -> bytes:
    """The canonical form without the element's own tags."""
    octets = exclusive(node, prefixes)
    return octets[octets.index(b">") + 1 : octets.rindex(b"</")]


def text_only(node: Element, _: Sequence[str]) -> bytes:
    """What stands between the tags."""
    return "".join(node.itertext()).encode()


def source(data: bytes) -> Octets:
    """The octets of the element as they stand in the message."""

    def octets(node: Element, _: Sequence[str]) -> bytes:
        start, end = span(data, etree.QName(node).localname)
        return data[start:end]

    return octets


def from_source(local: str, shape=lambda octets: octets):
    """Signed over the text of the element."""

    def make(stock: Right) -> bytes:
        raw = source(stock.data)
        way = Way(lambda node, prefixes: shape(raw(node, prefixes)))
        return again(stock.data, stock.key, {local: way})

    return make


def shaped(change) -> Way:
    """The canonical octets changed in some way."""
    return Way(lambda node, prefixes: change(exclusive(node, prefixes)))


def alone(node: Element, prefixes: Sequence[str]) -> bytes:
    """The element as a document of its own, with no declaration but those that it uses."""
    return exclusive(parsed(exclusive(node, ())), prefixes)


def written(change) -> Way:
    """The digest written in some way."""
    return Way(written=change)


def hexadecimal(digest: bytes) -> str:
    """As hexdigest() gives it."""
    return digest.hex()


def base64_of_hex(digest: bytes) -> str:
    """Twice encoded."""
    return base64.b64encode(digest.hex().encode()).decode()


def url_alphabet(digest: bytes) -> str:
    """The alphabet of addresses."""
    return base64.urlsafe_b64encode(digest).decode()


def unpadded(digest: bytes) -> str:
    """Without the sign at the end."""
    return base64.b64encode(digest).decode().rstrip("=")


def truncated(digest: bytes) -> str:
    """The first twenty octets."""
    return base64.b64encode(digest[:20]).decode()


def hashed(name: str, way: Way | None = None) -> Way:
    """Another hash than the one named."""
    return replace(way or Way(), hashed=name)


INCLUSIVE = Way(inclusive)
COMMENTS = Way(with_comments)
ALL = Way(all_in_scope)
HEX = written(hexadecimal)
ALONE = Way(alone)
BOM_FIRST = shaped(lambda octets: BOM + octets)
DECLARED = shaped(lambda octets: DECLARATION + octets)
CRLF = shaped(lambda octets: octets.replace(b"\n", b"\r\n"))
