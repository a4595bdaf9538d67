"""The values that the recorded messages carry, by element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET

from memhon.site.records import Recorded

Examples = Mapping[tuple[str, str], str]
"""Direction and path of an element → the first value recorded for it."""


def example_values(records: Iterable[Recorded], answers: Iterable[bytes] = ()) -> Examples:
    """The first value of each element in the exchanges of this build; empty ones say nothing.

    Args:
        records: The recorded exchanges.
        answers: Other answers of this build, asked last.
    """
    found: dict[tuple[str, str], str] = {}
    messages = [
        message
        for record in records
        for message in (("request", record.request), ("response", record.response))
    ]
    for direction, data in (*messages, *(("response", answer) for answer in answers)):
        payload = _payload(ET.fromstring(data))
        for path, value in _values(payload, "") if payload is not None else ():
            found.setdefault((direction, path), value)
    return found


def _payload(envelope: ET.Element) -> ET.Element | None:
    """The message inside ``Body`` and the element that carries it."""
    return envelope.find("./{*}Body/*/*")


def _values(node: ET.Element, above: str) -> Iterator[tuple[str, str]]:
    name = node.tag.rpartition("}")[2]
    path = f"{above}/{name}" if above else name
    text = (node.text or "").strip()
    if text and not len(node):
        yield path, text
    for child in node:
        yield from _values(child, path)
