"""A drawing as a notebook, a terminal and a page show it, and the pieces it is made of.

Colours are attributes, so that the drawing looks right wherever it is shown; a style sheet that
knows the classes has the last word. Nothing has an id: two drawings never get in each other's way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH = 360
"""Units; as wide as a phone, so that the text stays legible there."""
_SANS = "system-ui, -apple-system, 'Segoe UI', sans-serif"
_MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"
_TONES = {"good": "#2a8a4f", "bad": "#d13a40", "unsure": "#a86b00"}
"""Legible on white and on black."""


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """What was recorded, as a picture and as text.

    A notebook shows the picture; ``print`` and a terminal show the text.
    """

    html: str = field(repr=False)
    """A figure with inline SVG: no script, no style sheet, no id."""
    text: str
    """The same in words, line by line."""

    def _repr_html_(self) -> str:
        """The picture for a notebook."""
        return self.html

    def __repr__(self) -> str:
        """The text."""
        return self.text

    def __str__(self) -> str:
        """The text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line of text."""

    text: str
    kind: str = ""
    """``wire``: as on the wire; ``note``: less important; or a tone: ``good``, ``bad``,
    ``unsure``."""


def drawing(title: str, text: str, height: int, parts: Sequence[str]) -> Drawing:
    """The finished drawing.

    Args:
        title: What it shows.
        text: The same in words; who cannot see the picture is told this.
        height: Units.
        parts: SVG elements.
    """
    # on one line: a line break could end raw HTML in Markdown
    told = escape(text).replace("\n", "&#10;")
    html = "".join(
        (
            '<figure class="sequence trace" style="margin:1em 0">',
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
                f' viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
                f' font-family="{_SANS}" style="max-width:100%;height:auto">'
            ),
            f"<desc>{told}</desc>",
            *parts,
            "</svg></figure>",
        )
    )
    return Drawing(html, text)


def line(x: int, y: int, spans: Sequence[Span], anchor: str = "start", size: int = 12) -> str:
    """One line of text, in pieces."""
    pieces = "".join(_piece(span) for span in spans)
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="currentColor"{at}>{pieces}</text>'


def _piece(span: Span) -> str:
    style = ""
    if span.kind == "wire":
        style = f' class="sequence-wire" font-family="{_MONO}"'
    elif span.kind == "note":
        style = ' class="sequence-note" fill-opacity="0.75"'
    elif span.kind:
        style = f' class="trace-{span.kind}" fill="{_TONES[span.kind]}" font-weight="600"'
    return f"<tspan{style}>{escape(span.text)}</tspan>"


def rule(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A faint dashed line, e.g. the life of an actor."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="sequence-life"'
        ' stroke="currentColor" stroke-opacity="0.5" stroke-dasharray="2 4"/>'
    )


def arrow(start: tuple[int, int], end: tuple[int, int], tone: str = "", *, dashed: bool) -> str:
    """An arrow, level or upright.

    Args:
        start: From.
        end: To.
        tone: ``good``, ``bad``, ``unsure``, or none.
        dashed: For an answer.
    """
    (x1, y1), (x2, y2) = start, end
    colour = _TONES.get(tone, "currentColor")
    css = f" trace-line--{tone}" if tone else ""
    broken = ' stroke-dasharray="6 4"' if dashed else ""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="sequence-arrow{css}"'
        f' stroke="{colour}" stroke-width="1.5"{broken}/>{_head(start, end, colour, css)}'
    )


def _head(start: tuple[int, int], end: tuple[int, int], colour: str, css: str) -> str:
    (x1, y1), (x, y) = start, end
    if y1 == y:
        back = -8 if x > x1 else 8
        points = f"{x},{y} {x + back},{y - 4} {x + back},{y + 4}"
    else:
        points = f"{x},{y} {x - 4},{y - 8} {x + 4},{y - 8}"
    return f'<polygon points="{points}" class="sequence-head{css}" fill="{colour}"/>'


def cross(x: int, y: int, tone: str) -> str:
    """Where a line is cut."""
    return (
        f'<path d="M{x - 5} {y - 5}L{x + 5} {y + 5}M{x - 5} {y + 5}L{x + 5} {y - 5}"'
        f' class="sequence-arrow trace-line--{tone}" stroke="{_TONES[tone]}" stroke-width="2"/>'
    )


def box(x: int, y: int, width: int, height: int, *, dashed: bool = False) -> str:
    """A frame."""
    broken = ' stroke-dasharray="5 3"' if dashed else ""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" class="sequence-box"'
        f' fill="none" stroke="currentColor"{broken}/>'
    )


def dot(x: int, y: int) -> str:
    """Where a life begins."""
    return f'<circle cx="{x}" cy="{y}" r="6" class="sequence-head" fill="currentColor"/>'
