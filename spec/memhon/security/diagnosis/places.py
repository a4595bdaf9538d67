"""The other nodes of a document that may have been signed instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from memhon.security.diagnosis.forms import Axis, Form, Step
from memhon.security.diagnosis.nodes import Node, Tree, without
from memhon.security.names import BODY, HEADER, SECURITY, WSU_ID

IDS = (WSU_ID, "Id", "ID", "id", "AssertionID", "{http://www.w3.org/XML/1998/namespace}id")
_MOST = 40
_CAUSE = "DIA-007"


def ids_of(node: Node) -> tuple[str, ...]:
    """The ids of an element, as a verifier reads them."""
    found = []
    for _, uri, local, value in node.attributes:
        if (f"{{{uri}}}{local}" if uri else local) in IDS:
            found.append(value)
    return tuple(found)


def place_steps(form: Form, signature: Node | None = None) -> Iterator[Step]:
    """Other nodes than the one that the reference leads to.

    Args:
        form: The verifier's form.
        signature: The signature; what holds it was digested before it was there.
    """
    yield content_step(form, cut=False)
    yield content_step(form, cut=True)
    for node in _others(form.tree, form.place):
        bare = without(node, signature) if signature else node
        yield place_step(form, node, _CAUSE, bare)


def content_step(form: Form, *, cut: bool) -> Step:
    """What stands inside the element, without its own tags.

    Args:
        form: The verifier's form.
        cut: Whether it is cut out of the canonical form of the element, instead of being
            canonicalised by itself.
    """

    def change(given: Form) -> Form:
        return replace(given, content=not cut, cut=cut)

    local = form.place.local
    return Step(Axis.NODE, _CAUSE, change, found=local, expected=f"{local}/node()")


def place_step(form: Form, node: Node, cause: str, node_now: Node | None = None) -> Step:
    """Another element.

    Args:
        form: The verifier's form.
        node: The element of the document.
        cause: Finding of the step.
        node_now: What is digested of it, if not all.
    """

    def change(given: Form) -> Form:
        scope = given.tree.scope(node)
        return replace(given, place=node, node=node_now or node, scope=scope)

    found = form.place.local
    return Step(Axis.NODE, cause, change, found=found, expected=_name(node), detail=found)


def _others(tree: Tree, place: Node) -> Iterator[Node]:
    seen = {place}
    for node in _likely(tree, place):
        if node not in seen and len(seen) <= _MOST:
            seen.add(node)
            yield node


def _likely(tree: Tree, place: Node) -> Iterator[Node]:
    yield from (node for node in tree.root.walk() if ids_of(node))
    yield from place.elements[:4]
    yield from tree.above(place)
    for node in tree.root.walk():
        if node.tag in (BODY, HEADER, SECURITY):
            yield node
            yield from node.elements[:4]


def _name(node: Node) -> str:
    ids = ids_of(node)
    return f"{node.local} (#{ids[0]})" if ids else node.local
