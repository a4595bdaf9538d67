"""Content of a form → PDF. Only this module and ``picturing`` know Typst.

The document is accessible (PDF/UA-1) and made to be kept (PDF/A-2a): tagged, its fonts inside, its
language and title set. Content goes to the template as data and is never read as markup. Without a
character's glyph both standards refuse; so a missing one is a finding, not a hole on paper.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.findings import make
from memhon.pdf.printing import Printing

if TYPE_CHECKING:
    from typst import Compiler, PDFStandard

_STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Characters without a form that change the order of others: figures would read otherwise."""
MOST_LINES = 1000
"""Lines on a form. Typst's memory grows with them, by 0.13 MB a line and by 0.3 MB when every field
is full: a thousand need 0.2 to 0.4 GB and two seconds, eight thousand would need 1 to 3 GB."""
MOST_SIGNS = 400_000
"""Characters on a form, as not every field has a limit in the schema. A thousand lines whose every
field is full have 350,000; as many without a place to break need 0.4 GB, too."""
_lock = Lock()


def typeset(form: str, content: Mapping[str, Any], dated: date) -> Printing:
    """Print a form of the catalogue.

    Args:
        form: Id of the form, also the name of its template.
        content: What stands on it; plain values.
        dated: Date of the document. No clock is read: the same content gives the same bytes.

    Raises:
        MessageError: A character cannot be printed (``PDF-004``), or there is too much to print
            (``PDF-011``).
    """
    from typst import TypstError

    _refuse_too_long(content)
    _refuse_invisible(content)
    words = dict(load().forms[form].words)
    told = {**content, "words": words, "dated": [dated.year, dated.month, dated.day]}
    given = {"content": json.dumps(told, ensure_ascii=False)}
    try:
        with _lock:
            made = _press(form).compile(format="pdf", sys_inputs=given, pdf_standards=_STANDARDS)
    except TypstError as error:
        found = _MISSING.search(error.message)
        if found is None:
            raise
        raise _unprintable(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])) from error
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return Printing(made, str(content["title"]), _pages(made))


@cache
def _press(form: str) -> Compiler:
    """The compiler of a form; what it has learnt of fonts and template is kept."""
    from typst import Compiler, Fonts

    folder = Path(str(files("memhon.pdf")))
    fonts = Fonts(False, False, [str(folder / "fonts")])
    return Compiler(folder / f"{form}.typ", root=folder, font_paths=fonts)


def _pages(data: bytes) -> int:
    return max(int(count) for count in _COUNT.findall(data))


def _refuse_too_long(content: Mapping[str, Any]) -> None:
    lines, signs = len(content["lines"]), sum(map(len, _texts(content)))
    for count, most, what in ((lines, MOST_LINES, "lignes"), (signs, MOST_SIGNS, "caractères")):
        if count > most:
            found, expected = f"{count} {what}", f"{most} {what}"
            raise MessageError(findings=(make("PDF-011", found=found, expected=expected),))


def _refuse_invisible(content: Mapping[str, Any]) -> None:
    for text in _texts(content):
        for sign in text:
            if unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in _TURNING:
                raise _unprintable(sign)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _unprintable(sign: str) -> MessageError:
    name = unicodedata.name(sign[:1], "")
    found = f"U+{ord(sign[:1]):04X} {name}".rstrip()
    return MessageError(findings=(make("PDF-004", found=found),))
