"""The states of a life and the decisions of one event as inline SVG, drawn from the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from memhon.catalogue import CodeList, Lifecycle, Transition
from memhon.site.markup import html

_WIDTH = 440
_BOX = 146
_LANE = 14
_SLOT = 22
_TOP = 48
_GAP = 22
_ASKED = 252
_LINE = 16
_COLUMNS = 38


@dataclass(frozen=True, slots=True)
class _Edge:
    row: str
    source: str
    target: str


def state_diagram(life: Lifecycle, states: CodeList) -> str:
    """The states from top to bottom, and every transition that moves to another one.

    Args:
        life: The table.
        states: The code list of its states, in the order in which they are drawn.
    """
    edges = [
        _Edge(row.id, source, row.to) for row in life.transitions if row.to for source in row.states
    ]
    born = [row for row in life.transitions if row.to and not row.states]
    slots = _slots([code.value for code in states.codes], edges)
    tops, height = _tops(slots)
    name = f"etats-{life.id}"
    told = "; ".join(
        f"{edge.row} mène de {edge.source} à {edge.target}"
        for edge in (*(_Edge(row.id, "rien", str(row.to)) for row in born), *edges)
    )
    parts = [*(_born(name, row, tops[str(row.to)]) for row in born)]
    for number, edge in enumerate(edges):
        start = tops[edge.source] + _place(slots[edge.source], (number, True))
        end = tops[edge.target] + _place(slots[edge.target], (number, False))
        parts.append(_arc(name, edge, number, len(edges), (start, end)))
    for code in states.codes:
        size, top = _height(slots[code.value]), tops[code.value]
        parts.append(_frame(0, top, _BOX, size))
        if code.value in life.final:
            parts.append(_frame(4, top + 4, _BOX - 8, size - 8))
        parts.append(_state(code.value, code.label, top + size // 2))
    return _figure(name, life.title, told, height, parts)


def decision_diagram(life: Lifecycle, event_id: str) -> str:
    """The questions of one event in their order, each with its answer to the right.

    Args:
        life: The table.
        event_id: Id of the event.
    """
    rows = [row for row in life.transitions if row.event == event_id]
    name = f"decision-{life.id}-{event_id}"
    told = ". ".join(f"{_plain(row)} Alors : {_outcome(row)}" for row in rows)
    parts, y = [], 4
    for row in rows:
        lines = wrap(_plain(row).replace(" ;", "\u00a0;").replace(" :", "\u00a0:"), _COLUMNS)
        size = len(lines) * _LINE + 14
        parts.append(_question(row, lines, y, size))
        parts.append(_answer(name, row, y, size))
        if row is not rows[-1]:
            x = _ASKED // 2
            parts.append(_arrow(name, (x, y + size), (x, y + size + _GAP)))
            parts.append(_text(x + 8, y + size + 15, "non", "sequence-note"))
        y += size + _GAP
    return _figure(name, f"{life.event(event_id).title} : décision", told, y, parts)


def _plain(row: Transition) -> str:
    return row.condition.replace("`", "")


def _outcome(row: Transition) -> str:
    return row.refusal or row.to or "accepté"


_Slots = Mapping[str, Sequence[tuple[int, bool]]]
"""By state: number of the edge, and whether it leaves; from top to bottom."""


def _slots(states: Iterable[str], edges: Sequence[_Edge]) -> _Slots:
    found: dict[str, list[tuple[int, bool]]] = {state: [] for state in states}
    for number, edge in enumerate(edges):
        found[edge.target].append((number, False))
    for number, edge in enumerate(edges):
        found[edge.source].append((number, True))
    return found


def _tops(slots: _Slots) -> tuple[dict[str, int], int]:
    y, found = _TOP, {}
    for state, own in slots.items():
        found[state] = y
        y += _height(own) + _GAP
    return found, y - _GAP + 4


def _height(own: Sequence[tuple[int, bool]]) -> int:
    return max(48, len(own) * _SLOT + 8)


def _place(own: Sequence[tuple[int, bool]], slot: tuple[int, bool]) -> int:
    return _height(own) * (2 * own.index(slot) + 1) // (2 * len(own))


def _born(name: str, row: Transition, top: int) -> str:
    x = _BOX // 2
    return "".join(
        (
            f'<circle cx="{x}" cy="10" r="6" class="sequence-head"/>',
            _arrow(name, (x, 16), (x, top)),
            _linked(row.id, x + 12, 30),
        )
    )


def _arc(name: str, edge: _Edge, number: int, count: int, ends: tuple[int, int]) -> str:
    lane = _BOX + 16 + _LANE * number
    start, end = ends
    label = _BOX + 16 + _LANE * count
    return "".join(
        (
            (
                f'<path d="M{_BOX} {start}H{lane}V{end}H{_BOX + 2}" class="sequence-arrow life-arc"'
                f' marker-end="url(#{name}-head)"/>'
            ),
            f'<line x1="{lane}" x2="{label - 4}" y1="{end}" y2="{end}" class="sequence-life"/>',
            _linked(edge.row, label, end + 4),
        )
    )


def _state(value: str, label: str, middle: int) -> str:
    x = _BOX // 2
    return "".join(
        (
            (
                f'<text x="{x}" y="{middle - 3}" text-anchor="middle" font-size="13"'
                f' font-weight="600">{html(value)}</text>'
            ),
            (
                f'<text x="{x}" y="{middle + 14}" text-anchor="middle" font-size="12"'
                f' class="sequence-note">{html(label)}</text>'
            ),
        )
    )


def _question(row: Transition, lines: Sequence[str], y: int, size: int) -> str:
    texts = (_text(8, y + 19 + _LINE * n, line) for n, line in enumerate(lines))
    box = f'<rect x="1" y="{y}" width="{_ASKED}" height="{size}" rx="4" class="sequence-box"/>'
    return f'<a href="#transition-{row.id}">{box}{"".join(texts)}</a>'


def _answer(name: str, row: Transition, y: int, size: int) -> str:
    middle, left = y + size // 2, 320
    box = _frame(left, middle - 14, 116, 28)
    return "".join(
        (
            _arrow(name, (_ASKED, middle), (left, middle)),
            _text(_ASKED + 20, middle - 6, "oui", "sequence-note"),
            box,
            (
                f'<text x="{left + 58}" y="{middle + 5}" text-anchor="middle" font-size="13">'
                f"{html(_outcome(row))}</text>"
            ),
        )
    )


def _text(x: int, y: int, text: str, css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text x="{x}" y="{y}" font-size="12"{named}>{html(text)}</text>'


def _linked(row: str, x: int, y: int) -> str:
    return f'<a href="#transition-{row}">{_text(x, y, row, "life-row")}</a>'


def _frame(x: int, y: int, width: int, height: int) -> str:
    return (
        f'<rect x="{x + 1}" y="{y}" width="{width - 2}" height="{height}" rx="4"'
        ' class="sequence-box"/>'
    )


def _arrow(name: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" class="sequence-arrow"'
        f' marker-end="url(#{name}-head)"/>'
    )


def _figure(name: str, title: str, told: str, height: int, parts: Sequence[str]) -> str:
    return "".join(
        (
            '<figure class="sequence" markdown="0">',
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" role="group" id="{name}"'
                f' aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {_WIDTH} {height}"'
                f' width="{_WIDTH}" height="{height}">'
            ),
            f'<title id="{name}-title">{html(title)}</title>',
            f'<desc id="{name}-desc">{html(told)}.</desc>',
            (
                f'<defs><marker id="{name}-head" markerWidth="9" markerHeight="9" refX="8" refY="4"'
                ' orient="auto"><path d="M0 0L8 4L0 8z" class="sequence-head"/></marker></defs>'
            ),
            *parts,
            "</svg></figure>",
        )
    )
