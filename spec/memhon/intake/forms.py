"""The forms of a tree: canonical bytes, an indented view, and the path of a node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from memhon.intake.door import read


def canonical(element: etree._Element, *, prefixes: Sequence[str] = ()) -> bytes:
    """Exclusive canonical XML 1.0 of a subtree, without comments.

    Args:
        element: Root of the subtree.
        prefixes: ``InclusiveNamespaces`` prefix list.
    """
    return etree.tostring(
        element,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(prefixes) or None,
    )


def indented(data: bytes) -> str:
    """A view for reading: two spaces a level. It is not what travels on the wire.

    Args:
        data: A document that the door accepts.

    Raises:
        MessageError: The door refuses the document.
    """
    root = read(data).root
    etree.indent(root, space="  ")
    return etree.tostring(root, encoding="unicode")


def xpath_of(element: etree._Element, top: etree._Element, prefixes: Mapping[str, str]) -> str:
    """The path of an element from the root of its message, with the prefixes of the field.

    Args:
        element: The element to name.
        top: Document element of the message; ancestors above it are left out.
        prefixes: Prefix → namespace.
    """
    return _path(element, top, {uri: prefix for prefix, uri in prefixes.items()}, _counted)


class Paths:
    """The paths of many elements of one message, as ``xpath_of``; siblings are counted once.

    Valid as long as the tree is not changed.

    Args:
        top: Document element of the message; ancestors above it are left out.
        prefixes: Prefix → namespace.
    """

    def __init__(self, top: etree._Element, prefixes: Mapping[str, str]) -> None:
        self._top = top
        self._names = {uri: prefix for prefix, uri in prefixes.items()}
        self._places: dict[etree._Element, dict[etree._Element, str]] = {}
        self._elements: dict[str, etree._Element] | None = None

    def of(self, element: etree._Element) -> str:
        """The path of one element."""
        return _path(element, self._top, self._names, self._place)

    def at(self, path: str) -> etree._Element | None:
        """The element that has this path, or None."""
        if self._elements is None:
            self._elements = {self.of(node): node for node in self._top.iter(etree.Element)}
        return self._elements.get(path)

    def _place(self, node: etree._Element, parent: etree._Element) -> str:
        if parent not in self._places:
            same: dict[str, list[etree._Element]] = {}
            for child in parent.iterchildren(etree.Element):
                same.setdefault(str(child.tag), []).append(child)
            self._places[parent] = {
                child: f"[{number}]"
                for children in same.values()
                if len(children) > 1
                for number, child in enumerate(children, 1)
            }
        return self._places[parent].get(node, "")


def _path(
    element: etree._Element,
    top: etree._Element,
    names: Mapping[str, str],
    place: Callable[[etree._Element, etree._Element], str],
) -> str:
    steps: list[str] = []
    node: etree._Element | None = element
    while node is not None:
        parent = None if node is top else node.getparent()
        steps.append(_name(node, names) + (place(node, parent) if parent is not None else ""))
        node = parent
    return "/" + "/".join(reversed(steps))


def _name(node: etree._Element, names: Mapping[str, str]) -> str:
    qname = etree.QName(node)
    if qname.namespace is None:
        return qname.localname
    if qname.namespace in names:
        return f"{names[qname.namespace]}:{qname.localname}"
    return f"*[local-name()='{qname.localname}']"


def _counted(node: etree._Element, _: etree._Element) -> str:
    """``[n]`` where the parent has several children of that name."""
    name = etree.QName(node)
    before = len(list(node.itersiblings(name, preceding=True)))
    more = next(node.itersiblings(name), None) is not None
    return f"[{before + 1}]" if before or more else ""
