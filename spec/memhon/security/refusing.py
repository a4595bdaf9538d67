"""A refusal that names the element."""

from __future__ import annotations

from lxml import etree

from memhon.errors import SecurityError
from memhon.findings import make


def refused(
    finding_id: str, node: etree._Element, found: str | None, expected: str | None = None
) -> SecurityError:
    """The error of a finding about an element.

    Args:
        finding_id: ``SEC-…``.
        node: The element; its line and local name are told.
        found: What is there.
        expected: What should be there.
    """
    finding = make(
        finding_id,
        line=node.sourceline,
        element=etree.QName(node).localname,
        found=found,
        expected=expected,
    )
    return SecurityError(findings=(finding,))
