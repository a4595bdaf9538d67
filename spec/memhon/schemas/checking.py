"""An element against its schema: libxml2 decides, its errors become findings.

libxml2's English never reaches the reader: its messages only yield the values of the facets. What
it gets wrong is put right here: it skips stray characters in ``xs:base64Binary``, refuses white
space around dates, times and ``xsi:type``, and rounds 59.999… seconds up to 60.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack

from lxml import etree
from lxml.etree import ErrorTypes

from memhon.catalogue import Message
from memhon.errors import SchemaError
from memhon.findings import Finding
from memhon.schemas.lexical import plainly
from memhon.schemas.naming import Reader

_LOCK = threading.Lock()


def findings_of(
    schema: etree.XMLSchema,
    element: etree._Element,
    message: Message,
    *,
    show_values: bool = False,
) -> tuple[Finding, ...]:
    """What the schema objects to, in the order of the document.

    Args:
        schema: The compiled schema of the message, published or strict.
        element: Document element of the message; it may stand inside an envelope.
        message: The catalogue's entry, for prefixes and personal fields.
        show_values: Whether values of personal fields are shown.
    """
    reader = Reader(element, message, show_values=show_values)
    entries = _objections(schema, element)
    with ExitStack() as mended:
        while padded := reader.padded(entries):
            mended.enter_context(plainly(padded))
            entries = _objections(schema, element)
    simple = {entry.path for entry in entries if entry.type == ErrorTypes.SCHEMAV_CVC_TYPE_3_1_2}
    found: list[Finding] = []
    for entry in entries:
        repeats = entry.type == ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1
        if not (repeats and entry.path in simple):
            found.append(reader.finding(entry))
    named = {finding.xpath for finding in found}
    found += [finding for finding in reader.stray_base64() if finding.xpath not in named]
    return tuple(found)


def _objections(schema: etree.XMLSchema, element: etree._Element) -> list[etree._LogEntry]:
    """The error log of one validation; empty means valid."""
    # The log belongs to the schema and is emptied by the next validation, in whatever thread.
    with _LOCK:
        if schema.validate(element):
            return []
        entries = list(schema.error_log)
    if not entries:
        raise SchemaError("libxml2 refuse le message sans dire pourquoi")
    return entries
