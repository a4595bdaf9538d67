"""A page of a PDF → a picture of it, for a page on the screen that shows what is printed."""

from __future__ import annotations

import json

_SHEET = b"""#set page(width: auto, height: auto, margin: 0pt)
#let printed = bytes(json(bytes(sys.inputs.printed)))
#image(printed, format: "pdf", page: int(sys.inputs.page), width: 210mm)
"""


def picture(pdf: bytes, *, page: int = 1, dots: int = 84) -> bytes:
    """A page of an A4 document as PNG.

    Args:
        pdf: The document, as printed here.
        page: Its number, from 1.
        dots: Pixels an inch.
    """
    from typst import compile as pressed

    # Files in memory have to be text; numbers are.
    inputs = {"printed": json.dumps(list(pdf)), "page": str(page)}
    made = pressed(_SHEET, format="png", ppi=dots, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made
