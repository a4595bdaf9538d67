"""Values that XSD allows and libxml2 refuses, as libxml2 can read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lxml import etree

_WHITE = " \t\r\n"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_FRACTION = re.compile(r"(:59\.\d{3})\d+")


def is_padded(node: etree._Element) -> bool:
    """Whether the value or the ``xsi:type`` of an element would be read in another form."""
    named = node.get(_XSI_TYPE)
    text = node.text or ""
    return _plain(text) != text or (named is not None and named.strip(_WHITE) != named)


@contextmanager
def plainly(nodes: Sequence[etree._Element]) -> Iterator[None]:
    """Write the values of elements so that libxml2 reads them, for the time of a second look."""
    before = [(node, node.text, node.get(_XSI_TYPE)) for node in nodes]
    try:
        for node, text, named in before:
            if named is not None and named.strip(_WHITE) != named:
                # the value may be a text, whose white space counts
                node.set(_XSI_TYPE, named.strip(_WHITE))
            else:
                node.text = _plain(text or "")
        yield
    finally:
        for node, text, named in before:
            node.text = text
            if named is not None:
                node.set(_XSI_TYPE, named)


def _plain(text: str) -> str:
    # white space is collapsed first; libxml2 rounds 59 and many nines to the sixtieth second
    return _FRACTION.sub(r"\1", text.strip(_WHITE))
