"""How large a document may be before it is left unjudged."""

from __future__ import annotations

from dataclasses import dataclass

OWN_TEXT = 10_000_000
"""Bytes of one text at which libxml2 stops by itself."""
OWN_DEPTH = 256
"""Nested elements at which libxml2 stops by itself."""
MOST_TEXT = 64_000_000
"""The largest setting of ``Limits.text``."""
MOST_DEPTH = 1024
"""The largest setting of ``Limits.depth``; libxml2 ends at 2,048 whatever it is told."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which the door closes with the verdict « undecided »."""

    size: int = 16 * 1024 * 1024
    """Bytes of one message."""
    depth: int = 256
    """Nested elements; libxml2's own limit."""
    text: int = 10_000_000
    """Characters of one text or attribute; libxml2's own limit, a PDF of about 7 MB. At most 64
    million; above the default the parser's own limits are lifted, ours stay."""
    attributes: int = 256
    """Attributes, and namespace declarations, of one element."""
    elements: int = 125_000
    """Elements of one message, counted as half its tags, together with its attributes, counted as
    its « = »: a fee note of more than 8,000 lines."""
    unpacked: int = 64 * 1024 * 1024
    """Bytes of an archive, before and after unpacking."""
    ratio: int = 100
    """Bytes that one packed byte of an archive may become."""
    entries: int = 10_000
    """Files of one archive."""
    seconds: float = 30.0
    """Wall time of the checks of one document, looked at after each layer."""

    def __post_init__(self) -> None:
        """Refuse settings that nothing would bound.

        Raises:
            ValueError: ``text`` or ``depth`` is beyond what the door can be opened to.
        """
        if self.text > MOST_TEXT or self.depth > MOST_DEPTH:
            message = f"text: at most {MOST_TEXT}; depth: at most {MOST_DEPTH}"
            raise ValueError(message)

    @property
    def lifted(self) -> bool:
        """Whether the parser's own limits on text and depth are in the way of these."""
        return self.text > OWN_TEXT or self.depth > OWN_DEPTH


DEFAULT = Limits()
