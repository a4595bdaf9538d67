"""The printed forms: their words, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form."""

    id: str
    """Stable id, also the name of its template."""
    title: str
    """French."""
    page: str
    """Address of the page that explains it."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    words: Mapping[str, str]
    """What is printed whatever the message says, by a name of ours; French."""


def forms_of(tables: Iterable[Mapping[str, Any]]) -> Mapping[str, Form]:
    """The forms by id, from their files."""
    found = (
        Form(
            **{key: table[key] for key in ("id", "title", "page")},
            provenance=tuple(table["provenance"]),
            words=MappingProxyType(table["words"]),
        )
        for table in tables
    )
    return MappingProxyType({form.id: form for form in found})
