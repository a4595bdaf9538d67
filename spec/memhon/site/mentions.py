"""Where findings and codes occur: the other direction of the links on the exchange pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from memhon import schemas
from memhon.catalogue import Catalogue, CodeList, Exchange
from memhon.schemas import Outline
from memhon.site.families import address_of
from memhon.site.fields import anchor
from memhon.site.findings_part import answer_findings
from memhon.site.markup import html, link
from memhon.site.reference_pages import CODES, FINDINGS

Outlines = Mapping[str, Mapping[str, Outline]]
"""By exchange and direction."""


class Mention(NamedTuple):
    """A place on the page of an exchange."""

    label: str
    """HTML."""
    address: str
    anchor: str


def finding_places(catalogue: Catalogue, outlines: Outlines) -> dict[str, str]:
    """By finding id: links to the exchanges whose request or answer it may concern."""
    return _linked(FINDINGS, _of_findings(catalogue, outlines))


def code_places(catalogue: Catalogue, outlines: Outlines) -> dict[str, str]:
    """By code list: links to the elements whose values are its codes."""
    return _linked(CODES, _of_codes(catalogue, outlines))


def _of_findings(catalogue: Catalogue, outlines: Outlines) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for exchange in catalogue.exchanges:
        name, page = _name(exchange), address_of(exchange)
        for identifier, rows in schemas.foreseen(outlines[exchange.id]["request"].rows).items():
            label = f"{name} ({len(rows)})"
            found.setdefault(identifier, []).append(Mention(label, page, "anomalies-requete"))
        for text in answer_findings(exchange, catalogue.findings):
            label = f"{name}, réponse"
            found.setdefault(text.id, []).append(Mention(label, page, "anomalies-reponse"))
    return found


def _of_codes(catalogue: Catalogue, outlines: Outlines) -> dict[str, list[Mention]]:
    return {
        codes.id: [
            mention
            for exchange in catalogue.exchanges
            for direction, outline in outlines[exchange.id].items()
            for mention in _elements(codes, exchange, direction, outline)
        ]
        for codes in catalogue.code_lists
    }


def _linked(here: str, mentions: Mapping[str, Sequence[Mention]]) -> dict[str, str]:
    return {
        key: ", ".join(
            f'<a href="{link(here, place.address, place.anchor)}">{place.label}</a>'
            for place in places
        )
        for key, places in mentions.items()
    }


def _elements(
    codes: CodeList, exchange: Exchange, direction: str, outline: Outline
) -> Iterator[Mention]:
    for row in outline.rows:
        if f"{exchange.family}/{row.name}" in codes.elements:
            label = f"{_name(exchange)} <code>{html(row.name)}</code>"
            yield Mention(label, address_of(exchange), anchor(direction, row.path))


def _name(exchange: Exchange) -> str:
    return f"{exchange.family.upper()} {exchange.number}"
