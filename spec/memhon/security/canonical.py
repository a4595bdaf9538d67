"""Exclusive XML canonicalisation 1.0, without comments, as every signature of the chain uses it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from lxml import etree


def canonical(node: etree._Element, prefixes: Sequence[str] = ()) -> bytes:
    """The canonical octets of an element in its document.

    Args:
        node: The element; namespaces declared above it count.
        prefixes: ``PrefixList`` of InclusiveNamespaces; ``#default`` stands for no prefix. A prefix
            that is not declared in scope has no effect.
    """
    return etree.tostring(
        node,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(prefixes) or None,
    )


def digest(data: bytes, name: str = "sha256") -> str:
    """The digest of some octets as it stands in ``DigestValue``.

    Args:
        data: Canonical octets.
        name: A name of hashlib.
    """
    return base64.b64encode(hashlib.new(name, data).digest()).decode("ascii")
