"""A document as plain values: what a hypothesis changes is a copy, never the tree of the parser.

``Node`` holds what canonicalisation needs and nothing else, so that the same few lines can be
written in another language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from memhon.security.diagnosis.spans import spans

XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True, eq=False)
class Remark:
    """A comment or a processing instruction."""

    text: str
    """As it stands between ``<!--`` and ``-->``, or between ``<?`` and ``?>``."""
    comment: bool


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An element."""

    prefix: str
    uri: str
    local: str
    declared: tuple[tuple[str, str], ...]
    """Prefix and namespace of the declarations that stand on it, in document order."""
    attributes: tuple[tuple[str, str, str, str], ...]
    """Prefix, namespace, local name and value; declarations are none."""
    children: tuple[Node | Remark | str, ...]

    @property
    def elements(self) -> tuple[Node, ...]:
        """The children that are elements."""
        return tuple(child for child in self.children if isinstance(child, Node))

    @property
    def text(self) -> str:
        """All text below it."""
        return "".join(
            child if isinstance(child, str) else child.text
            for child in self.children
            if not isinstance(child, Remark)
        )

    @property
    def tag(self) -> str:
        """Its name in Clark notation."""
        return f"{{{self.uri}}}{self.local}" if self.uri else self.local

    def walk(self) -> Iterator[Node]:
        """Itself and every element below, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def with_children(self, *children: Node | Remark | str) -> Node:
        """The element with other children."""
        return replace(self, children=children)


class Tree:
    """A document: its elements, where they stand and how they are written.

    Args:
        root: Document element, from the door.
        data: The document as received.
        encoding: Its encoding.
    """

    def __init__(self, root: etree._Element, data: bytes, encoding: str) -> None:
        self._elements: list[etree._Element] = []
        self._declared: dict[etree._Element, list[tuple[str, str]]] = {}
        self._walk(root)
        self.parents: dict[Node, Node] = {}
        self._nodes: dict[etree._Element, Node] = {}
        self.root = self._node(root)
        self._written = data, encoding

    def _walk(self, root: etree._Element) -> None:
        waiting: list[tuple[str, str]] = []
        for _, item in etree.iterwalk(root, events=("start-ns", "start")):
            if isinstance(item, tuple):
                waiting.append((str(item[0] or ""), str(item[1] or "")))
            elif item is not None and isinstance(item.tag, str):
                self._elements.append(item)
                self._declared[item] = waiting
                waiting = []

    def _node(self, element: etree._Element) -> Node:
        children: list[Node | Remark | str] = [element.text] if element.text else []
        for child in element:
            children.append(self._remark(child) or self._node(child))
            if child.tail:
                children.append(child.tail)
        name = etree.QName(element)
        declared = tuple(self._declared[element])
        made = Node(
            prefix=element.prefix or "",
            uri=name.namespace or "",
            local=name.localname,
            declared=declared,
            attributes=_attributes(element),
            children=tuple(children),
        )
        for inner in made.elements:
            self.parents[inner] = made
        self._nodes[element] = made
        return made

    @staticmethod
    def _remark(child: etree._Element) -> Remark | None:
        if isinstance(child, etree._Comment):
            return Remark(child.text or "", comment=True)
        if isinstance(child, etree._ProcessingInstruction):
            text = f"{child.target} {child.text}" if child.text else child.target
            return Remark(text or "", comment=False)
        return None

    def of(self, element: etree._Element) -> Node:
        """The node of an element of the parser's tree."""
        return self._nodes[element]

    def scope(self, node: Node) -> dict[str, str]:
        """The namespaces that the ancestors of a node declare, by prefix."""
        found: dict[str, str] = {}
        for parent in reversed(list(self.above(node))):
            found.update(parent.declared)
        return found

    def above(self, node: Node) -> Iterator[Node]:
        """The ancestors of a node, the nearest first."""
        while (parent := self.parents.get(node)) is not None:
            yield parent
            node = parent

    def depth(self, node: Node) -> int:
        """How many elements stand above a node."""
        return sum(1 for _ in self.above(node))

    @cached_property
    def _sources(self) -> Mapping[Node, tuple[str, int, int, int, int]]:
        data, encoding = self._written
        text, found = spans(data, encoding)
        return {
            self._nodes[element]: (text, *place)
            for element, place in zip(self._elements, found, strict=True)
        }

    def source(self, node: Node, *, content: bool = False) -> str:
        """The text of a node as the document writes it.

        Args:
            node: A node of this document.
            content: Without its own tags.
        """
        text, start, opened, closing, end = self._sources[node]
        return text[opened:closing] if content else text[start:end]


def without(node: Node, signature: Node) -> Node:
    """An element without a signature in it; texts on both sides become one."""
    if not any(inner is signature for inner in node.walk()):
        return node
    children: list[Node | Remark | str] = []
    for child in node.children:
        if child is signature:
            continue
        made = without(child, signature) if isinstance(child, Node) else child
        if isinstance(made, str) and children and isinstance(children[-1], str):
            made = f"{children.pop()}{made}"
        children.append(made)
    return node.with_children(*children)


def _attributes(element: etree._Element) -> tuple[tuple[str, str, str, str], ...]:
    if not element.attrib:
        return ()
    prefixes: dict[str, set[str]] = {XML: {"xml"}, "": {""}}
    for prefix, uri in element.nsmap.items():
        if prefix:
            prefixes.setdefault(uri, set()).add(prefix)
    found = []
    for number, (key, value) in enumerate(element.attrib.items(), 1):
        name = etree.QName(key)
        uri = name.namespace or ""
        known = prefixes[uri]
        # only XPath tells which of two prefixes of one namespace is written
        prefix = next(iter(known)) if len(known) == 1 else _prefix(element, number=number)
        found.append((str(prefix), uri, name.localname, str(value)))
    return tuple(found)


_name = etree.XPath("substring-before(name(@*[$number]), ':')")


def _prefix(element: etree._Element, *, number: int) -> str:
    return str(_name(element, number=number))
