"""Exclusive XML canonicalisation 1.0, without comments, as every signature of the chain uses it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from lxml import etree

_DEFAULT = "#default"
_WITH_DEFAULT = b'<!DOCTYPE a [<!ATTLIST a b CDATA "#default">]><a/>'
"""Puts the word into the dictionary of the thread's documents, where libxml2 has to find it."""


def canonical(node: etree._Element, prefixes: Sequence[str] = ()) -> bytes:
    """The canonical octets of an element in its document.

    Args:
        node: The element; namespaces declared above it count.
        prefixes: ``PrefixList`` of InclusiveNamespaces; ``#default`` stands for no prefix. A prefix
            that is not declared in scope has no effect.

    Raises:
        RuntimeError: The tree was built, not parsed, and libxml2 would ignore a prefix.
    """
    if _DEFAULT in prefixes:
        etree.fromstring(_WITH_DEFAULT)
    octets = etree.tostring(
        node,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(prefixes) or None,
    )
    if prefixes:
        _effective(node, prefixes, octets)
    return octets


def _effective(node: etree._Element, prefixes: Sequence[str], octets: bytes) -> None:
    # libxml2 takes no prefix that its dictionary does not hold, and says nothing; a document that
    # was built instead of parsed may lack it, and would be signed over other octets than are read.
    start = octets[: octets.index(b">")]
    for prefix, uri in node.nsmap.items():
        name = f"xmlns:{prefix}=" if prefix else "xmlns="
        listed = (prefix or _DEFAULT) in prefixes and bool(uri)
        if listed and f" {name}".encode() not in start:
            raise RuntimeError(
                f"canonicalisation without the prefix {prefix}: parse the tree first"
            )


def digest(data: bytes, name: str = "sha256") -> str:
    """The digest of some octets as it stands in ``DigestValue``.

    Args:
        data: Canonical octets.
        name: A name of hashlib.
    """
    return base64.b64encode(hashlib.new(name, data).digest()).decode("ascii")
