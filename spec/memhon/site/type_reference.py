"""The type reference: the pages of a set of schema files, pure and in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memhon import messages, schemas
from memhon.catalogue import Catalogue
from memhon.schemas import Outline
from memhon.site.addresses import aliases
from memhon.site.examples import Examples
from memhon.site.markup import Page
from memhon.site.schema_page import index_page, schema_page
from memhon.site.type_book import TypeBook, TypeMaterial
from memhon.site.type_page import type_page


def type_pages(material: TypeMaterial) -> tuple[Page, ...]:
    """The index, a page for each schema file and a page for each named type."""
    book = TypeBook(material)
    found: list[Page] = [index_page(book)]
    for schema in material.reference.schemas:
        found.append(schema_page(book, schema))
        found += [type_page(book, kind) for kind in schema.types]
    return tuple(found)


def package_material(
    catalogue: Catalogue,
    outlines: Mapping[str, Mapping[str, Outline]],
    examples: Mapping[str, Examples] | None = None,
) -> TypeMaterial:
    """What the pages of the project's own schemas are made of.

    Args:
        catalogue: The specification as data.
        outlines: By exchange and direction.
        examples: Recorded values by exchange.
    """
    paths: Sequence[str] = schemas.paths(".xsd")
    return TypeMaterial(
        reference=schemas.package_reference(),
        aliases=aliases(catalogue.exchanges, paths),
        files={path: schemas.source(path) for path in paths},
        exchanges=catalogue.exchanges,
        outlines=outlines,
        code_lists=catalogue.code_lists,
        examples=examples or {},
        pythons={
            message.schema: messages.python_names(message)
            for exchange in catalogue.exchanges
            for message in exchange.messages
        },
    )
