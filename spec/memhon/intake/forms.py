"""The forms of a tree: canonical bytes, an indented view, and the path of a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    names = {uri: prefix for prefix, uri in prefixes.items()}
    steps: list[str] = []
    node: etree._Element | None = element
    while node is not None:
        steps.append(_step(node, names, indexed=node is not top))
        node = None if node is top else node.getparent()
    return "/" + "/".join(reversed(steps))


def _step(node: etree._Element, names: Mapping[str, str], *, indexed: bool) -> str:
    qname = etree.QName(node)
    if qname.namespace is None:
        step = qname.localname
    elif qname.namespace in names:
        step = f"{names[qname.namespace]}:{qname.localname}"
    else:
        step = f"*[local-name()='{qname.localname}']"
    if not indexed:
        return step
    before = len(list(node.itersiblings(qname, preceding=True)))
    more = next(node.itersiblings(qname), None) is not None
    return f"{step}[{before + 1}]" if before or more else step
