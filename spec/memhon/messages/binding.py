"""The seam between trees and bindings: xsdata, with a short cut for plain messages.

``Binder`` is all that the rest of this room knows. Content that a schema leaves open (``xs:any``)
is kept to the letter: xsdata would lose its prefixes and the declarations its values rely on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from lxml import etree
from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.models.generics import AnyElement
from xsdata.formats.dataclass.parsers.bases import NodeParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.parsers.mixins import XmlHandler
from xsdata.formats.dataclass.parsers.nodes import ElementNode
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata.formats.dataclass.serializers.tree import TreeSerializer

from memhon.messages.quick import NotPlainError, QuickReader

FOREIGN = "{urn:memhon:foreign}element"


class Binder(Protocol):
    """Turns a validated tree into a binding and back."""

    def bind(self, element: etree._Element, binding: type) -> Any:
        """The binding of a validated element; the tree is left as it was."""
        ...

    def build(self, message: Any, prefixes: Mapping[str, str]) -> etree._Element:
        """The element of a binding, with every prefix declared on it."""
        ...


class _TreeHandler(XmlHandler):
    """Feeds xsdata from an lxml element without clearing it, as xsdata's own handler would."""

    def parse(self, source: Any, ns_map: dict[str | None, str]) -> Any:
        self._feed(source)
        return self.objects[-1][1] if self.objects else None

    def _feed(self, element: etree._Element) -> None:
        if self._is_foreign(element):
            text = foreign(element).text
            self.parser.start(None, self.queue, self.objects, FOREIGN, {}, {})
            self.parser.end(self.queue, self.objects, FOREIGN, text, None)
            return
        attributes: Any = element.attrib
        names: Any = element.nsmap
        tag = str(element.tag)
        self.parser.start(self.clazz, self.queue, self.objects, tag, attributes, names)
        for child in element:
            self._feed(child)
        self.parser.end(self.queue, self.objects, tag, element.text, element.tail)

    def _is_foreign(self, element: etree._Element) -> bool:
        parent = self.queue[-1] if self.queue else None
        if not isinstance(parent, ElementNode):
            return False
        variables = list(parent.meta.find_children(str(element.tag)))
        return bool(variables) and variables[0].is_wildcard


class XsdataBinder:
    """The reference binder. One context a process; it caches what it learns of the classes."""

    def __init__(self) -> None:
        self._context = XmlContext()
        self._quick = QuickReader(self._context)

    def bind(self, element: etree._Element, binding: type) -> Any:
        """Read the element as the class.

        Raises:
            TypeError: A required part is missing.
            xsdata.exceptions.ParserError: A value cannot be converted, or a name is unknown.
        """
        try:
            return self._quick.read(element, binding)
        except NotPlainError:
            return self.bind_any(element, binding)

    def bind_any(self, element: etree._Element, binding: type) -> Any:
        """Read whatever it is by xsdata; result and errors are those of ``bind``."""
        config = ParserConfig(fail_on_converter_warnings=True, fail_on_unknown_properties=True)
        parser = _Parser(context=self._context, config=config, handler=_TreeHandler)
        return parser.parse(element, binding)

    def build(self, message: Any, prefixes: Mapping[str, str]) -> etree._Element:
        """Write the binding as a tree.

        Raises:
            xsdata.exceptions.SerializerError: A value has no XML form.
        """
        serializer = TreeSerializer(context=self._context, config=SerializerConfig())
        names: dict[str | None, str] = {}
        names.update(prefixes.items())
        rendered: Any = serializer.render(message, ns_map=names)
        root: etree._Element = rendered.getroot() if hasattr(rendered, "getroot") else rendered
        for holder in list(root.iter(FOREIGN)):
            root = _restored(holder, root)
        return root


class _Parser(NodeParser):
    """xsdata's node parser with a configuration that refuses what it would repair."""

    def __init__(self, *, context: XmlContext, config: ParserConfig, handler: Any) -> None:
        super().__init__(context=context, handler=handler)
        self.config = config


@cache
def binder() -> Binder:
    """The binder of this process."""
    return XsdataBinder()


def foreign(element: bytes | str | etree._Element) -> AnyElement:
    """Wrap an element for a place of a message that takes it to the letter.

    Args:
        element: A well-formed element with its own namespace declarations, e.g. ``ds:Signature``
            for an open place, or a tree that was read, for a place of its own type.
    """
    if isinstance(element, etree._Element):
        text = etree.tostring(element, encoding="unicode", with_tail=False)
    else:
        text = element.decode("utf-8") if isinstance(element, bytes) else element
    return AnyElement(qname=FOREIGN, text=text)


def _restored(holder: etree._Element, root: etree._Element) -> etree._Element:
    """Put an element in the place of its holder; return the root, which may be another one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    element = etree.fromstring(holder.text or "", parser)
    if holder.getparent() is root:
        root = _around(element, root)
    parent = holder.getparent()
    if parent is not None:
        element.tail = holder.tail
        parent.replace(holder, element)
    return root


def _around(element: etree._Element, root: etree._Element) -> etree._Element:
    """A root in which an element of the same namespace keeps its prefix and its white space.

    libxml2 would give it the prefix of the root, and canonical forms name prefixes. Line breaks say
    that the message is laid out: it will not be indented.
    """
    names = dict(root.nsmap)
    if etree.QName(element).namespace == etree.QName(root).namespace:
        names[element.prefix] = names.pop(root.prefix)
    around = etree.Element(root.tag, nsmap=names)
    around.extend(list(root))
    around.text = "\n"
    for child in around:
        child.tail = "\n"
    return around
