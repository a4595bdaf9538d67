"""The whole catalogue as one JSON document for programs, in the shape of a published schema.

Pure. The values are those of the catalogue's own classes, field by field; what a class gains
appears here by itself. Addresses of pages are relative to the root of the site.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from memhon.catalogue import Catalogue, Exchange, Lifecycle
from memhon.findings import make
from memhon.schemas import Outline, Row
from memhon.site import reference_pages
from memhon.site.addresses import aliases, element_anchor, schema_page, type_page
from memhon.site.families import address_of
from memhon.site.fields import anchor
from memhon.site.life_page import life_address, transition_anchor
from memhon.site.markup import link
from memhon.site.provenance import PAGE as PROVENANCE
from memhon.site.provenance import SOURCES

SHAPE = "urn:memhon:catalogue:1"
"""Name of the shape; it changes when a field changes its meaning or goes away."""
_ROOT = "index.md"
_NOTICE = (
    "Référence indépendante : ni l'Agence eSanté, ni la CNS, ni le CCSS ne publient ce document. "
    "Les personnes, les prestataires et les tarifs autres que C1 sont fictifs. Une provenance "
    "« hypothese » marque un choix du projet, que le document officiel remplacera."
)


def catalogue_json(
    catalogue: Catalogue, outlines: Mapping[str, Mapping[str, Outline]], version: str
) -> bytes:
    """The document.

    Args:
        catalogue: Everything that it holds.
        outlines: The current messages, by exchange and direction.
        version: Version of MemHon that the data belongs to.
    """
    rows = [row for both in outlines.values() for one in both.values() for row in one.rows]
    short = aliases(catalogue.exchanges, {row.schema for row in rows})
    document = {
        "schema": SHAPE,
        "memhon": version,
        "notice": _NOTICE,
        "sources": [_with_page(source, PROVENANCE, source.anchor) for source in SOURCES],
        "exchanges": [_exchange(entry, outlines[entry.id], short) for entry in catalogue.exchanges],
        "code_lists": [_code_list(code_list) for code_list in catalogue.code_lists],
        "findings": [
            {**_fields(finding), "weight": finding.weight, "page": make(finding.id).page}
            for finding in catalogue.findings.values()
        ],
        "lifecycles": [_lifecycle(life) for life in catalogue.lifecycles.values()],
        "tariffs": _values(catalogue.tariffs.values()),
        "persons": _values(catalogue.persons),
        "providers": _values(catalogue.providers),
        "profiles": _values(catalogue.profiles.values()),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def catalogue_schema() -> bytes:
    """The JSON Schema of the document, as published."""
    return files("memhon.site").joinpath("catalogue.schema.json").read_bytes()


def _exchange(
    exchange: Exchange, outlines: Mapping[str, Outline], short: Mapping[str, str]
) -> dict[str, Any]:
    page = address_of(exchange)
    messages = []
    for message in exchange.messages:
        current = message in (exchange.request, exchange.response)
        rows = outlines[message.direction].rows if current else ()
        elements = [_element(row, page, message.direction, short) for row in rows]
        messages.append({**_fields(message), "package": message.package, "elements": elements})
    return {**_fields(exchange), "messages": messages, "page": link(_ROOT, page)}


def _element(row: Row, page: str, direction: str, short: Mapping[str, str]) -> dict[str, Any]:
    alias = short[row.schema]
    declared = type_page(alias, row.owner) if row.owner else schema_page(alias)
    return {
        **_with_page(row, page, anchor(direction, row.path)),
        "definition": link(_ROOT, declared, element_anchor(*row.local)),
        "cardinality": row.cardinality,
        "qualified": row.qualified,
    }


def _code_list(code_list: Any) -> dict[str, Any]:
    page = reference_pages.CODES
    codes = [
        _with_page(code, page, reference_pages.code_anchor(code_list.id, code.value))
        for code in code_list.codes
    ]
    return {**_with_page(code_list, page, code_list.id), "codes": codes}


def _lifecycle(life: Lifecycle) -> dict[str, Any]:
    page = life_address(life)
    transitions = [_with_page(row, page, transition_anchor(row)) for row in life.transitions]
    return {**_fields(life), "transitions": transitions, "page": link(_ROOT, page)}


def _with_page(value: Any, page: str, mark: str) -> dict[str, Any]:
    return {**_fields(value), "page": link(_ROOT, page, mark)}


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _values(values: Any) -> list[Any]:
    return [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    """A value in the few kinds that JSON has; amounts and days as text, to the letter."""
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_values(value))
    if isinstance(value, tuple | list):
        return _values(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str | Decimal) else value
