"""Which elements a schema allows below which element, in order.

Made from the schema files themselves and kept for the life of the process, so that explaining an
error costs no more than a few look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from memhon.catalogue import Direction, Message, load
from memhon.schemas.source import XS, strict_tree, tree

_X = f"{{{XS}}}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One element that may stand below another."""

    name: str
    """Clark name; empty for ``xs:any``."""
    minimum: int
    maximum: int | None
    choice: int | None
    """Number of the choice it is a branch of; branches of one choice share a number."""
    definition: Definition
    """What may stand inside it."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An element's type, as far as an explanation needs it."""

    builtin: str | None
    """Local name of the XSD built-in below a simple type; None for content of elements."""
    documentation: str
    """French text of the element's declaration."""
    slots: tuple[Slot, ...] = ()
    order: Mapping[str, int] = field(default_factory=dict)
    """Rank of each child by Clark name."""

    @property
    def may_be_empty(self) -> bool:
        """Whether an empty element of this type is valid as far as its children are concerned."""
        return self.builtin is None and all(slot.minimum == 0 for slot in self.slots)

    def slot(self, name: str) -> Slot | None:
        """The slot of that Clark name."""
        rank = self.order.get(name)
        return None if rank is None else self.slots[rank]


def content(message: Message) -> Definition:
    """The document element of a message, with everything that may stand below it."""
    return _content(message.exchange_id, message.direction, message.version)


def definition_of(element: etree._Element, root: etree._Element, message: Message) -> Definition:
    """The definition of an element of a message; an empty one where the schema knows none."""
    if element is root:
        return content(message)
    slot = slot_of(element, root, message)
    return slot.definition if slot else Definition(None, "")


def slot_of(element: etree._Element, root: etree._Element, message: Message) -> Slot | None:
    """The slot that an element of a message fills, or None where the schema knows none."""
    path = []
    node: etree._Element | None = element
    while node is not None and node is not root:
        path.append(str(node.tag))
        node = node.getparent()
    definition, slot = content(message), None
    for name in reversed(path):
        slot = definition.slot(name)
        if slot is None:
            return None
        definition = slot.definition
    return slot


@cache
def _content(exchange_id: str, direction: Direction, version: str) -> Definition:
    message = next(
        message
        for message in load().exchange(exchange_id).messages
        if message.direction is direction and message.version == version
    )
    files = _Files(message.schema, strict_tree(message).getroot())
    declared, home = files.elements[message.qname]
    return files.definition(declared, home)


class _Files:
    """The global declarations of a schema file and of those it includes or imports."""

    def __init__(self, path: str, root: etree._Element) -> None:
        self.elements: dict[str, tuple[etree._Element, etree._Element]] = {}
        self._types: dict[str, tuple[etree._Element, etree._Element]] = {}
        self._choices = 0
        self._add(path, root)

    def _add(self, path: str, root: etree._Element) -> None:
        namespace = root.get("targetNamespace")
        for child in root.iterchildren(f"{_X}complexType", f"{_X}simpleType", f"{_X}element"):
            known = self.elements if child.tag == f"{_X}element" else self._types
            known[f"{{{namespace}}}{child.get('name')}"] = (child, root)
        for link in root.iterchildren(f"{_X}include", f"{_X}import"):
            location = link.get("schemaLocation")
            if location:
                other = f"{path.rpartition('/')[0]}/{location}"
                self._add(other, tree(other).getroot())

    def definition(self, declared: etree._Element, home: etree._Element) -> Definition:
        text = " ".join(declared.xpath("string(*[1]/*[local-name()='documentation'])").split())
        kind, owner = self._type(declared, home)
        if kind is None or kind.tag == f"{_X}simpleType":
            name = declared.get("type")
            builtin = self._builtin(kind) if kind is not None else _local(name)
            return Definition(None if builtin == "anyType" else builtin, text)
        slots = tuple(self._slots(kind, owner, None))
        return Definition(None, text, slots, {slot.name: i for i, slot in enumerate(slots)})

    def _type(
        self, declared: etree._Element, home: etree._Element
    ) -> tuple[etree._Element | None, etree._Element]:
        name = declared.get("type")
        if name is None:
            inline = declared.iterchildren(f"{_X}complexType", f"{_X}simpleType")
            return next(inline, None), home
        qname = _clark(declared, name)
        return (None, home) if qname.startswith(_X) else self._types[qname]

    def _builtin(self, simple: etree._Element) -> str:
        restriction = simple.find(f"{_X}restriction")
        if restriction is None:
            return "anySimpleType"
        base = _clark(restriction, str(restriction.get("base")))
        return _local(base) if base.startswith(_X) else self._builtin(self._types[base][0])

    def _slots(
        self, group: etree._Element, home: etree._Element, choice: int | None
    ) -> Iterator[Slot]:
        for part in group.iterchildren(etree.Element):
            name = etree.QName(part).localname
            if name == "extension":
                base, owner = self._types[_clark(part, str(part.get("base")))]
                yield from self._slots(base, owner, choice)
            if name == "choice":
                self._choices += 1
                yield from self._slots(part, home, self._choices)
            elif name in ("sequence", "complexContent", "extension"):
                yield from self._slots(part, home, choice)
            elif name in ("element", "any"):
                yield self._slot(part, home, choice)

    def _slot(self, part: etree._Element, home: etree._Element, choice: int | None) -> Slot:
        most = part.get("maxOccurs", "1")
        least = int(part.get("minOccurs", "1"))
        maximum = None if most == "unbounded" else int(most)
        if etree.QName(part).localname == "any":
            return Slot("", least, maximum, choice, Definition(None, ""))
        reference = part.get("ref")
        if reference:
            name = _clark(part, reference)
            return Slot(name, least, maximum, choice, self.definition(*self.elements[name]))
        name = str(part.get("name"))
        if home.get("elementFormDefault") == "qualified":
            name = f"{{{home.get('targetNamespace')}}}{name}"
        return Slot(name, least, maximum, choice, self.definition(part, home))


def _clark(node: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    namespace = node.nsmap.get(prefix or None)
    return f"{{{namespace}}}{local}" if namespace else local


def _local(name: str | None) -> str:
    return (name or "anyType").rpartition("}")[2].rpartition(":")[2]
