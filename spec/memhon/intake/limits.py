"""How large a document may be before it is left unjudged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which the door closes with the verdict « undecided »."""

    size: int = 16 * 1024 * 1024
    """Bytes of one message."""
    depth: int = 256
    """Nested elements; libxml2's own limit."""
    text: int = 10_000_000
    """Characters of one text node; libxml2's own limit, a PDF of about 7 MB."""
    attributes: int = 256
    """Attributes of one element."""


DEFAULT = Limits()
