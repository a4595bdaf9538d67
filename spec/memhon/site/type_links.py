"""Links from a row of a message to the pages of the type reference, as far as these exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from memhon.schemas import Row
from memhon.site.addresses import element_anchor, schema_page, type_page
from memhon.site.markup import link


@dataclass(frozen=True, slots=True)
class TypeLinks:
    """What is known of the type reference; empty, it gives no links."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    """Short name of each schema file, by its path."""
    pages: frozenset[str] = frozenset()
    """Addresses of the pages that exist."""

    def schema(self, here: str, path: str) -> str:
        """URL of the page of a schema file, or nothing."""
        alias = self.aliases.get(path)
        return self._url(here, schema_page(alias)) if alias else ""

    def element(self, here: str, row: Row) -> str:
        """URL of the element where it is declared, or nothing."""
        alias = self.aliases.get(row.schema)
        if not alias:
            return ""
        page = type_page(alias, row.owner) if row.owner else schema_page(alias)
        return self._url(here, page, element_anchor(*row.local))

    def type(self, here: str, row: Row) -> str:
        """URL of the named type of an element, or nothing."""
        alias = self.aliases.get(row.type_schema or "")
        return self._url(here, type_page(alias, row.type_ref)) if alias and row.type_ref else ""

    def _url(self, here: str, page: str, anchor: str = "") -> str:
        return link(here, page, anchor) if page in self.pages else ""
