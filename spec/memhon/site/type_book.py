"""Everything that the pages of the type reference look up: addresses, places, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from memhon.catalogue import CodeList, Exchange, Message
from memhon.messages import PythonName
from memhon.schemas import Key, Outline, Reference, Row, SchemaInfo
from memhon.site.addresses import element_anchor, schema_page, type_page
from memhon.site.examples import Examples
from memhon.site.families import address_of
from memhon.site.fields import WORDS, anchor, xpaths
from memhon.site.markup import html, link

Place = tuple[str, str | None, tuple[str, ...]]
"""File, name of the type (None: global element) and local names: where an element is declared."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An element in a message."""

    exchange: Exchange
    message: Message
    row: Row
    xpath: str
    """With the prefixes of the field; steps without a namespace have none."""

    @property
    def name(self) -> str:
        """The message for readers, e.g. « PID WS1, requête »."""
        exchange = self.exchange
        return f"{exchange.family.upper()} {exchange.number}, {WORDS[self.message.direction]}"

    def link(self, here: str) -> str:
        """A link to the element's row on the page of its exchange."""
        there = anchor(self.message.direction, self.row.path)
        return f'<a href="{link(here, address_of(self.exchange), there)}">{self.name}</a>'


@dataclass(frozen=True, slots=True)
class TypeMaterial:
    """What the type reference is made of."""

    reference: Reference
    aliases: Mapping[str, str]
    """Short name of each schema file, by its path."""
    files: Mapping[str, bytes]
    """Schema files offered as downloads, by path."""
    exchanges: Sequence[Exchange] = ()
    outlines: Mapping[str, Mapping[str, Outline]] = field(default_factory=dict)
    """By exchange and direction."""
    code_lists: Sequence[CodeList] = ()
    examples: Mapping[str, Examples] = field(default_factory=dict)
    """By exchange."""
    pythons: Mapping[str, Mapping[tuple[str | None, tuple[str, ...]], PythonName]] = field(
        default_factory=dict
    )
    """Python names by the schema of the message they are generated from."""


class TypeBook:
    """The look-ups of the type reference; each costs the same whatever the number of types.

    Args:
        material: What the pages are made of.
    """

    def __init__(self, material: TypeMaterial) -> None:
        self.material = material
        self.schemas = {schema.path: schema for schema in material.reference.schemas}
        self._pages = dict(_type_pages(material))
        self._occurrences: dict[Place, list[Occurrence]] = {}
        self._carriers: dict[Key, list[Occurrence]] = {}
        for occurrence in _occurrences(material):
            row = occurrence.row
            self._occurrences.setdefault((row.schema, row.owner, row.local), []).append(occurrence)
            if row.type_schema and row.type_ref:
                key = Key(row.type_schema, row.type_ref)
                self._carriers.setdefault(key, []).append(occurrence)
        self._users = _users(self.schemas.values())
        self._lists = {
            element: codes for codes in material.code_lists for element in codes.elements
        }
        self._messages = {
            message.schema: (exchange, message)
            for exchange in material.exchanges
            for message in exchange.messages
        }

    def page(self, key: Key) -> str:
        """Address of the page of a type."""
        return self._pages[key]

    def schema_page(self, path: str) -> str:
        """Address of the page of a schema file."""
        return schema_page(self.material.aliases[path])

    def type_link(self, here: str, key: Key) -> str:
        """A link to a type by its name."""
        return f'<a href="{link(here, self._pages[key])}"><code>{html(key.name)}</code></a>'

    def place_link(self, here: str, place: Place) -> str:
        """A link to an element where it is declared, e.g. « T_UTA / matricule »."""
        schema, owner, names = place
        page = self._pages[Key(schema, owner)] if owner else self.schema_page(schema)
        text = " / ".join([owner, *names] if owner else names)
        url = link(here, page, element_anchor(*names) if names else "")
        return f'<a href="{url}"><code>{html(text)}</code></a>'

    def message(self, path: str) -> tuple[Exchange, Message] | None:
        """The message that a schema file rules, with its exchange."""
        return self._messages.get(path)

    def occurrences(self, place: Place) -> Sequence[Occurrence]:
        """Where an element stands in the messages."""
        return self._occurrences.get(place, ())

    def carriers(self, key: Key) -> Sequence[Occurrence]:
        """The elements of the messages that have this type."""
        return self._carriers.get(key, ())

    def example(self, place: Place) -> str | None:
        """The first value recorded for an element in this build."""
        for found in self.occurrences(place):
            values = self.material.examples.get(found.exchange.id, {})
            value = values.get((str(found.message.direction), found.row.path))
            if value is not None:
                return value
        return None

    def code_list(self, place: Place) -> CodeList | None:
        """The code list that an element takes its values from."""
        for found in self.occurrences(place):
            codes = self._lists.get(f"{found.exchange.family}/{found.row.name}")
            if codes is not None:
                return codes
        return None

    def python(self, place: Place) -> Sequence[PythonName]:
        """The generated names of a type or element, one for each package that has it."""
        schema, owner, names = place
        found = [
            self.material.pythons.get(user, {}).get((owner, names))
            for user in self._users.get(schema, ())
        ]
        return [python for python in found if python is not None]


def _type_pages(material: TypeMaterial) -> Iterator[tuple[Key, str]]:
    """Addresses that differ even where names differ by their capitals only."""
    for schema in material.reference.schemas:
        alias = material.aliases[schema.path]
        taken = {schema_page(alias)}
        for kind in schema.types:
            address = type_page(alias, kind.name)
            number = 2
            while address in taken:
                address = type_page(alias, f"{kind.name}-{number}")
                number += 1
            taken.add(address)
            yield kind.key, address


def _occurrences(material: TypeMaterial) -> Iterator[Occurrence]:
    for exchange in material.exchanges:
        for message in (exchange.request, exchange.response):
            outline = material.outlines.get(exchange.id, {}).get(str(message.direction))
            rows = outline.rows if outline else ()
            for row, xpath in zip(rows, xpaths(rows, message.prefixes), strict=True):
                yield Occurrence(exchange, message, row, xpath)


def _users(schemas: Iterable[SchemaInfo]) -> dict[str, list[str]]:
    """By path, the files that need it, itself included."""
    links = {schema.path: schema.links for schema in schemas}
    users: dict[str, list[str]] = {}
    for path in links:
        waiting, seen = [path], set[str]()
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                users.setdefault(other, []).append(path)
                waiting += links[other]
    return users
