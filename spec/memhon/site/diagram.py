"""A sequence diagram as inline SVG: text that search finds, colours of both palettes, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memhon.site.markup import html

_WIDTH = 440
_MARGIN = 80
_TOP = 56
_ROW = 58


@dataclass(frozen=True, slots=True)
class Arrow:
    """One message between the two actors."""

    text: str
    """What is sent, in the font of the wire."""
    note: str
    """A remark below the line; may be empty."""
    answer: bool
    """Whether it goes from right to left, dashed."""


def sequence(svg_id: str, title: str, actors: tuple[str, str], arrows: Sequence[Arrow]) -> str:
    """The diagram as an HTML figure.

    Args:
        svg_id: Unique on the page; every id inside starts with it.
        title: What a reader who cannot see it is told.
        actors: Left and right.
        arrows: From top to bottom.
    """
    height = _TOP + _ROW * len(arrows) + 18
    places = (_MARGIN, _WIDTH - _MARGIN)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" id="{svg_id}"'
        f' aria-labelledby="{svg_id}-title" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}">'
    )
    head = (
        f'<defs><marker id="{svg_id}-head" markerWidth="9" markerHeight="9" refX="8" refY="4"'
        ' orient="auto"><path d="M0 0L8 4L0 8z" class="sequence-head"/></marker></defs>'
    )
    parts = [
        '<figure class="sequence" markdown="0">',
        svg,
        f'<title id="{svg_id}-title">{html(title)}</title>',
        head,
        *(_actor(place, name, height) for place, name in zip(places, actors, strict=True)),
        *(_arrow(svg_id, places, number, arrow) for number, arrow in enumerate(arrows)),
        "</svg></figure>",
    ]
    return "".join(parts)


def _actor(place: int, name: str, height: int) -> str:
    return (
        f'<line x1="{place}" x2="{place}" y1="38" y2="{height}" class="sequence-life"/>'
        f'<rect x="{place - 78}" y="4" width="156" height="34" rx="4" class="sequence-box"/>'
        f'<text x="{place}" y="26" text-anchor="middle" font-size="14">{html(name)}</text>'
    )


def _arrow(svg_id: str, places: tuple[int, int], number: int, arrow: Arrow) -> str:
    start, end = reversed(places) if arrow.answer else places
    y = _TOP + _ROW * number + 22
    middle = sum(places) // 2
    dashed = " sequence-arrow--answer" if arrow.answer else ""
    note = (
        f'<text x="{middle}" y="{y + 16}" text-anchor="middle" font-size="12"'
        f' class="sequence-note">{html(arrow.note)}</text>'
        if arrow.note
        else ""
    )
    return (
        f'<text x="{middle}" y="{y - 7}" text-anchor="middle" font-size="12"'
        f' class="sequence-wire">{html(arrow.text)}</text>'
        f'<line x1="{start}" x2="{end}" y1="{y}" y2="{y}" class="sequence-arrow{dashed}"'
        f' marker-end="url(#{svg_id}-head)"/>{note}'
    )
