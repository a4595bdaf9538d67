"""What is shown of bytes and names that nobody has checked: nothing that a terminal would obey."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with a question mark for each sign that is no letter, digit, sign or space.

    Args:
        text: A name or an extract, as the document has it.
    """
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def readable(data: bytes) -> str:
    """The bytes as text on one line, whatever they are."""
    return printable(" ".join(data.replace(b"\x00", b"").decode("utf-8", "replace").split()))
