"""The answers an editor looks for first, at the head of the page of an exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from memhon.catalogue import Exchange, Message
from memhon.schemas import Outline, Row
from memhon.site.fields import SECTIONS, anchor
from memhon.site.markup import code, html
from memhon.site.provenance import Certainty, certainty, marker
from memhon.site.tree import is_group

_FEW = 12
"""Values that a short message may have to be listed one by one."""


def brief(exchange: Exchange, outlines: Mapping[str, Outline], refusal: str) -> str:
    """What is sent, what comes back, what is certain and what an error looks like.

    Args:
        exchange: The exchange.
        outlines: By direction.
        refusal: What an error of this build looked like, as finished HTML.
    """
    request, response = outlines["request"].rows, outlines["response"].rows
    entries = [
        ("Ce que vous envoyez", _sent(exchange.request, request)),
        ("Ce qui revient", _sent(exchange.response, response)),
        ("Ce qui est sûr", _sure(request, response)),
        ("Si c’est refusé", refusal),
    ]
    body = "".join(f"<div><dt>{title}</dt><dd>{text}</dd></div>" for title, text in entries)
    return f'<dl class="brief">{body}</dl>'


def counts(rows: Sequence[Row]) -> Counter[Certainty]:
    """How many elements there are of each certainty."""
    return Counter(certainty(row.provenance) for row in rows)


def _sent(message: Message, rows: Sequence[Row]) -> str:
    name = code(f"{message.prefix}:{message.root}")
    mandatory = sum(_always(rows, row) for row in rows)
    some = "tous obligatoires" if mandatory == len(rows) else f"{mandatory} toujours présents"
    head = f'<a href="#{SECTIONS[message.direction]}">{name}</a> : {len(rows)} éléments, {some}.'
    items = [
        f'<li><a href="#{anchor(message.direction, row.path)}">{html(row.name)}</a>'
        f"{'' if row.minimum else ' <span>facultatif</span>'}"
        f"{' <span>répétable</span>' if row.maximum != 1 else ''}</li>"
        for row in _overview(rows)
    ]
    return f"{head}<ul>{''.join(items)}</ul>"


def _overview(rows: Sequence[Row]) -> list[Row]:
    """Every value of a small message; of a large one, the first level with more than one."""
    leaves = [row for number, row in enumerate(rows) if not is_group(rows, number)]
    if len(leaves) <= _FEW:
        return leaves
    deepest = max(row.depth for row in rows)
    levels = [[row for row in rows if row.depth == depth] for depth in range(1, deepest + 1)]
    return next((level for level in levels if len(level) > 1), leaves)


def _always(rows: Sequence[Row], row: Row) -> bool:
    """Whether the element and everything above it must be there."""
    above = [r for r in rows if row.path == r.path or row.path.startswith(f"{r.path}/")]
    return all(r.minimum and not r.choice for r in above)


def _sure(request: Sequence[Row], response: Sequence[Row]) -> str:
    lines = [
        f"<p>{title} : {_shares(counts(rows))}</p>{_bar(counts(rows))}"
        for title, rows in (("Requête", request), ("Réponse", response))
    ]
    return "".join(lines)


def _shares(found: Counter[Certainty]) -> str:
    return ", ".join(
        f"<b>{found[level]}</b> {marker(level)}" for level in Certainty if found[level]
    )


def _bar(found: Counter[Certainty]) -> str:
    parts = "".join(
        f'<span class="{level.css}" style="flex-grow:{found[level]}"></span>'
        for level in Certainty
        if found[level]
    )
    return f'<div class="bar" aria-hidden="true">{parts}</div>'
