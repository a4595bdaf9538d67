"""An executed notebook as a part of a page, in the theme's own Markdown."""

from __future__ import annotations

import copy
import re
from functools import cache
from importlib.resources import files
from typing import Any

from nbconvert import MarkdownExporter
from traitlets.config import Config

from memhon.site import notebook_file
from memhon.site.markup import admonition, fence, folded

_EXPORTER: Any = MarkdownExporter
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PRIORITY = ["text/markdown", "text/html", "image/svg+xml", "text/plain"]
_HEADING = re.compile(r"^(#{1,5}) (.*)$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


def part(executed: Any, *, whole: bool = False) -> str:
    """The notebook as a part of a page.

    Args:
        executed: With its outputs.
        whole: It is all of the page: headings stay as deep as they are. Otherwise it stands below a
            heading of level 2: its title is dropped, its headings go one deeper.
    """
    notebook = copy.deepcopy(executed)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not whole:
            cell.source = _deeper(cell.source)
    text: str = _exporter().from_notebook_node(notebook)[0]
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _exporter() -> Any:
    # Its template costs more to compile than a notebook to export.
    return _EXPORTER(
        raw_template=files("memhon.site").joinpath("notebook.md.j2").read_text(encoding="utf-8"),
        filters={"block": _block, "error_box": error_box},
        config=Config({"NbConvertBase": {"display_data_priority": _PRIORITY}}),
    )


def download(executed: Any) -> bytes:
    """The notebook with its outputs as a file."""
    return notebook_file.text(executed).encode()


def error_box(output: Any) -> str:
    """An error of a cell: its class and text, and the trace behind a click."""
    trace = _plain("\n".join(output.traceback)).strip()
    # Text of an error may hold the marks of a list or of a heading: a code block keeps it literal.
    body = fence(_plain(output.evalue), "text")
    if trace:
        body += "\n\n" + folded("Trace complète", fence(trace, "pytb"), "quote")
    return admonition("failure", f"Erreur attendue : {output.ename}", body)


def _plain(text: str) -> str:
    return _ANSI.sub("", text)


def _block(source: str, heading: str | None, language: str) -> str:
    return fence(source, language, heading)


def _deeper(source: str) -> str:
    lines, fenced = [], ""
    for line in source.splitlines():
        mark = _FENCE.match(line)
        if mark and not fenced:
            fenced = mark[1]
        elif mark and line.strip().startswith(fenced):
            fenced = ""
        heading = None if fenced else _HEADING.match(line)
        if heading and len(heading[1]) == 1:
            continue
        lines.append(f"#{line}" if heading else line)
    return "\n".join(lines).strip()
