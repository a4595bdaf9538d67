"""Whether an answer names the identifiers of its request: otherwise it belongs to another call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from memhon.findings import Finding, Report, decide, make
from memhon.intake import Recognised, xpath_of
from memhon.soap import Element

OTHER_CALL = "NET-011"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NIL = "00000000-0000-0000-0000-000000000000"
"""Stands for an identifier that nothing was given."""


def with_echo(report: Report, recognised: Recognised, request: Element | None) -> Report:
    """The report on an answer, which has to repeat what its request was known by.

    An element is compared with those of the answer whose name begins with its own, whatever the
    capitals: the UUID of a deposit comes back as UuidPrestataire. One value in common is enough;
    what a service adds is its own affair.

    Args:
        report: The checks on the answer.
        recognised: The answer's tree.
        request: The message that was sent; None compares nothing.
    """
    found = [] if request is None else list(_differing(request, recognised))
    if not found:
        return report
    findings = (*report.findings, *found)
    return replace(report, findings=findings, verdict=decide(findings, report.checks))


def _differing(request: Element, recognised: Recognised) -> Iterator[Finding]:
    answered = _nodes(recognised.element)
    for name, asked in _nodes(request).items():
        nodes = [node for other in answered if other.startswith(name) for node in answered[other]]
        wanted = {_text(node) for node in asked}
        if nodes and wanted.isdisjoint(map(_text, nodes)):
            yield _finding(nodes[0], _text(asked[0]), recognised)


def _finding(node: Element, expected: str, recognised: Recognised) -> Finding:
    found = make(OTHER_CALL, found=_text(node), expected=expected, element=_local(node))
    xpath = xpath_of(node, recognised.element, recognised.message.prefixes)
    return replace(found, line=node.sourceline, xpath=xpath)


def _nodes(message: Element) -> dict[str, list[Element]]:
    """The elements that hold a UUID, by their name in small letters."""
    found: dict[str, list[Element]] = {}
    for node in message.iter("{*}*"):
        text = _text(node)
        if _UUID.fullmatch(text) and text != _NIL:
            found.setdefault(_local(node).casefold(), []).append(node)
    return found


def _text(node: Element) -> str:
    return (node.text or "").strip().casefold()


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]
